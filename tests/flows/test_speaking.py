"""Any text with a kept voice: heard as it comes, kept as a take, partial where it broke off, and gone on with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.accounts import QWEN
from studio.domain.audio import Clip, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.spending import Spent
from studio.domain.voices import ClipKind, StoredClip, Voice
from studio.flows.telling import Listener
from studio.store import Store
from tests.fakes.systems import StreamingSystem
from tests.flows.far import FarStage, far_brief, nowhere
from tests.flows.kept import Kept

LONG = "One sentence is here. " * 40
"""Two parts of the pretend system's 600 characters."""


@pytest.fixture
async def stage(home: Path) -> AsyncIterator[Kept]:
    stage = Kept()
    yield stage
    await stage.end()


class Heard:
    """Who listens while it comes."""

    def __init__(self, stage: FarStage) -> None:
        self.titles: list[str] = []
        self.pieces: list[Pcm] = []
        self.over = 0
        self.spoken: list[tuple[StoredClip, bool]] = []
        self._stage = stage
        stage.speaking.on_live = self.listen
        stage.speaking.on_spoken = lambda _, clip, heard: self.spoken.append((clip, heard))

    def listen(self, title: str, pieces: AsyncIterator[Pcm]) -> None:
        self.titles.append(title)
        self._stage.tasks.start("test.listen", self._listen(pieces))

    async def _listen(self, pieces: AsyncIterator[Pcm]) -> None:
        async for piece in pieces:
            self.pieces.append(piece)
        self.over += 1


@pytest.fixture
async def far(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FarStage]:
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-of-the-environment")
    made = FarStage(StreamingSystem())
    yield made
    await made.end()


async def far_voice(stage: FarStage) -> Voice:
    await stage.design.design(far_brief())
    stage.library.refresh()
    await stage.until(lambda: stage.library.state.complete and stage.library.state.voices)
    voice = stage.library.state.voices[0]
    stage.library.choose(voice.library_id)
    stage.speaking.show_for(voice.library_id)
    return voice


def streaming(stage: FarStage) -> StreamingSystem:
    assert isinstance(stage.qwen, StreamingSystem)
    return stage.qwen


# -- with this computer ------------------------------------------------------------------------------------------------


async def test_the_take_is_kept_and_given_to_be_played(stage: Kept) -> None:
    kept = await stage.chosen()
    stage.speaking.speak(kept.library_id, "Any text.")
    assert stage.speaking.state.speaking
    await stage.until(lambda state: len(state.clips) == 2)
    assert not stage.speaking.state.speaking
    assert [(one.kind, one.text, one.partial) for one in stage.state.clips] == [
        (ClipKind.PREVIEW, "Good evening.", False),
        (ClipKind.SPOKEN, "Any text.", False),
    ]
    assert stage.spoken == [(kept.name, stage.state.clips[1], False)]
    assert stage.live == []
    assert (await stage.store.shelf.find(str(kept.library_id))).last_used


async def test_stopping_stops_the_system_too(stage: Kept) -> None:
    kept = await stage.chosen()
    stage.system.gate.clear()
    stage.speaking.speak(kept.library_id, "Any text.")
    await stage.until(lambda _: stage.speaking.state.progress == 0.5)
    stage.speaking.stop()
    await stage.until(lambda _: stage.system.cancelled and not stage.speaking.state.speaking)
    assert len(await stage.store.clips.clips_of(kept.library_id)) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [("", Problem(Field.TEXT, Fault.MISSING)), ("x" * 201, Problem(Field.TEXT, Fault.TOO_LONG, 200, 201))],
)
async def test_a_text_that_cannot_be_spoken_is_told_by_field(stage: Kept, text: str, problem: Problem) -> None:
    kept = await stage.chosen()
    stage.speaking.speak(kept.library_id, text)
    await stage.until(lambda _: stage.speaking.state.error)
    assert stage.speaking.state.error
    assert stage.speaking.state.error.problems == (problem,)
    assert stage.system.spoken == []
    assert not stage.speaking.state.speaking


