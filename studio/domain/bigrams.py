"""Which of very many texts may hold a word: a bit for every text and every pair of neighbouring characters.

A search in 100,000 plain strings takes 30 to 50 ms, as long as three frames; two rows of bits are joined in
microseconds. Pairs of Latin letters and digits have a place each, all others share some, so that what is found by
those is looked at once more.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threading import Thread

    import numpy as np
    from numpy.typing import NDArray

_EXACT = ascii_lowercase + digits
_KINDS = 56
"""Of characters: 0 for white space, one for each of `_EXACT`, one for the rest of ASCII, some for all others."""
_PAIRS = _KINDS * _KINDS
_LEAST = 4096
_BMP = 0x10000


class Library:
    """numpy, loaded beside the window's work: importing it takes as long as five frames."""

    def __init__(self) -> None:
        self._loading: Thread | None = None

    def ready(self) -> bool:
        """Begins loading when first asked."""
        if self._loading is None:
            if "numpy" in sys.modules and not _half_loaded():
                return True
            from importlib import import_module
            from threading import Thread

            self._loading = Thread(target=import_module, args=("numpy",), name="load-numpy")
            self._loading.start()
        return not self._loading.is_alive()

    def loading(self) -> bool:
        return self._loading is not None and self._loading.is_alive()


class Bigrams:
    """Texts are known by small whole numbers. About 400 bytes for each; only where numpy is loaded."""

    def __init__(self) -> None:
        import numpy as np

        self._kinds = _table()
        self._bits: NDArray[np.uint8] = np.zeros((_PAIRS, _LEAST // 8), np.uint8)
        self._among: list[int] = []
        self._numbers: NDArray[np.intp] = np.zeros(0, np.intp)

    def put(self, numbers: Sequence[int], texts: Sequence[str]) -> None:
        """New or changed texts, folded; a hundred take a millisecond or two."""
        import numpy as np

        self._grow(max(numbers) + 1)
        there = self._pairs_in(texts)
        columns, at = np.unique(np.asarray(numbers) // 8, return_inverse=True)
        marks = np.zeros((len(columns), _PAIRS), np.uint8)
        rest = np.full(len(columns), 255, np.uint8)
        for row, (number, column) in enumerate(zip(numbers, at, strict=True)):
            bit = 1 << number % 8
            marks[column] |= there[row] * np.uint8(bit)
            rest[column] &= 255 - bit
        self._bits[:, columns] = self._bits[:, columns] & rest | marks.T

    def candidates(self, words: Sequence[str], among: list[int], changed: Iterable[int] = ()) -> list[int]:
        """Those numbers, in their order, whose text may hold all the words; nothing that holds them is left out.

        `changed` are such whose texts aren't here yet. The list is looked at once, as long as it is the same one.
        """
        import numpy as np

        if among is not self._among:
            self._among, self._numbers = among, np.fromiter(among, np.intp, len(among))
            self._grow(int(self._numbers.max(initial=-1)) + 1)
        maybe = np.unpackbits(np.bitwise_and.reduce([self._row(word) for word in words]), bitorder="little")
        maybe[np.fromiter(changed, np.intp)] = 1
        return self._numbers[maybe[self._numbers] != 0].tolist()

    @staticmethod
    def certain(words: Sequence[str]) -> bool:
        """Whether the candidates do hold these words."""
        return all(len(word) <= 2 and all(character in _EXACT for character in word) for word in words)

    def _row(self, word: str) -> NDArray[np.uint8]:
        import numpy as np

        kinds = self._kinds_of(word)
        if len(kinds) == 1:  # one character: whatever stands behind it
            first = int(kinds[0]) * _KINDS
            return np.bitwise_or.reduce(self._bits[first : first + _KINDS])
        pairs = np.unique(kinds[:-1] * _KINDS + kinds[1:])
        return np.bitwise_and.reduce(self._bits[pairs])

    def _pairs_in(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """A row for each text: which pairs it has."""
        import numpy as np

        kinds = self._kinds_of("\n".join((*texts, "")))
        of_text = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
        there = np.zeros((len(texts), _PAIRS), np.bool_)
        there[of_text[:-1], kinds[:-1] * _KINDS + kinds[1:]] = True
        return there

    def _kinds_of(self, text: str) -> NDArray[np.uint16]:
        import numpy as np

        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        return self._kinds[np.minimum(codes, _BMP - 1)]

    def _grow(self, count: int) -> None:
        import numpy as np

        have = self._bits.shape[1]
        if count > have * 8:
            more = max(have, -(-count // 8) - have)
            self._bits = np.concatenate((self._bits, np.zeros((_PAIRS, more), np.uint8)), axis=1)


@cache
def _table() -> NDArray[np.uint16]:
    import numpy as np

    marks = 1 + len(_EXACT)
    others = marks + 1
    kinds = (others + np.arange(_BMP) % (_KINDS - others)).astype(np.uint16)
    kinds[:128] = marks
    kinds[[code for code in range(0x3001) if chr(code).isspace()]] = 0
    kinds[[ord(character) for character in _EXACT]] = np.arange(1, marks)
    return kinds


def _half_loaded() -> bool:
    """Another thread is at it."""
    spec = getattr(sys.modules["numpy"], "__spec__", None)
    return bool(getattr(spec, "_initializing", False))
