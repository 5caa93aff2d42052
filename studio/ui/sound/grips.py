"""What can be taken hold of on a waveform, and what becomes of the recipe when it is moved. Nothing here draws."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from studio.domain.takes import Edit

LEAST_S = 0.05
"""Nothing shorter is selected: it would be no sound."""


class Grip(Enum):
    START = "start"
    END = "end"
    FADE_IN = "fade-in"
    FADE_OUT = "fade-out"


def place_of(edit: Edit, grip: Grip, seconds: float) -> float:
    """Where it stands, in seconds of the raw sound."""
    start, end = edit.span(seconds)
    return {
        Grip.START: start,
        Grip.END: end,
        Grip.FADE_IN: min(start + edit.fade_in_s, end),
        Grip.FADE_OUT: max(end - edit.fade_out_s, start),
    }[grip]


def moved(edit: Edit, grip: Grip, to_s: float, seconds: float) -> Edit:
    """With that handle at `to_s`, or as near to it as the other one and the sound let it."""
    start, end = edit.span(seconds)
    least = min(LEAST_S, seconds)
    if grip is Grip.START:
        return trimmed(edit, min(max(to_s, 0.0), end - least), end, seconds)
    if grip is Grip.END:
        return trimmed(edit, start, max(min(to_s, seconds), start + least), seconds)
    if grip is Grip.FADE_IN:
        return replace(edit, fade_in_s=_rounded(min(max(to_s - start, 0.0), end - start - edit.fade_out_s)))
    return replace(edit, fade_out_s=_rounded(min(max(end - to_s, 0.0), end - start - edit.fade_in_s)))


def trimmed(edit: Edit, start_s: float, end_s: float, seconds: float) -> Edit:
    """Fades stay as long as they are, unless the part has no room for them. Without an end, it is the sound's."""
    start_s = _rounded(max(start_s, 0.0))
    length = end_s - start_s
    fade_in = min(edit.fade_in_s, length)
    return replace(
        edit,
        start_s=start_s,
        end_s=None if end_s > seconds - 0.001 else _rounded(end_s),
        fade_in_s=_rounded(fade_in),
        fade_out_s=_rounded(min(edit.fade_out_s, length - fade_in)),
    )


def _rounded(seconds: float) -> float:
    """To the millisecond, so that what is shown is what is kept."""
    return round(max(seconds, 0.0), 3)
