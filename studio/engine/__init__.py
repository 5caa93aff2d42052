"""The on-device voice maker: words or a sample become a voice variant of espeak-ng, which speaks in a worker process."""
