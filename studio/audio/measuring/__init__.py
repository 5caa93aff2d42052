"""The figures of the capture report, measured as a sound comes in, in memory that hardly grows with it."""
