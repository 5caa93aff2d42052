"""What is said of deleting: what goes where, that it can be undone for ten seconds, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.domain.voices import Origin, Status, Voice
from studio.flows.deletion import DeletionState
from studio.ui.library.tab import LibraryTab
from studio.ui.window import LIBRARY, Window

from . import states
from .states_library import asked
from .states_rights import ANN, HERE_TOO, TAKE

VOICES = states.elsewhere()
QWEN, IN_REVIEW, _, EVOLINK, GONE, NOIZ, LOCAL = VOICES[:7]


@pytest.fixture
def tab(open_window: Callable[..., Window]) -> LibraryTab:
    tab = open_window(Memory(tab=LIBRARY)).library_tab
    assert tab is not None
    tab.render_systems(states.EVERY)
    tab.render(states.elsewhere_library())
    return tab


def said(tab: LibraryTab, state: DeletionState) -> str:
    tab.render_deletion(state)
    return tab.note.sentence.text()


def buttons(tab: LibraryTab) -> list[str]:
    return [button.accessibleName() or button.text() for button in tab.note.buttons.values()]


# -- before ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voices", "words"),
    [
        ((QWEN,), "“Announcer” will be deleted here and at Qwen."),
        ((LOCAL,), "“Draft” will go from this library."),
        ((GONE,), "“Grandfather Oskar” will go from this library."),
        (
            (NOIZ,),
            "“Guide” will be deleted here and at Noiz. The sample stays with Noiz, which only hides the voice.",
        ),
        (
            (EVOLINK,),
            "“Old sailor” will go from this library. "
            "EvoLink has no way to delete a voice: only the record in this library goes.",
        ),
        (
            (QWEN, replace(QWEN, voice_id="another"), NOIZ, LOCAL, EVOLINK),
            "5 voices will be deleted: 2 here and at Qwen, 1 here and at Noiz, 2 here alone. "
            "The sample stays with Noiz, which only hides the voice. "
            "EvoLink has no way to delete a voice: only the record in this library goes.",
        ),
    ],
)
def test_what_goes_where_is_said_before(tab: LibraryTab, voices: tuple[Voice, ...], words: str) -> None:
    assert said(tab, asked(*voices)) == words
    assert buttons(tab) == ["Delete", "Keep it"]


def test_the_person_answers(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render_deletion(asked(QWEN))
    with qtbot.waitSignal(tab.confirm_delete_asked) as confirmed:
        tab.note.buttons["delete"].click()
    assert confirmed.args == [False]
    with qtbot.waitSignal(tab.decline_delete_asked):
        tab.note.buttons["keep-it"].click()


# -- ten seconds ----------------------------------------------------------------------------------------


def test_undo_tells_its_seconds_and_keeps_its_name(tab: LibraryTab, qtbot: QtBot) -> None:
    assert said(tab, DeletionState(waiting=(QWEN,))) == (
        "Deleted “Announcer”. Qwen is told when the time to undo is over."
    )
    undo = tab.note.buttons["undo"]
    assert (undo.text(), undo.accessibleName()) == ("Undo · 10 s", "Undo")
    tab.countdown.tick()
    assert (undo.text(), undo.accessibleName()) == ("Undo · 9 s", "Undo")
    with qtbot.waitSignal(tab.undo_asked):
        undo.click()


def test_the_seconds_go_on_while_other_things_are_drawn(tab: LibraryTab) -> None:
    waiting = DeletionState(waiting=(QWEN,))
    tab.render_deletion(waiting)
    tab.countdown.tick()
    tab.render_deletion(replace(waiting, deleting=(NOIZ,)))
    tab.render(states.elsewhere_library(1))
    assert tab.note.buttons["undo"].text() == "Undo · 9 s"
    tab.render_deletion(DeletionState(waiting=(NOIZ, QWEN)))
    assert tab.note.buttons["undo"].text() == "Undo · 10 s"
    tab.render_deletion(DeletionState())
    assert not tab.countdown.timer.isActive()


def test_the_seconds_end_at_none(tab: LibraryTab) -> None:
    tab.render_deletion(DeletionState(waiting=(QWEN,)))
    for _ in range(12):
        tab.countdown.tick()
    assert tab.note.buttons["undo"].text() == "Undo · 0 s"
    assert not tab.countdown.timer.isActive()


def test_many_wait_for_their_systems(tab: LibraryTab) -> None:
    assert said(tab, DeletionState(waiting=(QWEN, IN_REVIEW, LOCAL))) == (
        "Deleted 3 voices. Qwen, CosyVoice are told when the time to undo is over."
    )
    assert said(tab, DeletionState(waiting=(LOCAL, replace(LOCAL, name="Two")))) == "Deleted 2 voices."


def test_a_take_can_be_brought_back(tab: LibraryTab, qtbot: QtBot) -> None:
    assert said(tab, DeletionState(clip=states.takes(1)[0])) == "Deleted “The next tour starts at three, by the m…”."
    assert tab.note.buttons["undo"].text() == "Undo"
    with qtbot.waitSignal(tab.undo_asked):
        tab.note.buttons["undo"].click()


# -- after ----------------------------------------------------------------------------------------------


def test_systems_are_told_then_it_is_done(tab: LibraryTab) -> None:
    assert said(tab, DeletionState(deleting=(NOIZ,))) == "Deleting “Guide” at Noiz…"
    assert said(tab, DeletionState(deleting=(NOIZ, QWEN))) == "Deleting 2 voices at their systems…"
    assert said(tab, DeletionState(deleted=(NOIZ,))) == (
        "Deleted “Guide”. The sample stays with Noiz, which only hides the voice."
    )
    assert buttons(tab) == []
    assert said(tab, DeletionState(deleted=(QWEN, IN_REVIEW))) == "Deleted 2 voices."
    tab.render_deletion(DeletionState())
    assert tab.note.isHidden()


def test_what_its_system_keeps_comes_back_with_the_reason(tab: LibraryTab, qtbot: QtBot) -> None:
    refused = StudioError(Reason.KEY_REFUSED, system="qwen", code="401")
    words = "Qwen doesn't know this key. Check it in Settings → Accounts."
    assert said(tab, DeletionState(kept_there=((QWEN, refused),))) == f"“Announcer” stays. {words}"
    assert buttons(tab) == ["Open settings", "Details"]
    with qtbot.waitSignal(tab.settings_asked) as asked_for:
        tab.note.buttons["settings"].click()
    assert asked_for.args == ["model-studio-intl"]
    both = ((QWEN, refused), (replace(QWEN, name="Two"), refused))
    assert said(tab, DeletionState(deleted=(NOIZ,), kept_there=both)) == (
        "Deleted “Guide”. 2 voices stay, since their systems didn't delete them: “Announcer”, “Two”. " + words
    )


def test_an_error_is_told_before_what_is_asked(tab: LibraryTab) -> None:
    full = "The disk is full. Make some room, then try again; nothing was lost."
    error = StudioError(Reason.DISK_FULL)
    assert said(tab, asked(QWEN, error=error)) == f"{full} “Announcer” will be deleted here and at Qwen."
    assert list(tab.note.buttons) == ["delete", "keep-it", "details"]
    assert said(tab, DeletionState(error=error)) == full


# -- the sample that may go too -------------------------------------------------------------------------


def test_deleting_a_clone_offers_its_sample(tab: LibraryTab, qtbot: QtBot) -> None:
    assert said(tab, asked(ANN, samples=(TAKE,))) == (
        "“Ann” will be deleted here and at Qwen. "
        "The sample it was made of, “Take 1”, stays in the Clone tab, unless you delete it too."
    )
    assert buttons(tab) == ["Delete", "Delete the sample too", "Keep it"]
    for name, sample_too in (("delete", False), ("delete-sample", True)):
        with qtbot.waitSignal(tab.confirm_delete_asked) as confirmed:
            tab.note.buttons[name].click()
        assert confirmed.args == [sample_too]


def test_of_several_takes_all_would_go(tab: LibraryTab) -> None:
    assert said(tab, asked(ANN, samples=(TAKE, TAKE))).endswith(
        "2 takes it was made of stay in the Clone tab, unless you delete them too."
    )


def test_other_voices_of_the_sample_are_named(tab: LibraryTab) -> None:
    alike = (states.remote(4, "Ann two", origin=Origin.CLONED, system="noiz"), HERE_TOO)
    named = "Made of the same sample: “Ann two” (Noiz), “Ann, matched” (This computer)."
    assert said(tab, asked(ANN, samples=(TAKE,), made_alike=alike)).endswith(f"unless you delete it too. {named}")
    done = DeletionState(deleted=(ANN,), samples_deleted=(TAKE,), made_alike=alike)
    assert said(tab, done) == f"Deleted “Ann” and its sample on this computer. {named}"
    assert said(tab, replace(done, made_alike=alike * 3)).endswith(", 2 more.")


def test_a_match_of_this_computer_can_be_undone_or_followed_by_its_sample(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render_deletion(DeletionState(waiting=(HERE_TOO,), samples=(TAKE,)))
    assert buttons(tab) == ["Undo", "Delete the sample too"]
    with qtbot.waitSignal(tab.delete_sample_asked):
        tab.note.buttons["delete-sample"].click()
    assert said(tab, DeletionState(waiting=(HERE_TOO,), samples_deleted=(TAKE,))) == (
        "Deleted “Ann, matched” and its sample on this computer."
    )
    assert buttons(tab) == ["Undo"]


def test_three_answers_leave_the_question_its_room(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.window().resize(900, 600)
    tab.render_deletion(asked(ANN, samples=(TAKE,)))
    qtbot.waitUntil(lambda: tab.note.buttons["delete"].y() > tab.note.sentence.geometry().bottom())
    QApplication.processEvents()
    assert tab.note.sentence.width() > tab.note.width() / 2
    tab.render_deletion(asked(ANN))
    qtbot.waitUntil(lambda: tab.note.buttons["delete"].x() > tab.note.sentence.geometry().right())


def test_a_voice_that_is_gone_there_is_not_told_of_there(tab: LibraryTab) -> None:
    voices = (replace(QWEN, status=Status.GONE), replace(NOIZ, status=Status.GONE), QWEN)
    assert said(tab, asked(*voices)).startswith("3 voices will be deleted: 1 here and at Qwen, 2 here alone.")
