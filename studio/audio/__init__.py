"""Sound: decoding and encoding, playing through PortAudio, loudspeakers by name."""
