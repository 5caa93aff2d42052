"""The chosen take: seen, trimmed, heard and saved as it would be sent."""
