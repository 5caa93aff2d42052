"""Rows of figures: what was measured, its floor, and what we aim at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """`figures` and `floor` are runs taken in turn, in `unit`; `aim` says what is wanted of the median or ratio."""

    name: str
    unit: str
    figures: Sequence[float]
    floor: Sequence[float] = ()
    aim: str = ""

    def __str__(self) -> str:
        spread = f"({min(self.figures):.4g}–{max(self.figures):.4g})"
        words = f"{self.name:46} {median(self.figures):10.4g} {self.unit:4} {spread}"
        if self.floor:
            ratio = median(a / b for a, b in zip(self.figures, self.floor, strict=True))
            words += f"  floor {median(self.floor):.4g}  ratio {ratio:.2f}"
        return words + (f"  aim {self.aim}" if self.aim else "")


def print_rows(title: str, rows: Sequence[Row]) -> None:
    print(f"\n{title}")
    for row in rows:
        print(f"  {row}", flush=True)
