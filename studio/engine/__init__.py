"""The on-device voice maker: words become a voice variant of espeak-ng, and that speaks, in a worker process."""
