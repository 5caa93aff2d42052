"""Takes are heard as they are, as they would be sent, and raw against cleaned; and what would be sent can be saved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.limits import SampleLimits
from studio.domain.takes import Edit
from studio.flows.audition import Audible
from studio.flows.hearing import HearingFlow
from studio.flows.sampling import Sampling
from studio.tasks import TaskOwner
from tests.fakes.recording import FakeDarkroom, FakeGauge, FakeImporter, FakeTakes
from tests.fakes.sound import FakeCodec, FakeExporter


class Stage:
    def __init__(self) -> None:
        self.takes, self.darkroom, self.exporter = FakeTakes(), FakeDarkroom(), FakeExporter()
        self.bugs: list[str] = []
        self.played: list[Audible] = []
        self.tasks = TaskOwner(lambda name, error: self.bugs.append(f"{name}: {error!r}"))
        parts = (self.takes, FakeImporter(), FakeGauge(), self.darkroom, FakeCodec(), self.exporter)
        self.flow = HearingFlow(Sampling(*parts), self.tasks)
        self.flow.play = self.played.append

    async def heard(self) -> Audible:
        await self.tasks.wait("hearing.hear")
        return self.played[-1]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = Stage()
    yield stage
    assert await stage.tasks.aclose() == ()
    assert stage.bugs == []


async def test_the_selected_part_is_heard_from_its_start_or_from_any_point_in_it(stage: Stage) -> None:
    take = stage.takes.put("Take 1", 14.0, edit=Edit(start_s=2.0, end_s=10.0))
    stage.flow.hear(take)
    whole = await stage.heard()
    assert (whole.title, whole.clip.seconds, whole.loop) == ("Take 1", 8.0, False)
    assert stage.flow.state.start_s == 2.0
    stage.flow.hear(take, 7.0, loop=True)
    rest = await stage.heard()
    assert (rest.clip.seconds, rest.loop, stage.flow.state.start_s) == (3.0, True, 7.0)
    stage.flow.hear(take, 12.0)
    assert (await stage.heard()).clip.seconds == 8.0, "a point outside is no place to begin"


async def test_the_same_part_has_the_same_id_so_that_a_second_click_can_stop_it(stage: Stage) -> None:
    take = stage.takes.put("Take 1")
    stage.flow.hear(take)
    first = (await stage.heard()).clip.clip_id
    stage.flow.hear(take)
    assert (await stage.heard()).clip.clip_id == first == stage.flow.state.clip_id
    stage.flow.compare(take, cleaned=True)
    cleaned = (await stage.heard()).clip.clip_id
    stage.flow.compare(take, cleaned=False)
    assert len({first, cleaned, (await stage.heard()).clip.clip_id}) == 3


async def test_an_hour_is_heard_in_pieces(stage: Stage) -> None:
    take = stage.takes.put("Lecture", 3_600.0)
    stage.flow.hear(take, 100.0)
    assert (await stage.heard()).clip.seconds == 600.0


async def test_what_is_sent_is_heard_and_saved(stage: Stage, tmp_path: Path) -> None:
    take = stage.takes.put("Take 1", 14.0)
    stage.flow.hear_sent(take, SampleLimits())
    assert (await stage.heard()).clip.seconds == pytest.approx(14.0, abs=0.01)
    stage.flow.save_sent(take, SampleLimits(), tmp_path / "sent.wav")
    await stage.tasks.wait("hearing.save")
    assert stage.flow.state.saved == tmp_path / "sent.wav"
    assert [path for path, _ in stage.exporter.written] == [tmp_path / "sent.wav"]


async def test_what_cannot_be_heard_is_told(stage: Stage) -> None:
    stage.darkroom.error = StudioError(Reason.FILE_GONE)
    stage.flow.hear(stage.takes.put("Take 1"))
    await stage.tasks.wait("hearing.hear")
    assert stage.flow.state.error
    assert stage.flow.state.error.reason is Reason.FILE_GONE
    assert not stage.played
