"""The Design tab: what is asked of a new voice, and the voices that came of it."""
