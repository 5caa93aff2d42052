"""Which stretch of a sound is shown, where its seconds lie on the screen, and how times are written there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import ceil

LEAST_SHOWN_S = 0.02
"""About one sample for each pixel at 48 kHz: there is nothing more to see."""

LABEL_ROOM = 88
"""Pixels between two labels of the time scale."""

STEPS_S = (
    *(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5),
    *(1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """From `start_s` on, `span_s` of a sound of `seconds`. Every change stays within the sound."""

    seconds: float = 0.0
    start_s: float = 0.0
    span_s: float = 0.0

    @classmethod
    def whole(cls, seconds: float) -> Shown:
        return cls(seconds, 0.0, seconds)

    @property
    def end_s(self) -> float:
        return self.start_s + self.span_s

    @property
    def is_whole(self) -> bool:
        return self.span_s >= self.seconds

    def x_of(self, at_s: float, width: int) -> float:
        return (at_s - self.start_s) / self.span_s * width if self.span_s else 0.0

    def s_of(self, x: float, width: int) -> float:
        """Never outside the sound, wherever the pointer is."""
        at_s = self.start_s + x / max(width, 1) * self.span_s
        return min(max(at_s, 0.0), self.seconds)

    def moved(self, by_s: float) -> Shown:
        return self._within(self.start_s + by_s, self.span_s)

    def moved_to(self, start_s: float) -> Shown:
        return self._within(start_s, self.span_s)

    def zoomed(self, factor: float, at_s: float) -> Shown:
        """`factor` > 1 shows less of it, larger; `at_s` stays where it is on the screen."""
        span_s = self._least(self.span_s / factor)
        part = (at_s - self.start_s) / self.span_s if self.span_s else 0.0
        return self._within(at_s - part * span_s, span_s)

    def fitted(self, start_s: float, end_s: float) -> Shown:
        """That part, with a little of what is around it."""
        around = (end_s - start_s) * 0.04
        span_s = self._least(end_s - start_s + 2 * around)
        return self._within((start_s + end_s - span_s) / 2, span_s)

    def showing(self, at_s: float) -> Shown:
        """The same, or turned to the page on which that point is."""
        if self.start_s <= at_s <= self.end_s:
            return self
        return self.moved_to(at_s - 0.1 * self.span_s)

    def _least(self, span_s: float) -> float:
        return min(max(span_s, LEAST_SHOWN_S), self.seconds)

    def _within(self, start_s: float, span_s: float) -> Shown:
        return replace(self, start_s=min(max(start_s, 0.0), max(self.seconds - span_s, 0.0)), span_s=span_s)


def step_s(shown: Shown, width: int) -> float:
    """Between two labels of the time scale: a round number."""
    wanted = shown.span_s * LABEL_ROOM / max(width, 1)
    return next((step for step in STEPS_S if step >= wanted), STEPS_S[-1])


def ticks(shown: Shown, width: int) -> list[float]:
    """The times that are labelled."""
    if not shown.span_s:
        return []
    step = step_s(shown, width)
    first, last = ceil(shown.start_s / step - 1e-9), int(shown.end_s / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def tick_label(at_s: float, step: float) -> str:
    """As exact as the steps need."""
    places = 0 if step >= 1 else 1 if step >= 0.1 else 2 if step >= 0.01 else 3
    return written(at_s, places)


def clock(at_s: float) -> str:
    """Minutes, seconds and hundredths: 0:01.20; the thousandth where there is one."""
    return written(at_s, 3 if round(at_s * 1000) % 10 else 2)


def written(at_s: float, places: int) -> str:
    units = 10**places
    whole, part = divmod(round(max(at_s, 0.0) * units), units)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours}:{minutes:02d}" if hours else f"{minutes}"
    return f"{head}:{seconds:02d}" + (f".{part:0{places}d}" if places else "")


def seconds_of(text: str) -> float | None:
    """Of what a person types: 1:02.5, 62.5, 62,5 or 1:00:02; None for anything else."""
    found = re.fullmatch(r"(?:(?:(\d+):)?(\d+):)?(\d+(?:[.,]\d*)?|[.,]\d+)\s*s?", text.strip())
    if found is None:
        return None
    hours, minutes, seconds = found.groups()
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds.replace(",", "."))
