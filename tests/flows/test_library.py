"""Kept voices: found, chosen, named, labelled and handed out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.voices import ClipKind
from studio.flows.rights import WORDS
from studio.flows.saying import format_of
from studio.ports import CodeKind, Labels
from tests.fakes.voices import clip
from tests.flows.kept import Kept


@pytest.fixture
async def stage(home: Path) -> AsyncIterator[Kept]:
    stage = Kept()
    yield stage
    await stage.end()


async def test_voices_newest_first_and_found_by_any_word(stage: Kept) -> None:
    for name in ("Old sailor", "小雨", "Night reader"):
        await stage.keep(name=name)
    stage.flow.refresh()
    await stage.until(lambda state: state.complete)
    assert [one.name for one in stage.state.voices] == ["Night reader", "小雨", "Old sailor"]
    assert [one.name for one in await stage.flow.search("小雨")] == ["小雨"]
    assert [one.name for one in await stage.flow.search("SAILOR old")] == ["Old sailor"]
    assert len(await stage.flow.search("")) == 3


async def test_choosing_brings_the_clips(stage: Kept) -> None:
    kept = await stage.chosen()
    assert stage.state.chosen == kept
    assert [one.kind for one in stage.state.clips] == [ClipKind.PREVIEW]
    stage.flow.choose(None)
    assert stage.state.chosen is None
    assert stage.state.clips == ()


async def test_rename_and_notes_are_shown_at_once_and_saved(stage: Kept) -> None:
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


async def test_an_empty_name_is_no_name(stage: Kept) -> None:
    kept = await stage.chosen()
    stage.flow.rename(kept.library_id, "   ")
    assert stage.state.voices[0].name == kept.name


async def test_export_takes_the_format_from_the_suffix(stage: Kept, tmp_path: Path) -> None:
    await stage.chosen()
    for name in ("one.mp3", "two.pcm"):
        stage.flow.export(stage.state.clips[0], tmp_path / name)
        await stage.until(lambda state, name=name: state.exported == tmp_path / name)
    assert stage.codec.decoded == 1  # the clip is PCM already
    assert (tmp_path / "two.pcm").read_bytes() == clip().data


async def test_export_to_nowhere_is_said(stage: Kept, tmp_path: Path) -> None:
    await stage.chosen()
    stage.flow.export(stage.state.clips[0], tmp_path / "no folder" / "one.pcm")
    await stage.until(lambda state: state.error)
    assert stage.state.error
    assert stage.state.error.reason is Reason.NOT_WRITABLE


async def test_two_exports_at_once_are_both_written(stage: Kept, tmp_path: Path) -> None:
    await stage.chosen()
    for name in ("one.pcm", "two.pcm"):
        stage.flow.export(stage.state.clips[0], tmp_path / name)
    await stage.until(lambda _: (tmp_path / "one.pcm").exists() and (tmp_path / "two.pcm").exists())


async def test_a_glance_elsewhere_does_not_replace_a_refresh(stage: Kept) -> None:
    await stage.keep()
    stage.flow.refresh()
    stage.flow.refresh_if_changed()
    stage.flow.refresh_if_changed()
    await stage.until(lambda state: state.voices)


async def test_a_refresh_does_not_undo_what_is_being_typed(stage: Kept) -> None:
    kept = await stage.chosen()
    stage.flow.refresh()
    stage.flow.rename(kept.library_id, "New name")
    await stage.tasks.wait("library.refresh")
    assert stage.state.voices[0].name == "New name"
    assert stage.state.chosen == stage.state.voices[0]


async def test_what_a_command_writes_is_seen(stage: Kept) -> None:
    stage.flow.refresh()
    await stage.until(lambda state: state.complete)
    elsewhere = Kept()
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


async def test_choosing_a_cloned_voice_brings_what_was_said_of_the_right(stage: Kept) -> None:
    kept, _ = await stage.cloned()
    (statement,) = stage.state.statements
    assert (statement.said, statement.right.whose) == (WORDS, "Ann Lee")
    stage.flow.choose(None)
    assert stage.state.statements == ()
    stage.flow.choose(kept.library_id)
    await stage.until(lambda state: state.statements == (statement,))


async def test_the_rights_record_is_exported(stage: Kept, tmp_path: Path) -> None:
    await stage.cloned()
    stage.flow.export_rights(tmp_path / "Ann.zip")
    await stage.until(lambda state: state.exported == tmp_path / "Ann.zip")
    with ZipFile(tmp_path / "Ann.zip") as record:
        assert len(record.namelist()) == 2
    stage.flow.export_rights(tmp_path / "no folder" / "Ann.zip")
    await stage.until(lambda state: state.error)
    assert stage.state.error
    assert stage.state.error.reason is Reason.NOT_WRITABLE


# -- what is said of voices --------------------------------------------------------------------------------------------


async def test_labels_are_saved_for_all_that_are_meant(stage: Kept) -> None:
    first, second, other = [await stage.keep(name=name) for name in ("One", "Two", "Three")]
    stage.flow.refresh()
    await stage.until(lambda state: len(state.voices) == 3)
    ids = (first.library_id, second.library_id)
    stage.flow.label(ids, Labels(favourite=True, rating=4, collection="Tales", add_tags=("old", "sea")))
    await stage.until(lambda state: sum(voice.favourite for voice in state.voices) == 2)
    stage.flow.label(ids[:1], Labels(drop_tags=("old",)))
    await stage.until(lambda _: stage.flow.voices_of(ids)[0].tags == ("sea",))
    labelled = stage.flow.voices_of(ids)[1]
    assert (labelled.rating, labelled.collection, labelled.tags) == (4, "Tales", ("old", "sea"))
    assert stage.flow.voices_of([other.library_id]) == (other,)


async def test_a_look_changes_only_what_is_new(stage: Kept) -> None:
    """The table finds what to draw anew by identity."""
    first = await stage.chosen(name="One")
    shown = stage.flow.voice(first.library_id)
    await stage.keep(name="Two")
    stage.flow.refresh()
    await stage.until(lambda state: len(state.voices) == 2)
    assert stage.state.voices[1] is shown
    before = stage.state.voices
    stage.flow.refresh()
    await stage.tasks.wait("library.refresh")
    assert stage.state.voices is before


async def test_the_chosen_voice_is_selected_and_others_may_be_too(stage: Kept) -> None:
    first = await stage.chosen(name="One")
    second = await stage.chosen(name="Two")
    assert stage.state.selected == (second.library_id,)
    stage.flow.select((first.library_id, second.library_id))
    stage.flow.choose(first.library_id)
    assert stage.state.selected == (first.library_id, second.library_id)


async def test_the_neighbours_of_the_chosen_voice_are_decoded_ahead(stage: Kept) -> None:
    near: list[list[str]] = []
    stage.flow.on_near = lambda audibles: near.append([one.title for one in audibles])
    first, second = await stage.keep(name="One"), await stage.keep(name="Two")
    await stage.shown(first)
    stage.flow.choose(first.library_id, (second.library_id,))
    await stage.until(lambda _: ["One", "Two"] in near)


async def test_play_all_means_every_voice_that_can_be_heard(stage: Kept) -> None:
    queued: list[str] = []
    stage.flow.on_queue = lambda audibles: queued.extend(one.title for one in audibles)
    voices = [await stage.keep(name=name) for name in ("One", "Two")]
    await stage.shown(voices[0])
    stage.flow.play_all([voice.library_id for voice in reversed(voices)])
    await stage.until(lambda _: queued)
    assert queued == ["Two", "One"]


async def test_a_clip_is_handed_out_under_the_name_of_its_voice(stage: Kept) -> None:
    await stage.chosen(name="Night/reader")
    stage.flow.make_draggable(stage.state.clips[0])
    await stage.until(lambda state: state.draggable)
    assert stage.state.draggable
    clip_id, path = stage.state.draggable
    assert clip_id == stage.state.clips[0].clip_id
    assert path.read_bytes() == clip().data
    assert "Night" in path.name
    assert "/" not in path.name


async def test_code_is_offered_only_where_a_system_has_some(stage: Kept) -> None:
    await stage.chosen()
    stage.flow.make_code(CodeKind.CURL, "Hello.")
    await stage.until(lambda state: state.error)
    assert stage.state.error
    assert stage.state.error.reason is Reason.NOT_OFFERED
