"""The Library with a cloned voice: what was stated of the right to it, and the take that it was made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from studio.domain.samples import Right, Statement
from studio.domain.takes import Take
from studio.domain.voices import ClipKind, Origin
from studio.flows.library import LibraryState
from studio.flows.rights import WORDS

from . import states

SUM = "5e" * 32
STATED = Statement(WORDS, SUM, "Take 1.wav", "", Right("Ann Lee", "2026-11-01", "c0" * 32), states.NOON)
ANN = states.remote(1, "Ann", origin=Origin.CLONED, description="", preview_text="")
HERE_TOO = replace(states.voice(2, "Ann, matched"), origin=Origin.CLONED, description="", preview_text="")
TAKE = Take(states.number(77), "Take 1", states.NOON, 48_000, 48_000 * 14, Path("raw.wav"), sent=(SUM,))


def earlier(count: int) -> tuple[Statement, ...]:
    return tuple(replace(STATED, created=states.NOON - timedelta(days=day + 1)) for day in range(count))


def cloned(**changes: object) -> LibraryState:
    state = LibraryState(
        voices=(ANN, HERE_TOO, *states.library(4).voices[2:]),
        loaded=True,
        chosen=ANN,
        clips=(states.clip(1, kind=ClipKind.SAMPLE, seconds=14.0, text=""),),
        statements=(STATED,),
    )
    return replace(state, **changes)  # pyright: ignore[reportArgumentType]
