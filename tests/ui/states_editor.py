"""States of the editor and of the capture report: takes with real-looking outlines, and figures judged as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason, StudioError
from studio.domain.judging import judged
from studio.domain.limits import SampleLimits
from studio.domain.report import Figures, Report
from studio.domain.takes import Edit, Outline, Source, Take
from studio.domain.voices import ClipKind, StoredClip
from studio.flows.audition import Audible, AuditionState
from studio.flows.hearing import HearingState
from studio.flows.takes import TakesState
from tests.fakes.recording import GOOD

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
RATE_HZ = 48_000
BASE = 256
LIMITS = SampleLimits(seconds_min=3.0, seconds_max=60.0, speech_min_s=3.0, rate_min_hz=24_000)
GONE = StudioError(Reason.FILE_GONE, detail="take.wav")
NO_DISK = StudioError(Reason.DISK_FULL, detail="errno 28")

SPOKEN = replace(GOOD, seconds=13.6, speech_s=11.2, longest_speech_s=9.4, speech=((1.5, 4.8), (5.4, 9.1), (10.0, 14.2)))


def take(seconds: float = 16.0, name: str = "Take 3", *, number: int = 1, **changes: object) -> Take:
    made = Take(
        take_id=UUID(int=70_000 + number),
        name=name,
        created=NOON,
        rate_hz=RATE_HZ,
        frames=round(seconds * RATE_HZ),
        path=Path("takes/raw.wav"),
    )
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


IMPORTED = Source("mp4", "aac", 2, 44_100, None, size=3_210_000)


def heights(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Phrases of syllables, with breath between them: how loud (0..1) at each second."""
    phrase = np.clip(np.sin((seconds - 1.2) * 1.45), 0, None) ** 0.35
    syllable = np.abs(np.sin(seconds * 11.3)) * (0.55 + 0.45 * np.sin(seconds * 4.1 + 1))
    grain = 0.75 + 0.25 * np.sin(seconds * 977.0)
    return 0.012 + 0.78 * phrase * syllable * grain


def outline(of: Take, loud: float = 1.0) -> Outline:
    """Built as a pyramid is: each level half of the one before. `loud` > 1 clips the loudest syllables."""
    columns = max(1, -(-of.frames // BASE))
    high = np.clip(np.round(heights(np.arange(columns) * (BASE / of.rate_hz)) * 127 * loud), 0, 127)
    levels = [np.stack((-np.round(high * 0.86), high), axis=1).astype(np.int8)]
    while len(levels[-1]) > 1:
        finer = levels[-1]
        padded = np.concatenate((finer, finer[-1:])) if len(finer) % 2 else finer
        pairs = padded.reshape(-1, 2, 2)
        levels.append(np.stack((pairs[:, :, 0].min(axis=1), pairs[:, :, 1].max(axis=1)), axis=1))
    return Outline(tuple(levels), BASE, of.frames, of.rate_hz)


def fine(of: Take, start: int, end: int, columns: int) -> NDArray[np.int8]:
    """A tone of 220 Hz under the same phrases, drawn from its samples."""
    edges = np.linspace(start, end, columns + 1)[:-1].astype(np.int64)
    frames = np.arange(start, max(end, start + 1))
    seconds = frames / of.rate_hz
    samples = np.round(np.sin(seconds * 2 * np.pi * 220) * heights(seconds) * 127).astype(np.int8)
    places = np.minimum(edges - start, len(samples) - 1)
    return np.stack((np.minimum.reduceat(samples, places), np.maximum.reduceat(samples, places)), axis=1)


def report(
    figures: Figures = SPOKEN, limits: SampleLimits | None = LIMITS, system: str = "qwen", **kw: object
) -> Report:
    return judged(replace(figures, **kw), limits, system)  # pyright: ignore[reportArgumentType]


def chosen(of: Take | None = None, loud: float = 1.0, **changes: object) -> TakesState:
    """With this take chosen, drawn and measured."""
    of = of or take()
    made = TakesState(takes=(of,), chosen=of, outline=outline(of, loud), report=report(), edits=(of.edit,))
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


def sounding(of: Take, start_s: float = 0.0) -> tuple[HearingState, AuditionState]:
    clip = StoredClip(UUID(int=80_000), ClipKind.SAMPLE, "", "", AudioFormat.WAV, of.rate_hz, of.selection_s(), 1, NOON)
    heard = HearingState(clip_id=clip.clip_id, take_id=of.take_id, start_s=start_s)
    return heard, AuditionState(audible=Audible(clip, of.name), playing=True)


TRIMMED = Edit(start_s=1.2, end_s=14.5, fade_in_s=0.6, fade_out_s=1.4)
