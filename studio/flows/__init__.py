"""What the program does, one class for each thing a person comes for; plain Python, no toolkit."""
