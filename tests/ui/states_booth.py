"""States of the recording part as the flows make them: microphones, takes, levels, a take that grows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import sin
from pathlib import Path
from uuid import UUID

from studio.domain.limits import SampleLimits
from studio.domain.report import Figures, Report
from studio.domain.samples import Media
from studio.domain.takes import InputDevice, Meter, Source, Step, Take
from studio.flows.booth import BoothState
from studio.flows.takes import TakesState

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DEFAULT = InputDevice("", "System default")
DESK = InputDevice("desk", "Desk microphone")
CAMERA = InputDevice("camera", "Webcam Microphone Analog Stereo")
SPOKEN = Meter(peak_dbfs=-9.3, rms_dbfs=-21.4, flowing=True)
HUSHED = Meter(flowing=True, silent_s=2.0)
LOUD = Meter(peak_dbfs=0.0, rms_dbfs=-4.2, clipped=True, flowing=True)
STRICT = SampleLimits(seconds_max=60.0, speech_min_s=3.0, rate_min_hz=24_000, mono=True)
MP3 = Source("mp3", "mp3", 2, 44_100, None, Media.MP3, 412_000)


def number(one: int) -> UUID:
    return UUID(int=one)


def take(one: int, **changes: object) -> Take:
    made = Take(
        take_id=number(one),
        name=f"Take {one}",
        created=NOON + timedelta(minutes=one),
        rate_hz=48_000,
        frames=48_000 * (11 + one),
        path=Path(f"take-{one}.wav"),
    )
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


RECOVERED = take(3, recovered=True, dropouts=2)
BROUGHT = take(2, name="An interview in the old harbour hall, second half", rate_hz=44_100, source=MP3)


def takes(**changes: object) -> TakesState:
    state = TakesState(takes=(take(4), RECOVERED, BROUGHT, take(1)), chosen=take(4))
    return replace(state, **changes)  # pyright: ignore[reportArgumentType]


def heard(**changes: object) -> BoothState:
    """A microphone is open."""
    state = BoothState(devices=(DEFAULT, DESK, CAMERA), searched=True, open=True, listening=True, rate_hz=48_000)
    return replace(state, **changes)  # pyright: ignore[reportArgumentType]


def recording(speech_s: float | None = None, **changes: object) -> BoothState:
    report = None if speech_s is None else Report((), Figures(longest_speech_s=speech_s))
    return replace(heard(step=Step.RECORDING, take=take(5), report=report), **changes)  # pyright: ignore[reportArgumentType]


def outline(seconds: float, *, clipped: bool = False) -> bytes:
    """Syllables, words and pauses, 100 columns a second."""
    made = bytearray()
    for column in range(round(seconds * 100)):
        pause = column % 340 > 300
        high = 2 if pause else round(12 + 60 * abs(sin(column / 9.0)) * (0.5 + 0.5 * abs(sin(column / 83.0))))
        if clipped and 600 < column < 720 and column % 9 < 2:
            high = 127
        made += bytes((-high & 0xFF, high))
    return bytes(made)
