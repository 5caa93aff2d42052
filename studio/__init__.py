"""Voice Studio: design a voice from words, keep it, compare it and speak with it."""

__version__ = "0.1.0"
