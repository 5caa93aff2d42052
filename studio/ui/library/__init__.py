"""The Library tab: every voice kept, and all about the chosen one."""
