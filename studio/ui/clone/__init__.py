"""The Clone tab as a whole: what is said of a voice, its report, and the voice that came of it."""