async def test_a_voice_of_an_unknown_system_cannot_be_spoken_with(stage: Kept) -> None:
    kept = await stage.keep(system="elsewhere")
    with pytest.raises(StudioError) as caught:
        await stage.saying.say(kept, "Any text.", nowhere)
    assert caught.value.reason is Reason.CANNOT_SPEAK


# -- with a system that streams ----------------------------------------------------------------------------------------


async def test_every_piece_is_heard_and_the_whole_is_kept_with_its_price(far: FarStage) -> None:
    heard, voice = Heard(far), await far_voice(far)
    far.speaking.speak(voice.library_id, LONG)
    await far.until(lambda: heard.spoken)
    (take, was_heard), *_ = heard.spoken
    assert was_heard
    assert heard.titles == [voice.name]
    assert len(heard.pieces) == 6
    assert take.seconds == pytest.approx(0.6, abs=0.001)
    assert far.speaking.state.seconds == pytest.approx(0.6)
    assert (far.speaking.state.part, far.speaking.state.parts) == (2, 2)
    assert not take.partial
    assert take.price_usd == pytest.approx(len(LONG.strip()) * 0.13 / 10_000, rel=0.01)
    await far.until(lambda: heard.over)
    assert await far.store.narrations.of(voice.library_id) == ()
    assert [one.spent for one in await far.store.ledger.spendings()] == [Spent.DESIGN, Spent.SPEECH, Spent.SPEECH]


async def test_a_break_leaves_a_partial_take_that_is_gone_on_with(far: FarStage) -> None:
    heard, voice = Heard(far), await far_voice(far)
    streaming(far).cut_in = 2
    far.speaking.speak(voice.library_id, LONG)
    await far.until(lambda: heard.spoken and far.speaking.state.unfinished)
    assert far.speaking.state.error
    assert far.speaking.state.error.reason is Reason.SPEECH_CUT
    (broken, _), *_ = heard.spoken
    assert broken.partial
    assert broken.seconds == pytest.approx(0.4, abs=0.001)
    (unfinished,) = far.speaking.state.unfinished
    assert unfinished.done == 1
    far.speaking.go_on(unfinished.narration_id)
    await far.until(lambda: len(heard.spoken) == 2)
    whole, _ = heard.spoken[1]
    assert (whole.partial, whole.seconds) == (False, pytest.approx(0.6, abs=0.001))
    assert len(streaming(far).spoken) == 3  # the first part is not paid for again
    assert streaming(far).spoken[1] == streaming(far).spoken[2]
    await far.until(lambda: not far.speaking.state.unfinished)
    takes = [one for one in await far.store.clips.clips_of(voice.library_id) if one.kind is ClipKind.SPOKEN]
    assert takes == [whole]


async def test_stopping_keeps_what_was_heard(far: FarStage) -> None:
    heard, voice = Heard(far), await far_voice(far)
    stopped: list[bool] = []
    far.speaking.on_stopped = lambda: stopped.append(True)
    streaming(far).flowing.clear()
    far.speaking.speak(voice.library_id, "A short text.")
    await far.until(lambda: heard.pieces)
    far.speaking.stop()
    await far.until(lambda: heard.spoken)
    assert stopped == [True]
    assert streaming(far).cancelled == 1
    assert heard.spoken[0][0].partial
    assert heard.spoken[0][0].seconds == pytest.approx(0.1, abs=0.001)
    assert far.speaking.state.error is None
    await far.until(lambda: far.speaking.state.unfinished)
    far.speaking.forget(far.speaking.state.unfinished[0].narration_id)
    await far.until(lambda: not far.speaking.state.unfinished)
    assert heard.spoken[0][0] in await far.store.clips.clips_of(voice.library_id)


