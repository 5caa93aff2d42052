"""Where the length of a take stands against what the chosen system wants."""

from __future__ import annotations

from enum import Enum

from studio.domain.limits import SampleLimits
from studio.domain.report import Report
from studio.ui.theme import Role

SCALES = 3.0


class Zone(Enum):
    """Icon and colour."""

    TOO_SHORT = ("advice", Role.WARN)
    LITTLE_SPEECH = ("unknown", Role.WARN)
    SHORT = ("advice", Role.TEXT_DIM)
    WANTED = ("done", Role.GOOD)
    LONG = ("advice", Role.ACCENT)
    TOO_LONG = ("error", Role.BAD)


def zone_of(seconds: float, limits: SampleLimits, report: Report | None) -> Zone:
    """Speech is known once there is a report, and until then it may be as long as the take."""
    shortest, best = limits.seconds_wanted
    if limits.seconds_max is not None and seconds > limits.seconds_max:
        return Zone.TOO_LONG
    if seconds < max(limits.seconds_min or 0.0, limits.speech_min_s or 0.0):
        return Zone.TOO_SHORT
    if report and report.figures.longest_speech_s < (limits.speech_min_s or 0.0):
        return Zone.LITTLE_SPEECH
    if seconds < shortest:
        return Zone.SHORT
    return Zone.WANTED if seconds <= best else Zone.LONG


def scale_s(seconds: float, limits: SampleLimits) -> float:
    """How many seconds are drawn: the system's maximum if that isn't far, more once the take is longer."""
    most = SCALES * limits.seconds_wanted[1]
    end = min(limits.seconds_max or most, most)
    while seconds > end:
        end *= 2
    return end


def clock(seconds: float) -> str:
    """Minutes, seconds and tenths: 0:12.3."""
    tenths = int(max(seconds, 0.0) * 10 + 1e-6)
    return f"{tenths // 600}:{tenths % 600 / 10:04.1f}"
