"""A text in parts that a system takes one by one: whole sentences where they fit, else cut at commas or spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(
    r"(?<=[。！？…])(?![。！？…」』”’])|(?<=[。！？…][」』”’])(?![。！？…」』”’，、])"
    r"|(?<=[.!?…])(?=\s)|(?<=[.!?…][\"'”’)\]])(?=\s)|(?<=\n)"
)
_COMMA = re.compile(r"(?<=[,;:，；：、])")
_SPACE = re.compile(r"(?<=\s)")


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
            at = _cut(sentence, longest)
            yield sentence[:at]
            sentence = sentence[at:]
        yield sentence


def _cut(sentence: str, longest: int) -> int:
    """Behind a comma in the second half, else behind a space, which may be the one just past the end."""
    commas = [found.end() for found in _COMMA.finditer(sentence, longest // 2 + 1, longest)]
    spaces = [found.end() for found in _SPACE.finditer(sentence, 1, longest + 1)]
    return max(commas or spaces, default=longest)
