"""A text in parts that a system takes one by one: whole sentences where they fit, else cut at commas or spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"(?<=[。！？…])(?![。！？…」』”’])|(?<=[.!?…])(?=\s)|(?<=[.!?…][\"'”’)\]])(?=\s)|(?<=\n)")
_SOFT = re.compile(r"(?<=[,;:，；：、])|(?<=\s)")


def parts(text: str, longest: int) -> tuple[str, ...]:
    """As few parts as sentences allow, each of 1..`longest` characters; together they say all of the text."""
    found: list[str] = []
    filling = ""
    for sentence in _pieces(text, longest):
        if len((filling + sentence).strip()) > longest:
            found.append(filling)
            filling = ""
        filling += sentence
    return tuple(part.strip() for part in (*found, filling) if part.strip())


def _pieces(text: str, longest: int) -> Iterator[str]:
    for sentence in _END.split(text):
        while len(sentence.strip()) > longest:
            sentence = sentence.lstrip()
            cuts = [found.end() for found in _SOFT.finditer(sentence, 1, longest)]
            at = max(cuts, default=longest)
            yield sentence[:at]
            sentence = sentence[at:]
        yield sentence