async def test_what_was_heard_before_the_program_died_becomes_a_take(far: FarStage) -> None:
    heard, voice = Heard(far), await far_voice(far)
    narration = await far.store.narrations.begin(voice.library_id, "Unheard of.", ("Unheard of.",))
    await far.store.narrations.hear(narration.narration_id, bytes(4_800), 24_000)
    await far.store.narrations.let_go(narration.narration_id)
    far.speaking.show_for(voice.library_id)
    await far.until(lambda: heard.spoken)
    take, _ = heard.spoken[0]
    assert (take.partial, take.text, take.seconds) == (True, "Unheard of.", pytest.approx(0.1, abs=0.001))
    far.speaking.show_for(voice.library_id)
    await far.tasks.wait("speaking.show")
    assert len(heard.spoken) == 1


async def test_an_end_without_a_sound_is_an_error_that_names_voice_and_model(far: FarStage) -> None:
    heard, voice = Heard(far), await far_voice(far)
    streaming(far).pieces = 0
    far.speaking.speak(voice.library_id, "A short text.")
    await far.until(lambda: far.speaking.state.error)
    assert far.speaking.state.error
    assert far.speaking.state.error.reason is Reason.NO_SOUND_CAME
    assert voice.voice_id in far.speaking.state.error.detail
    assert voice.target_model in far.speaking.state.error.detail
    assert heard.spoken == []
    await far.until(lambda: not far.speaking.state.speaking)
    assert await far.store.narrations.of(voice.library_id) == ()


async def test_a_command_goes_on_with_the_same_words(far: FarStage) -> None:
    voice = await far_voice(far)
    streaming(far).cut_in = 2
    with pytest.raises(StudioError) as told:
        await far.saying.say(voice, LONG, nowhere)
    assert told.value.reason is Reason.SPEECH_CUT
    clip = await far.saying.say(voice, LONG, nowhere)
    assert clip.seconds == pytest.approx(0.6, abs=0.001)
    assert len(streaming(far).spoken) == 3


async def test_a_voice_of_another_account_is_not_spoken_with(far: FarStage) -> None:
    voice = await far_voice(far)
    await far.store.accounts.start_anew("model-studio-intl")
    far.speaking.speak(voice.library_id, "A short text.")
    await far.until(lambda: far.speaking.state.error)
    assert far.speaking.state.error
    assert far.speaking.state.error.reason is Reason.OTHER_ACCOUNT
    assert far.speaking.state.error.system == QWEN
    assert streaming(far).spoken == []


# -- what breaks, and what was there before ----------------------------------------------------------------------------


async def broken(stage: FarStage, text: str = LONG) -> tuple[Heard, Voice]:
    """A narration of two parts that broke off in the second, and its partial take."""
    heard, voice = Heard(stage), await far_voice(stage)
    streaming(stage).cut_in = 2
    stage.speaking.speak(voice.library_id, text)
    await stage.until(lambda: heard.spoken and stage.speaking.state.unfinished)
    return heard, voice


async def takes_of(stage: FarStage, voice: Voice) -> list[StoredClip]:
    return [one for one in await stage.store.clips.clips_of(voice.library_id) if one.kind is ClipKind.SPOKEN]


async def test_a_part_that_broke_off_is_paid_for_too(far: FarStage) -> None:
    _, voice = await broken(far)
    spent = [one for one in await far.store.ledger.spendings() if one.spent is Spent.SPEECH]
    assert len(spent) == 2
    (take,) = await takes_of(far, voice)
    assert take.price_usd == pytest.approx(sum(one.usd or 0.0 for one in spent))


async def test_going_on_that_fails_at_once_leaves_everything_as_it_was(far: FarStage) -> None:
    heard, voice = await broken(far)
    before = await takes_of(far, voice)
    (unfinished,) = far.speaking.state.unfinished
    streaming(far).fails_at_once = StudioError(Reason.UNREACHABLE, system=QWEN)
    far.speaking.go_on(unfinished.narration_id)
    await far.until(lambda: far.speaking.state.error and not far.speaking.state.speaking)
    assert await takes_of(far, voice) == before
    assert len(heard.spoken) == 1
    (left,) = await far.store.narrations.of(voice.library_id)
    assert (left.done, left.heard_s) == (1, pytest.approx(0.1))


