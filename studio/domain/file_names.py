"""Words of a person as a file's name that every usual file system takes.

What Windows refuses, as its documentation of file names has it, goes, since files travel; what merely misleads, as
letters that turn the reading direction around, goes too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST_NAME = 140
"""Bytes in UTF-8, with the suffix: below 143, which encrypted folders of Linux allow, and every other limit."""

# Control characters, what separates folders and names devices, halves of characters, and unseen turns of direction.
_UNFIT = re.compile(
    '[\x00-\x1f\x7f-\x9f<>:"/\\\\|?*\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]'
)
_DEVICE = re.compile("(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])", re.IGNORECASE)
_JOINERS = "\u200d\ufe0e\ufe0f"


def safe_name(text: str, suffix: str) -> str:
    """`suffix` with its dot. Never empty, never hidden, never one of Windows' own names; emoji and any script stay."""
    words = " ".join(_UNFIT.sub("-", " ".join(text.split())).split())
    stem = _cut(words.strip(" .")) or "clip"
    if _DEVICE.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    return f"{stem}{suffix}"


def _cut(stem: str) -> str:
    """Leaves room for a suffix of up to ten bytes; what can't stand at the end of a name, or joins nothing, goes."""
    short = stem.encode("utf-8")[: LONGEST_NAME - 11].decode("utf-8", "ignore")
    return short if short == stem else short.rstrip(f" .{_JOINERS}")


class UnusedNames:
    """Names for one folder, each given once. `taken` are those of the files there: no file is written over, not even
    where the file system knows no capital letters, or takes a letter and its accent for one."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {_folded(name) for name in taken}
        self._last: dict[str, int] = {}

    def give(self, text: str, suffix: str) -> str:
        """As `safe_name`, with a number behind it where the name is taken: Anna (2).wav."""
        name = plain = safe_name(text, suffix)
        number = self._last.get(_folded(plain), 1)
        while _folded(name) in self._taken:
            number += 1
            name = safe_name(text, f" ({number}){suffix}")
        self._last[_folded(plain)] = number
        self._taken.add(_folded(name))
        return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
