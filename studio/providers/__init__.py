"""The voice systems, a file each; `main` builds them. So far: `on_device`, which needs no key and no network."""
