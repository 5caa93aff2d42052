"""Stand-ins for what can't be here, with memory and without magic."""
