"""The pitch of every voice that can be heard, measured while nobody waits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studio.domain.audio import Pcm
from studio.flows import pitches
from studio.flows.pitches import PitchFlow
from tests.flows.kept import Kept


class Meter:
    def __init__(self) -> None:
        self.asked = 0

    async def median_hz(self, pcm: Pcm) -> float:
        self.asked += 1
        return 100.0 * self.asked


@pytest.fixture
async def stage(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Kept]:
    monkeypatch.setattr(pitches, "PAUSE_S", 0.0)
    stage = Kept()
    yield stage
    await stage.end()


async def test_every_voice_is_measured_once(stage: Kept) -> None:
    meter, told = Meter(), 0

    def count() -> None:
        nonlocal told
        told += 1

    flow = PitchFlow(stage.store.shelf, stage.store.clips, stage.codec, meter, stage.tasks)
    flow.on_measured = count
    voices = [await stage.keep(name=name) for name in ("One", "Two")]
    flow.follow(tuple(voices))
    await stage.tasks.wait("pitches.follow")
    assert [voice.pitch_hz for voice in await stage.store.shelf.voices()] == [200.0, 100.0]
    assert told == 1
    flow.follow(await stage.store.shelf.voices())
    assert not stage.tasks.running("pitches.follow")
