"""What the program's look at its surroundings finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the program needs: whether it is fine, in words, and what to do where it isn't."""

    name: str
    fine: bool
    words: str
    advice: str = ""
