"""Takes: chosen, brought in, edited with undo, judged, deleted with undo, and made into what is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.limits import SampleLimits
from studio.domain.report import Check, Verdict
from studio.domain.samples import Media
from studio.domain.takes import Edit
from studio.flows.sampling import Sampling
from studio.flows.takes import TakesFlow, TakesState
from studio.tasks import TaskOwner
from tests.fakes.recording import FILE, GOOD, FakeDarkroom, FakeGauge, FakeImporter, FakeTakes
from tests.fakes.sound import FakeCodec, FakeExporter

STRICT = SampleLimits(seconds_max=10.0, speech_min_s=3.0, rate_min_hz=24_000)


class Stage:
    def __init__(self) -> None:
        self.takes, self.gauge, self.darkroom, self.importer = FakeTakes(), FakeGauge(), FakeDarkroom(), FakeImporter()
        self.exporter = FakeExporter()
        self.bugs: list[str] = []
        self.tasks = TaskOwner(lambda name, error: self.bugs.append(f"{name}: {error!r}"))
        parts = (self.takes, self.importer, self.gauge, self.darkroom, FakeCodec(), self.exporter)
        self.flow = TakesFlow(self.takes, Sampling(*parts), self.tasks)

    async def until(self, true: Callable[[TakesState], object]) -> TakesState:
        async with asyncio.timeout(5):
            while not true(self.flow.state):  # noqa: ASYNC110 - the flow has one listener, and that is the test
                await asyncio.sleep(0.001)
        return self.flow.state

    async def restored(self) -> TakesState:
        self.flow.restore()
        return await self.until(lambda state: state.report)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    stage = Stage()
    yield stage
    assert await stage.tasks.aclose() == ()
    assert stage.bugs == []


async def test_the_newest_take_of_earlier_starts_is_chosen_and_measured(stage: Stage) -> None:
    stage.takes.put("Take 1")
    newest = stage.takes.put("Take 2", recovered=True)
    state = await stage.restored()
    assert [take.name for take in state.takes] == ["Take 2", "Take 1"]
    assert state.chosen == newest
    assert state.outline
    assert state.report
    assert state.report.verdict is Verdict.PASS
    assert not state.measuring


async def test_a_file_becomes_a_take_with_the_file_beside_it(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "Großmutter 1962.wav"
    stage.importer.gate.clear()
    stage.flow.import_file(path)
    state = await stage.until(lambda state: state.progress)
    assert (state.importing, state.progress) == ("Großmutter 1962.wav", 0.5)
    stage.importer.gate.set()
    chosen = (await stage.until(lambda state: state.chosen and not state.importing)).chosen
    assert chosen
    assert (chosen.name, chosen.original, chosen.source, chosen.seconds) == ("Großmutter 1962", path, FILE, 14.2)


async def test_a_file_that_no_system_takes_is_not_kept_beside_its_take(stage: Stage, tmp_path: Path) -> None:
    stage.importer.source = replace(FILE, container="flac", media=None)
    stage.flow.import_file(tmp_path / "me.flac")
    chosen = (await stage.until(lambda state: state.chosen)).chosen
    assert chosen
    assert chosen.original is None


@pytest.mark.parametrize("reason", [Reason.ENCRYPTED_FILE, Reason.FILE_TOO_BIG, Reason.NO_SOUND_IN_FILE])
async def test_a_file_that_cannot_be_read_is_told_and_leaves_nothing(
    stage: Stage, tmp_path: Path, reason: Reason
) -> None:
    stage.importer.error = StudioError(reason)
    stage.flow.import_file(tmp_path / "film.mp4")
    state = await stage.until(lambda state: state.error)
    assert state.error
    assert (state.error.reason, state.importing, state.takes) == (reason, "", ())
    assert await stage.takes.takes() == ()


async def test_an_import_can_be_cancelled(stage: Stage, tmp_path: Path) -> None:
    stage.importer.gate.clear()
    stage.flow.import_file(tmp_path / "long.mp3")
    await stage.until(lambda state: state.progress)
    stage.flow.cancel_import()
    assert stage.flow.state.importing == ""
    await stage.until(lambda _: stage.takes.deleted)
    assert await stage.takes.takes() == ()


async def test_a_second_file_takes_the_place_of_the_first(stage: Stage, tmp_path: Path) -> None:
    stage.importer.gate.clear()
    stage.flow.import_file(tmp_path / "first.mp3")
    await stage.until(lambda state: state.progress)
    stage.flow.import_file(tmp_path / "second.mp3")
    await stage.until(lambda _: len(stage.importer.files) == 2)
    assert stage.flow.state.importing == "second.mp3"
    stage.importer.gate.set()
    chosen = (await stage.until(lambda state: state.chosen and not state.importing)).chosen
    assert chosen
    assert chosen.name == "second"


async def test_every_edit_is_one_undo_away_and_on_disk(stage: Stage) -> None:
    take = stage.takes.put("Take 1")
    await stage.restored()
    cut, louder = Edit(start_s=1.0, end_s=9.0), Edit(start_s=1.0, end_s=9.0, gain_db=6.0)
    stage.flow.edit(cut)
    stage.flow.edit(louder)
    await stage.until(lambda _: stage.takes.kept[take.take_id].edit == louder)
    await stage.until(lambda state: state.report and state.report.figures.seconds == 8.0)
    stage.flow.undo()
    assert stage.flow.state.chosen
    assert stage.flow.state.chosen.edit == cut
    stage.flow.undo()
    assert not stage.flow.state.can_undo
    assert stage.flow.state.can_redo
    stage.flow.redo()
    await stage.until(lambda _: stage.takes.kept[take.take_id].edit == cut)
    stage.flow.edit(Edit(clean=True))
    assert not stage.flow.state.can_redo, "a new edit ends what could be redone"


async def test_the_speech_suggests_where_to_cut(stage: Stage) -> None:
    stage.takes.put("Take 1")
    await stage.restored()
    stage.flow.trim_to_speech()
    assert stage.flow.state.chosen
    assert stage.flow.state.chosen.edit == Edit(start_s=0.5, end_s=13.5)


async def test_another_system_judges_the_same_take(stage: Stage) -> None:
    stage.takes.put("Take 1")
    state = await stage.restored()
    stage.flow.hold_against("qwen", STRICT)
    state = await stage.until(lambda state: state.report and state.report.refused)
    assert state.report
    assert [finding.check for finding in state.report.refused] == [Check.LENGTH]
    assert state.report.system == "qwen"


async def test_a_system_chosen_while_a_take_is_measured_is_the_one_it_is_held_against(stage: Stage) -> None:
    stage.flow.hold_against("qwen", STRICT)
    stage.takes.put("Lecture", 80.0)
    stage.gauge.gate.clear()
    stage.flow.restore()
    await stage.until(lambda _: stage.gauge.measured)
    stage.flow.hold_against("noiz", SampleLimits())
    stage.gauge.gate.set()
    state = await stage.until(lambda state: state.report and not state.measuring)
    assert state.report
    assert (state.report.system, state.report.refused) == ("noiz", ())


async def test_a_take_deleted_while_its_voice_is_made_still_knows_what_was_sent(stage: Stage) -> None:
    take = stage.takes.put("Take 1")
    await stage.restored()
    stage.gauge.gate.clear()
    making = asyncio.ensure_future(stage.flow.sample(SampleLimits(), "noiz"))
    await stage.until(lambda _: len(stage.gauge.measured) == 2)
    stage.flow.delete(take.take_id)
    stage.gauge.gate.set()
    sample = await making
    assert sample
    assert stage.takes.kept[take.take_id].sent == (sample.sha256,)


async def test_the_measuring_of_an_old_recipe_is_not_shown(stage: Stage) -> None:
    stage.takes.put("Take 1")
    await stage.restored()
    stage.gauge.gate.clear()
    stage.flow.edit(Edit(end_s=3.0))
    await stage.until(lambda _: len(stage.gauge.measured) == 2)
    stage.flow.edit(Edit(end_s=5.0))
    stage.gauge.gate.set()
    state = await stage.until(lambda state: not state.measuring)
    assert state.report
    assert state.report.figures.seconds == 5.0


async def test_a_deleted_take_can_be_brought_back(stage: Stage) -> None:
    stage.takes.put("Take 1")
    gone = stage.takes.put("Take 2")
    await stage.restored()
    stage.flow.delete(gone.take_id)
    state = await stage.until(lambda state: state.deleted)
    assert state.chosen
    assert (state.deleted, state.chosen.name) == (gone, "Take 1")
    await stage.until(lambda _: gone.take_id in stage.takes.deleted)
    stage.flow.undo_delete()
    state = await stage.until(lambda state: state.chosen == gone)
    assert [take.name for take in state.takes] == ["Take 2", "Take 1"]
    assert not stage.takes.deleted


async def test_name_and_transcript_stay_with_the_take(stage: Stage) -> None:
    take = stage.takes.put("Take 1")
    await stage.restored()
    stage.flow.rename(take.take_id, "  The  good one ")
    stage.flow.rename(take.take_id, "   ")
    stage.flow.note_transcript("Good evening.")
    kept = lambda: stage.takes.kept[take.take_id]  # noqa: E731
    await stage.until(lambda _: (kept().name, kept().transcript) == ("The good one", "Good evening."))


async def test_what_is_sent_is_noted_with_the_take(stage: Stage) -> None:
    take = stage.takes.put("Take 1")
    await stage.restored()
    sample = await stage.flow.sample(SampleLimits(), "noiz")
    assert sample
    assert (sample.media, sample.name) == (Media.WAV, "Take 1.wav")
    await stage.until(lambda _: stage.takes.kept[take.take_id].sent == (sample.sha256,))


async def test_what_would_be_refused_is_not_made(stage: Stage) -> None:
    stage.takes.put("Take 1", 30.0)
    await stage.restored()
    made = len(stage.darkroom.made)
    stage.gauge.figures = replace(GOOD, longest_speech_s=1.0)
    with pytest.raises(StudioError) as caught:
        await stage.flow.sample(STRICT, "qwen")
    assert caught.value.reason is Reason.REPORT_FAILED
    assert len(stage.darkroom.made) == made, "weighed, not made"


async def test_a_take_that_went_elsewhere_is_not_chosen_any_more(stage: Stage) -> None:
    older, newest = stage.takes.put("Take 1"), stage.takes.put("Take 2")
    await stage.restored()
    await stage.takes.delete(newest.take_id)
    stage.flow.look_again()
    await stage.until(lambda state: state.chosen == older and state.report)
    await stage.takes.restore(newest.take_id)
    stage.flow.look_again()
    state = await stage.until(lambda state: len(state.takes) == 2)
    assert state.chosen == older
    stage.flow.edit(Edit(start_s=1.0))
    assert stage.flow.state.chosen
    assert stage.flow.state.chosen.edit == Edit(start_s=1.0)


async def test_looking_again_leaves_an_address_chosen(stage: Stage) -> None:
    stage.takes.put("Take 1")
    await stage.restored()
    stage.flow.choose(None)
    stage.takes.put("Take 2")
    stage.flow.look_again()
    assert (await stage.until(lambda state: len(state.takes) == 2)).chosen is None


async def test_without_a_take_there_is_no_sample(stage: Stage) -> None:
    assert await stage.flow.sample(SampleLimits(), "noiz") is None


async def test_a_library_that_cannot_be_read_is_told(stage: Stage) -> None:
    stage.takes.error = StudioError(Reason.LIBRARY_NOT_WRITABLE)
    stage.flow.restore()
    state = await stage.until(lambda state: state.error)
    assert state.error
    assert state.error.reason is Reason.LIBRARY_NOT_WRITABLE
    stage.takes.error = None
