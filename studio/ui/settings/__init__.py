"""Settings: the account of each system, its key and its address."""
