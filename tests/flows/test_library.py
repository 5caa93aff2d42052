"""Kept voices on a real library; only the speaker and the codec are stand-ins."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.takes import Take
from studio.domain.voices import ClipKind, Designed, Origin, Voice
from studio.flows.audition import Audible
from studio.flows.library import LibraryFlow, LibraryState
from studio.flows.remote import RemoteVoices
from studio.flows.rights import WORDS
from studio.flows.saying import Saying, format_of
from studio.store import Store
from studio.tasks import TaskOwner
from tests.fakes.sound import FakeCodec
from tests.fakes.voices import FakeSystem, brief, clip, voice
from tests.store.sounds import write_take


class Stage:
    def __init__(self) -> None:
        self.store = Store()
        self.system = FakeSystem()
        self.codec = FakeCodec()
        self.bugs: list[str] = []
        self.spoken: list[Audible] = []
        self.tasks = TaskOwner(lambda name, error: self.bugs.append(f"{name}: {error!r}"))
        systems = {ON_DEVICE: self.system}
        remote = RemoteVoices(systems, self.store.accounts, self.store.shelf)
        self.saying = Saying(systems, remote, self.store.shelf, self.codec, self.store.exporter)
        store, self.samples_told = self.store, 0
        self.flow = LibraryFlow(store.shelf, store.clips, remote, self.saying, store.rights, store.takes, self.tasks)
        self.flow.on_spoken = self.spoken.append
        self.flow.on_samples = self.count_samples

    @property
    def state(self) -> LibraryState:
        return self.flow.state

    async def keep(self, **fields: object) -> Voice:
        candidate = await self.store.tray.put(brief(), Designed(voice(**fields), clip()))
        return await self.store.tray.keep(candidate.candidate_id, "")

    def count_samples(self) -> None:
        self.samples_told += 1

    async def cloned(self, **fields: object) -> tuple[Voice, Take]:
        """A voice that was made of a take, and chosen; the take."""
        sample = clip(b"what was sent", format=AudioFormat.WAV)
        take = await self.store.takes.begin("Take 1", 48_000, "")
        await asyncio.to_thread(write_take, take.path, 480)
        take = await self.store.takes.finish(replace(take, frames=480))
        take = replace(take, sent=("another", sha256(sample.data).hexdigest()))
        await self.store.takes.change(take)
        said = json.dumps({"said": WORDS, "whose": "Ann Lee"})
        made = voice(origin=Origin.CLONED, **fields)
        kept = await self.store.shelf.add(made, sample, ClipKind.SAMPLE, "", said)
        self.flow.refresh()
        await self.until(lambda state: state.voices)
        self.flow.choose(kept.library_id)
        await self.until(lambda state: state.statements)
        return kept, take

    async def until(self, true: Callable[[LibraryState], object]) -> None:
        async with asyncio.timeout(5):
            while not true(self.state):  # noqa: ASYNC110 - the flow has one listener, and it is under test
                await asyncio.sleep(0.001)

    async def chosen(self, **fields: object) -> Voice:
        kept = await self.keep(**fields)
        self.flow.refresh()
        await self.until(lambda state: state.voices)
        self.flow.choose(kept.library_id)
        await self.until(lambda state: state.clips)
        return kept


@pytest.fixture
async def stage(home: Path) -> AsyncIterator[Stage]:
    stage = Stage()
    yield stage
    assert await stage.tasks.aclose() == ()
    await stage.store.aclose()
    assert stage.bugs == []


async def test_voices_newest_first_and_found_by_any_word(stage: Stage) -> None:
    for name in ("Old sailor", "小雨", "Night reader"):
        await stage.keep(name=name)
    stage.flow.refresh()
    await stage.until(lambda state: state.loaded)
    assert [one.name for one in stage.state.voices] == ["Night reader", "小雨", "Old sailor"]
    assert [one.name for one in await stage.flow.search("小雨")] == ["小雨"]
    assert [one.name for one in await stage.flow.search("SAILOR old")] == ["Old sailor"]
    assert len(await stage.flow.search("")) == 3


async def test_choosing_brings_the_clips(stage: Stage) -> None:
    kept = await stage.chosen()
    assert stage.state.chosen == kept
    assert [one.kind for one in stage.state.clips] == [ClipKind.PREVIEW]
    stage.flow.choose(None)
    assert stage.state.chosen is None
    assert stage.state.clips == ()


async def test_rename_and_notes_are_shown_at_once_and_saved(stage: Stage) -> None:
    kept = await stage.chosen()
    stage.flow.rename(kept.library_id, "  New name ")
    stage.flow.annotate(kept.library_id, "for the fairy tale")
    assert stage.state.chosen
    assert stage.state.chosen.name == "New name"
    assert stage.state.voices[0].notes == "for the fairy tale"
    for what in ("rename", "annotate"):
        await stage.tasks.wait(f"library.{what}.{kept.library_id}")
    saved = await stage.store.shelf.find(str(kept.library_id))
    assert (saved.name, saved.notes) == ("New name", "for the fairy tale")


async def test_an_empty_name_is_no_name(stage: Stage) -> None:
    kept = await stage.chosen()
    stage.flow.rename(kept.library_id, "   ")
    assert stage.state.voices[0].name == kept.name


async def test_delete_can_be_undone(stage: Stage) -> None:
    kept = await stage.chosen()
    stage.flow.delete(kept.library_id)
    await stage.until(lambda state: state.deleted and not state.voices)
    assert stage.state.chosen is None
    assert await stage.flow.search("") == ()
    stage.flow.undo_delete()
    await stage.until(lambda state: state.voices and state.chosen and state.clips)
    assert stage.state.voices == (kept,)
    assert stage.state.deleted is None


async def test_speaking_keeps_the_take_and_plays_it(stage: Stage) -> None:
    kept = await stage.chosen()
    stage.flow.speak(kept.library_id, "Any text.")
    assert stage.state.speaking
    await stage.until(lambda state: len(state.clips) == 2)
    assert not stage.state.speaking
    assert [(one.kind, one.text) for one in stage.state.clips] == [
        (ClipKind.PREVIEW, "Good evening."),
        (ClipKind.SPOKEN, "Any text."),
    ]
    assert stage.spoken == [Audible(stage.state.clips[1], kept.name)]
    assert (await stage.store.shelf.find(str(kept.library_id))).last_used


async def test_speaking_can_be_cancelled(stage: Stage) -> None:
    kept = await stage.chosen()
    stage.system.gate.clear()
    stage.flow.speak(kept.library_id, "Any text.")
    await stage.until(lambda state: state.progress == 0.5)
    stage.flow.cancel_speaking()
    assert not stage.state.speaking
    await stage.until(lambda _: stage.system.cancelled)
    assert len(await stage.store.clips.clips_of(kept.library_id)) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [("", Problem(Field.TEXT, Fault.MISSING)), ("x" * 201, Problem(Field.TEXT, Fault.TOO_LONG, 200, 201))],
)
async def test_a_text_that_cannot_be_spoken_is_told_by_field(stage: Stage, text: str, problem: Problem) -> None:
    kept = await stage.chosen()
    stage.flow.speak(kept.library_id, text)
    await stage.until(lambda state: state.error)
    assert stage.state.error
    assert stage.state.error.problems == (problem,)
    assert stage.system.spoken == []
    assert not stage.state.speaking


async def test_a_voice_of_an_unknown_system_cannot_be_spoken_with(stage: Stage) -> None:
    kept = await stage.keep(system="elsewhere")
    with pytest.raises(StudioError) as caught:
        await stage.saying.say(kept, "Any text.")
    assert caught.value.reason is Reason.CANNOT_SPEAK


async def test_export_takes_the_format_from_the_suffix(stage: Stage, tmp_path: Path) -> None:
    await stage.chosen()
    for name in ("one.mp3", "two.pcm"):
        stage.flow.export(stage.state.clips[0], tmp_path / name)
        await stage.until(lambda state, name=name: state.exported == tmp_path / name)
    assert stage.codec.decoded == 1  # the clip is PCM already
    assert (tmp_path / "two.pcm").read_bytes() == clip().data


async def test_export_to_nowhere_is_said(stage: Stage, tmp_path: Path) -> None:
    await stage.chosen()
    stage.flow.export(stage.state.clips[0], tmp_path / "no folder" / "one.pcm")
    await stage.until(lambda state: state.error)
    assert stage.state.error
    assert stage.state.error.reason is Reason.NOT_WRITABLE


async def test_a_spoken_take_is_deleted_and_brought_back(stage: Stage) -> None:
    kept = await stage.chosen()
    stage.flow.speak(kept.library_id, "Any text.")
    await stage.until(lambda state: len(state.clips) == 2)
    take = stage.state.clips[1]
    stage.flow.delete_clip(take)
    await stage.until(lambda state: len(state.clips) == 1)
    assert stage.state.deleted_clip == take
    stage.flow.undo_delete()
    await stage.until(lambda state: len(state.clips) == 2)
    assert stage.state.deleted_clip is None


async def test_another_failure_does_not_end_the_speaking(stage: Stage, tmp_path: Path) -> None:
    kept = await stage.chosen()
    stage.system.gate.clear()
    stage.flow.speak(kept.library_id, "Any text.")
    stage.flow.export(stage.state.clips[0], tmp_path / "no folder" / "one.pcm")
    await stage.until(lambda state: state.error)
    assert stage.state.speaking
    stage.system.gate.set()
    await stage.until(lambda state: len(state.clips) == 2)


async def test_two_exports_at_once_are_both_written(stage: Stage, tmp_path: Path) -> None:
    await stage.chosen()
    for name in ("one.pcm", "two.pcm"):
        stage.flow.export(stage.state.clips[0], tmp_path / name)
    await stage.until(lambda _: (tmp_path / "one.pcm").exists() and (tmp_path / "two.pcm").exists())


async def test_a_glance_elsewhere_does_not_replace_a_refresh(stage: Stage) -> None:
    await stage.keep()
    stage.flow.refresh()
    stage.flow.refresh_if_changed()
    stage.flow.refresh_if_changed()
    await stage.until(lambda state: state.voices)


async def test_a_refresh_does_not_undo_what_is_being_typed(stage: Stage) -> None:
    kept = await stage.chosen()
    stage.flow.refresh()
    stage.flow.rename(kept.library_id, "New name")
    await stage.tasks.wait("library.refresh")
    assert stage.state.voices[0].name == "New name"
    assert stage.state.chosen == stage.state.voices[0]


async def test_an_error_goes_with_the_next_choice(stage: Stage) -> None:
    kept = await stage.chosen()
    stage.flow.speak(kept.library_id, "")
    await stage.until(lambda state: state.error)
    stage.flow.choose(kept.library_id)
    assert stage.state.error is None


async def test_what_a_command_writes_is_seen(stage: Stage) -> None:
    stage.flow.refresh()
    await stage.until(lambda state: state.loaded)
    elsewhere = Stage()
    await elsewhere.keep(name="From a command")
    await elsewhere.store.aclose()
    stage.flow.refresh_if_changed()
    await stage.until(lambda state: state.voices)
    assert stage.state.voices[0].name == "From a command"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a.wav", AudioFormat.WAV), ("a.OGG", AudioFormat.OPUS), ("a.opus", AudioFormat.OPUS), ("a", AudioFormat.FLAC)],
)
def test_the_suffix_says_the_format(name: str, expected: AudioFormat) -> None:
    assert format_of(Path(name), AudioFormat.FLAC) is expected


def test_an_unknown_suffix_is_a_fault_of_the_format() -> None:
    with pytest.raises(StudioError) as caught:
        format_of(Path("a.xyz"))
    assert caught.value.problems == (Problem(Field.FORMAT, Fault.NOT_OFFERED),)


# -- of what a voice was made, and by what right ---------------------------------------------------------------------


async def test_choosing_a_cloned_voice_brings_what_was_said_of_the_right(stage: Stage) -> None:
    kept, _ = await stage.cloned()
    (statement,) = stage.state.statements
    assert (statement.said, statement.right.whose) == (WORDS, "Ann Lee")
    stage.flow.choose(None)
    assert stage.state.statements == ()
    stage.flow.choose(kept.library_id)
    await stage.until(lambda state: state.statements == (statement,))


async def test_the_rights_record_is_exported(stage: Stage, tmp_path: Path) -> None:
    await stage.cloned()
    stage.flow.export_rights(tmp_path / "Ann.zip")
    await stage.until(lambda state: state.exported == tmp_path / "Ann.zip")
    with ZipFile(tmp_path / "Ann.zip") as record:
        assert len(record.namelist()) == 2
    stage.flow.export_rights(tmp_path / "no folder" / "Ann.zip")
    await stage.until(lambda state: state.error)
    assert stage.state.error
    assert stage.state.error.reason is Reason.NOT_WRITABLE


async def test_deleting_keeps_the_sample_unless_that_is_asked_for(stage: Stage) -> None:
    kept, take = await stage.cloned()
    stage.flow.delete(kept.library_id)
    await stage.until(lambda state: state.deleted and not state.voices)
    assert stage.state.samples == (take,)
    assert await stage.store.takes.takes() == (take,)
    stage.flow.delete_sample()
    await stage.until(lambda state: state.samples_deleted == (take,))
    assert stage.state.samples == ()
    assert await stage.store.takes.takes() == ()
    assert stage.samples_told == 1


async def test_other_voices_of_the_sample_are_told(stage: Stage) -> None:
    kept, take = await stage.cloned(name="Ann")
    for name, data in (("Ann two", b"what was sent"), ("Bo", b"something else")):
        sample = clip(data, format=AudioFormat.WAV)
        await stage.store.shelf.add(voice(name=name, origin=Origin.CLONED), sample, ClipKind.SAMPLE, "", '{"said": ""}')
    stage.flow.refresh()
    await stage.until(lambda state: len(state.voices) == 3)
    stage.flow.delete(kept.library_id)
    await stage.until(lambda state: state.deleted)
    assert (stage.state.samples, [one.name for one in stage.state.made_alike]) == ((take,), ["Ann two"])
    stage.flow.delete_sample()
    await stage.until(lambda state: state.samples_deleted)
    assert [one.name for one in stage.state.made_alike] == ["Ann two"]
    stage.flow.undo_delete()
    await stage.until(lambda state: len(state.voices) == 3 and stage.samples_told == 2)
    assert stage.state.made_alike == ()


async def test_undo_brings_the_sample_back_too(stage: Stage) -> None:
    kept, take = await stage.cloned()
    stage.flow.delete(kept.library_id)
    await stage.until(lambda state: state.samples)
    stage.flow.delete_sample()
    await stage.until(lambda state: state.samples_deleted)
    stage.flow.undo_delete()
    await stage.until(lambda state: state.chosen == kept and stage.samples_told == 2)
    assert await stage.store.takes.takes() == (take,)
    assert (stage.state.samples, stage.state.samples_deleted) == ((), ())


async def test_a_sample_that_is_gone_meanwhile_is_no_error(stage: Stage) -> None:
    kept, take = await stage.cloned()
    stage.flow.delete(kept.library_id)
    await stage.until(lambda state: state.samples)
    await stage.store.takes.delete(take.take_id)
    elsewhere = Store(undo_s=0.0)
    await elsewhere.takes.purge()
    await elsewhere.aclose()
    stage.flow.delete_sample()
    await stage.until(lambda state: state.samples_deleted)
    assert stage.state.error is None


async def test_the_takes_of_other_voices_are_not_offered(stage: Stage) -> None:
    await stage.cloned()
    other = await stage.store.shelf.add(
        voice(origin=Origin.CLONED),
        clip(b"other", format=AudioFormat.WAV),
        ClipKind.SAMPLE,
        "",
        json.dumps({"said": ""}),
    )
    by_address = await stage.keep(origin=Origin.CLONED)
    for one in (other, by_address):
        stage.flow.refresh()
        await stage.until(lambda state, one=one: one in state.voices)
        stage.flow.delete(one.library_id)
        await stage.until(lambda state, one=one: state.deleted == one)
        assert stage.state.samples == ()
        stage.flow.delete_sample()
    assert len(await stage.store.takes.takes()) == 1