async def test_a_stop_before_anything_was_asked_ends_the_speaking(far: FarStage) -> None:
    _, voice = await broken(far)
    (unfinished,) = far.speaking.state.unfinished
    for ask in (
        lambda: far.speaking.speak(voice.library_id, "Another text."),
        lambda: far.speaking.go_on(unfinished.narration_id),
    ):
        ask()
        await asyncio.sleep(0)
        far.speaking.stop()
        await far.until(lambda: not far.speaking.state.speaking)
    assert await far.store.narrations.of(voice.library_id) == (replace(unfinished, told=True),)
    assert len(streaming(far).spoken) == 2


async def test_a_stop_while_the_take_is_kept_keeps_it_once(far: FarStage) -> None:
    heard, voice = Heard(far), await far_voice(far)
    far.speaking.speak(voice.library_id, "A short text.")
    await far.until(lambda: len(heard.pieces) == 3)
    far.speaking.stop()
    await far.until(lambda: heard.spoken)
    (take,) = await takes_of(far, voice)
    if not take.partial:
        assert await far.store.narrations.of(voice.library_id) == ()


async def test_a_take_that_was_deleted_stays_deleted(far: FarStage) -> None:
    heard, voice = await broken(far)
    (take,) = await takes_of(far, voice)
    await far.store.clips.delete_clip(take.clip_id)
    late = Store(undo_s=0.0)
    await late.shelf.purge()
    await late.aclose()
    far.speaking.show_for(voice.library_id)
    await far.tasks.wait("speaking.show")
    assert await takes_of(far, voice) == []
    assert len(heard.spoken) == 1


async def test_takes_of_the_same_words_are_told_apart(far: FarStage) -> None:
    heard, voice = await broken(far)
    (first,) = far.speaking.state.unfinished
    streaming(far).cut_in = 4
    far.speaking.speak(voice.library_id, LONG)
    await far.until(lambda: len(heard.spoken) == 2 and len(far.speaking.state.unfinished) == 2)
    second = next(one for one in far.speaking.state.unfinished if one != first)
    far.speaking.forget(second.narration_id)
    await far.until(lambda: len(far.speaking.state.unfinished) == 1)
    far.speaking.go_on(first.narration_id)
    await far.until(lambda: len(heard.spoken) == 3)
    assert {one.partial for one in await takes_of(far, voice)} == {True, False}
    assert heard.spoken[1][0] in await takes_of(far, voice)


async def test_a_whole_take_of_a_program_that_died_is_not_made_again(far: FarStage) -> None:
    heard, voice = Heard(far), await far_voice(far)
    telling = await far.narrating.begin(voice, "A short text.")
    await far.narrating.run(telling, Listener())
    await far.narrating.keep(telling, partial=False)
    await far.store.narrations.let_go(telling.narration.narration_id)
    far.speaking.show_for(voice.library_id)
    await far.tasks.wait("speaking.show")
    assert far.speaking.state.unfinished == ()
    assert len(await takes_of(far, voice)) == 1
    assert heard.spoken == []
    assert await far.store.narrations.of(voice.library_id) == ()


async def test_speech_that_can_not_be_put_away_is_not_paid_for_twice(far: FarStage) -> None:
    voice = await far_voice(far)

    async def full(_: Clip) -> None:
        raise StudioError(Reason.DISK_FULL)

    with pytest.raises(StudioError):
        await far.saying.say(voice, LONG, full)
    heard: list[Pcm] = []
    clip = await far.saying.say(voice, LONG, nowhere, Listener(piece=heard.append))
    assert clip.seconds == pytest.approx(0.6, abs=0.001)
    assert sum(one.seconds for one in heard) == pytest.approx(0.6)
    assert len(streaming(far).spoken) == 2


async def test_a_command_that_comes_to_nothing_leaves_nothing(far: FarStage) -> None:
    voice = await far_voice(far)
    streaming(far).fails_at_once = StudioError(Reason.KEY_REFUSED, system=QWEN)
    with pytest.raises(StudioError):
        await far.saying.say(voice, "A short text.", nowhere)
    assert await far.store.narrations.of(voice.library_id) == ()
