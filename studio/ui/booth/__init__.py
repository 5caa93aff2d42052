"""The recording part of the Clone tab: microphone, level, a text to read, what is being recorded, the takes."""
