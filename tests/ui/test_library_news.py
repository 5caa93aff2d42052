"""The status line tells what happened last in the Library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from studio.domain.errors import Reason, StudioError
from studio.flows.deletion import DeletionState
from studio.flows.library_state import LibraryState
from studio.flows.moving import MovingState
from studio.flows.speaking import SpeakingState
from studio.flows.usage import UsageState
from studio.ui.library.news import deletion_news, library_news, moving_news, speaking_news, usage_news
from studio.ui.messages import sentence
from studio.ui.window import Window

from . import states, states_library

State = TypeVar("State")

OFFLINE = states_library.OFFLINE
MIRA, OSKAR = states.remote(2, "Mira"), states.voice(5, "Grandfather Oskar")
TAKE = states.takes()[1]


def heard(news: Callable[[State, State], str], *after: State) -> list[str]:
    """What is said of these states, one after the other."""
    told = (news(before, state) for before, state in pairwise(after))
    return [words for words in told if words]


def test_it_tells_of_the_systems_answers() -> None:
    state = states.elsewhere_library()
    asking = replace(state, refreshing=True)
    asks = "Asking the systems for their voices…"
    said = heard(
        library_news,
        *(state, asking, replace(asking, refreshed=states.REFRESHED[:1])),
        *(replace(state, refreshed=states.REFRESHED[:1]), asking, replace(state, refresh_stopped=True)),
        *(asking, replace(state, refresh_stopped=True, refreshed=states.REFRESHED[:1])),
        *(asking, replace(asking, nobody_to_ask=True), replace(state, nobody_to_ask=True)),
    )
    assert said == [
        *(asks, "Qwen: 3 voices", "Qwen: 3 voices", asks, "Stopped."),
        *(asks, "Stopped. Qwen: 3 voices"),
        *(asks, "No account has a key yet, so no system was asked"),
    ]


def test_it_tells_of_exports_and_trouble() -> None:
    state, file = LibraryState(loaded=True), Path("folder") / "river.mp3"
    exported = replace(state, exported=file)
    full = StudioError(Reason.DISK_FULL)
    said = heard(library_news, state, exported, replace(exported, code="curl"), replace(exported, error=full))
    assert said == ["Exported river.mp3", sentence(full)]


# -- deletions ------------------------------------------------------------------------------------------


def test_it_tells_of_a_deletion_from_the_question_to_the_end() -> None:
    asked, waiting = DeletionState(asked=(MIRA,)), DeletionState(waiting=(MIRA,))
    said = heard(
        deletion_news,
        *(DeletionState(), asked, DeletionState(), asked, waiting),
        *(DeletionState(deleting=(MIRA,)), DeletionState(deleting=(MIRA,), deleted=(MIRA,))),
        DeletionState(deleted=(MIRA,)),
    )
    asks = "Delete “Mira” for good, or keep?"
    assert said == [
        *(asks, "Nothing was deleted", asks, "Deleted “Mira”. Undo brings back."),
        "Deleted “Mira”, at Qwen too",
    ]


def test_it_tells_of_many() -> None:
    many = (MIRA, OSKAR, states.remote(3, "Ann"))
    said = heard(
        deletion_news,
        *(DeletionState(), DeletionState(asked=many), DeletionState(waiting=many), DeletionState()),
        *(DeletionState(deleting=many[:1], deleted=many[1:]), DeletionState(deleted=many)),
    )
    assert said == [
        *("Delete 3 voices for good, or keep?", "Deleted 3 voices. Undo brings back.", "Brought back 3 voices"),
        "Deleted 3 voices, at Qwen too",
    ]


def test_it_tells_of_a_voice_that_its_system_keeps() -> None:
    kept = DeletionState(kept_there=((MIRA, OFFLINE),))
    said = heard(deletion_news, DeletionState(deleting=(MIRA,)), replace(kept, deleting=(MIRA,)), kept)
    assert said == [f"“Mira” was not deleted: {sentence(OFFLINE)}"]


def test_what_is_deleted_after_another_was_not_brought_back() -> None:
    """A voice of this computer is not asked about: between the two states nothing came back."""
    first, second = DeletionState(waiting=(MIRA,)), DeletionState(waiting=(OSKAR,))
    assert heard(deletion_news, first, replace(first), second) == ["Deleted “Grandfather Oskar”. Undo brings back."]
    asked = replace(first, asked=(OSKAR,))
    assert heard(deletion_news, first, asked, first) == ["Delete “Grandfather Oskar” for good, or keep?"]


def test_it_tells_of_takes_that_are_deleted() -> None:
    said = heard(deletion_news, DeletionState(), DeletionState(clip=TAKE), DeletionState())
    assert said == ["Deleted “欢迎来到河流博物馆。”", "Brought back “欢迎来到河流博物馆。”"]


# -- speech ---------------------------------------------------------------------------------------------


def test_it_tells_of_speech_part_by_part() -> None:
    mira = SpeakingState(voice=MIRA)
    first = replace(mira, speaking=True, part=1, parts=1)
    second = replace(first, part=1, parts=2)
    said = heard(
        speaking_news,
        *(mira, first, replace(first, seconds=1.0), replace(mira, spoken=TAKE)),
        *(mira, replace(first, part=0), second, replace(second, part=2), mira),
    )
    assert said == [
        *("Speaking with “Mira”…", "Spoke “欢迎来到河流博物馆。”", "Speaking with “Mira”…"),
        *("Speaking part 1 of 2…", "Speaking part 2 of 2…", "Cancelled"),
    ]


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (SpeakingState(spoken=replace(TAKE, partial=True)), "Stopped. What was heard is kept: “欢迎来到河流博物馆。”"),
        (
            SpeakingState(spoken=replace(TAKE, partial=True), error=states_library.CUT),
            f"Not spoken to the end: {sentence(states_library.CUT)}",
        ),
        (SpeakingState(error=OFFLINE), f"Not spoken: {sentence(OFFLINE)}"),
    ],
)
def test_it_tells_how_speech_ended(end: SpeakingState, words: str) -> None:
    assert heard(speaking_news, states_library.speaking(), end) == [words]


# -- accounts, and voices in and out --------------------------------------------------------------------


def test_it_tells_of_voices_that_were_kept_alive() -> None:
    keeping = UsageState(keeping=(MIRA.library_id,))
    kept = UsageState(kept=(MIRA.library_id,))
    said = heard(usage_news, UsageState(), keeping, kept, replace(kept, error=OFFLINE))
    assert said == ["Kept alive for another year", sentence(OFFLINE)]


@pytest.mark.parametrize(
    ("work", "end", "words"),
    [
        ("export", MovingState(written=Path("a") / "voices.zip", exported=1), "Exported 1 voice to voices.zip"),
        ("export", MovingState(written=Path("voices.zip"), exported=1_200), "Exported 1,200 voices to voices.zip"),
        ("import", states_library.taken(2, 3), "2 voices came in, 3 were here already"),
        ("move", MovingState(moved=Path("elsewhere")), "The library is in elsewhere now"),
        ("put-back", MovingState(restored=states_library.backups(1)[0]), "The backup is the library now"),
        ("move", MovingState(error=OFFLINE), sentence(OFFLINE)),
    ],
)
def test_it_tells_of_voices_in_and_out(work: str, end: MovingState, words: str) -> None:
    begun, *said = heard(moving_news, MovingState(), MovingState(work=work), MovingState(work=work, progress=0.5), end)
    assert begun.endswith("…")
    assert said == [words]


# -- in the window --------------------------------------------------------------------------------------


def test_the_status_line_hears_every_flow(open_window: Callable[..., Window]) -> None:
    window = open_window()
    said: list[str] = []
    hear = window.announcer
    hear.said.connect(said.append)
    window.render_library(LibraryState(refreshing=True))
    hear.hear_deletion(DeletionState(waiting=(MIRA,)))
    hear.hear_speaking(states_library.speaking(part=0))
    hear.hear_usage(UsageState(kept=(MIRA.library_id,)))
    hear.hear_moving(MovingState(work="import"))
    assert said == [
        *("Asking the systems for their voices…", "Deleted “Mira”. Undo brings back.", "Speaking with “Announcer”…"),
        *("Kept alive for another year", "Importing voices…"),
    ]
    assert window.strip.status.text() == "Importing voices…"
