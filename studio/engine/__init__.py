"""The on-device voice maker: words or a sample become a variant of espeak-ng, which speaks in a worker process."""
