"""Clips to files and folders: as loud as they can be, with words in them, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from studio.domain.audio import AudioFormat, Finish
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import ClipKind, Voice
from studio.flows.handing_out import HandedOut, name_of, words_about
from tests.fakes.voices import clip
from tests.flows.kept import Kept

TAKE = "Mind the step, and hold on to the rail. " * 4


@pytest.fixture
async def stage(home: Path) -> AsyncIterator[Kept]:
    kept = Kept()
    yield kept
    await kept.end()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


async def several(stage: Kept, *names: str) -> tuple[list[Voice], list[UUID]]:
    """Voices with previews, all read; their ids in the order of the names."""
    voices = [await stage.keep(name=name) for name in names]
    await stage.shown(voices[0])
    return voices, [voice.library_id for voice in voices]


async def test_the_words_and_the_level_are_those_asked_for(stage: Kept, tmp_path: Path) -> None:
    await stage.chosen(name="Night reader")
    finish = Finish(lufs=-16.0, title="River", artist="")
    stage.flow.export(stage.state.clips[0], tmp_path / "one.flac", finish)
    await stage.until(lambda state: state.exported)
    assert stage.codec.asked == [finish]
    assert stage.state.handed_out == HandedOut(tmp_path / "one.flac", done=1, lufs=-16.0, ended=True)


@pytest.mark.parametrize(("reached", "below"), [(-16.4, ()), (-19.2, (-19.2,)), (None, (None,))])
async def test_a_level_that_is_not_reached_is_told(
    stage: Kept, tmp_path: Path, reached: float | None, below: tuple[float | None, ...]
) -> None:
    await stage.chosen()
    stage.codec.loudness = [reached]
    stage.flow.export(stage.state.clips[0], tmp_path / "one.wav", Finish(lufs=-16.0))
    await stage.until(lambda state: state.exported)
    assert stage.state.handed_out
    assert stage.state.handed_out.below == below


async def test_words_about_a_preview_and_a_take(stage: Kept) -> None:
    voice = await stage.chosen(name="Night reader")
    (preview,) = stage.state.clips
    assert words_about(voice, preview) == Finish(title="Night reader", artist="Night reader", comment="Good evening.")
    take = await stage.store.clips.add_clip(voice.library_id, clip(), ClipKind.SPOKEN, TAKE)
    about = words_about(voice, take)
    assert (len(about.title), about.artist, about.comment) == (80, "Night reader", TAKE)
    assert about.title.startswith("Mind the step, and hold")
    assert about.title.endswith("…")
    assert name_of(voice, preview) == "Night reader"
    assert name_of(voice, take) == "Night reader - Mind the step, and hold on to the rail."[:55]


async def test_the_clips_of_many_go_into_a_folder(stage: Kept, tmp_path: Path) -> None:
    (tmp_path / "anna.mp3").write_text("the person's own")
    _, ids = await several(stage, "Anna", "Anna", "b/c", "Silent")
    for stored in await stage.store.clips.clips_of(ids[3]):
        await stage.store.clips.delete_clip(stored.clip_id)
    stage.codec.loudness = [-14.0, -20.0, None]
    stage.flow.export_many(ids, tmp_path, AudioFormat.MP3, -14.0)
    await stage.until(lambda state: state.exported)
    assert files(tmp_path) == [
        "Anna (2).mp3",
        "Anna (3).mp3",
        "anna.mp3",
        "b-c.mp3",
    ]
    assert (tmp_path / "anna.mp3").read_text() == "the person's own"
    assert [(one.lufs, one.artist) for one in stage.codec.asked] == [(-14.0, "Anna"), (-14.0, "Anna"), (-14.0, "b/c")]
    assert stage.state.handed_out == HandedOut(
        tmp_path, to_folder=True, total=4, done=4, lost=1, lufs=-14.0, below=(-20.0, None), ended=True
    )
    assert stage.state.handed_out is not None
    assert stage.state.handed_out.written == 3


async def test_a_broken_clip_keeps_no_other_back(stage: Kept, tmp_path: Path) -> None:
    _, ids = await several(stage, "Anna", "Bo")
    first = (await stage.store.clips.first_of(ids))[ids[0]]
    await asyncio.to_thread((stage.store.home.clips / first.file).unlink)
    stage.flow.export_many(ids, tmp_path, AudioFormat.WAV, None)
    await stage.until(lambda state: state.exported)
    assert files(tmp_path) == ["Bo.wav"]
    assert stage.state.handed_out
    assert (stage.state.handed_out.written, stage.state.handed_out.lost) == (1, 1)


async def test_a_folder_that_cannot_be_written_to_is_said(stage: Kept, tmp_path: Path) -> None:
    _, ids = await several(stage, "Anna")
    stage.flow.export_many(ids, tmp_path / "missing", AudioFormat.WAV, None)
    await stage.until(lambda state: state.error)
    assert stage.state.error
    assert stage.state.error.reason is Reason.NOT_WRITABLE
    assert stage.state.handed_out is None


async def test_an_export_of_many_can_be_cancelled(stage: Kept, tmp_path: Path) -> None:
    """Another voice that is chosen meanwhile doesn't take its news away."""
    voices, ids = await several(stage, "Anna", "Bo")
    held = asyncio.Event()
    mastered = stage.codec.mastered

    async def slow(*args: object) -> object:
        if len(stage.codec.asked) == 1:
            await held.wait()
        return await mastered(*args)  # pyright: ignore[reportArgumentType]

    stage.codec.mastered = slow  # pyright: ignore[reportAttributeAccessIssue]
    stage.flow.export_many(ids, tmp_path, AudioFormat.WAV, None)
    await stage.until(lambda state: state.handed_out and state.handed_out.done == 1)
    stage.flow.choose(voices[1].library_id)
    assert stage.state.handed_out
    assert not stage.state.handed_out.ended
    stage.flow.cancel_export()
    assert (stage.state.handed_out.ended, stage.state.handed_out.written) == (True, 1)
    assert len(files(tmp_path)) == 1
    stage.flow.choose(voices[0].library_id)
    assert stage.state.handed_out is None


async def test_an_error_of_one_clip_alone_is_said(stage: Kept, tmp_path: Path) -> None:
    await stage.chosen()
    await asyncio.to_thread((stage.store.home.clips / stage.state.clips[0].file).unlink)
    stage.flow.export(stage.state.clips[0], tmp_path / "one.wav", Finish())
    await stage.until(lambda state: state.error)
    assert isinstance(stage.state.error, StudioError)
    assert stage.state.error.reason is Reason.NO_SUCH_CLIP
    assert not files(tmp_path)
