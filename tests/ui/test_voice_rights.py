"""What was stated of the right to a cloned voice, its record, and the sample that may go with the voice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.domain.samples import Right, Statement
from studio.domain.voices import Origin
from studio.ui.library.tab import LibraryTab
from studio.ui.library.voice_rights import rights_words
from studio.ui.window import LIBRARY, Window

from . import states
from .states_rights import ANN, HERE_TOO, STATED, TAKE, asked, cloned, earlier

STATED_WORDS = "You stated on 2026-11-20 that you have the right to clone this voice."


@pytest.fixture
def tab(open_window: Callable[..., Window]) -> LibraryTab:
    tab = open_window(Memory(tab=LIBRARY)).library_tab
    assert tab is not None
    tab.render_systems(states.EVERY)
    return tab


@pytest.mark.parametrize(
    ("statements", "more"),
    [
        ((replace(STATED, right=Right()),), ""),
        ((replace(STATED, right=Right(own=True)),), " Your own voice."),
        ((replace(STATED, right=Right("Ann Lee")),), " Voice of Ann Lee."),
        ((replace(STATED, right=Right(since="2026-11-01")),), " Written permission from 2026-11-01."),
        ((STATED,), " Voice of Ann Lee, written permission from 2026-11-01. Spoken consent attached."),
        ((replace(STATED, right=Right()), *earlier(1)), " The record has an earlier statement too."),
        ((replace(STATED, right=Right()), *earlier(3)), " The record has 3 earlier statements too."),
    ],
)
def test_the_statement_in_words(statements: tuple[Statement, ...], more: str) -> None:
    assert rights_words(statements) == STATED_WORDS + more
    assert rights_words(()) == ""


def test_the_details_show_it_as_it_was_typed_and_only_where_it_was_said(tab: LibraryTab) -> None:
    tab.render(cloned(statements=(replace(STATED, right=Right("<b>Ann</b> & Bo")),)))
    rights = tab.details.rights
    assert rights.text() == f"{STATED_WORDS} Voice of <b>Ann</b> & Bo."
    assert not rights.isHidden()
    assert rights.export.text() == "Export rights record…"
    assert rights.export in tab.details.in_order()
    tab.render(cloned(statements=()))
    assert rights.isHidden()


def test_the_record_is_exported_to_a_place_that_is_asked_for(tab: LibraryTab, qtbot: QtBot, tmp_path: Path) -> None:
    tab.render(cloned())
    tab.details.rights.export.click()
    dialog = tab.findChild(QFileDialog, "export-dialog")
    assert isinstance(dialog, QFileDialog)
    assert (dialog.windowTitle(), dialog.defaultSuffix()) == ("Export rights record", "zip")
    with qtbot.waitSignal(tab.export_rights_asked) as asked_for:
        dialog.fileSelected.emit(str(tmp_path / "Ann rights.zip"))
    assert asked_for.args == [tmp_path / "Ann rights.zip"]
    dialog.reject()


# -- the sample that may go too --------------------------------------------------------------------------------------


def buttons(tab: LibraryTab) -> list[str]:
    return [button.text() for button in tab.note.buttons.values()]


def test_deleting_a_clone_elsewhere_offers_its_sample(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(asked())
    assert tab.note.sentence.text() == (
        "“Ann” will be deleted at Qwen too, for good. "
        "The sample it was made of, “Take 1”, stays in the Clone tab, unless you delete it too."
    )
    assert buttons(tab) == ["Delete", "Delete the sample too", "Keep it"]
    for name, sample_too in (("delete", False), ("delete-sample", True)):
        with qtbot.waitSignal(tab.confirm_delete_asked) as confirmed:
            tab.note.buttons[name].click()
        assert confirmed.args == [sample_too]


def test_of_several_takes_all_would_go(tab: LibraryTab) -> None:
    tab.render(replace(asked(), samples=(TAKE, TAKE)))
    assert tab.note.sentence.text().endswith(
        "2 takes it was made of stay in the Clone tab, unless you delete them too."
    )


def test_without_a_take_here_nothing_more_is_offered(tab: LibraryTab) -> None:
    tab.render(replace(asked(), samples=()))
    assert buttons(tab) == ["Delete", "Keep it"]


def test_what_went_and_what_stays_there_is_said(tab: LibraryTab) -> None:
    noiz = states.elsewhere()[5]
    tab.render(cloned(chosen=None, deleted_there=noiz, samples_deleted=(TAKE,)))
    assert tab.note.sentence.text() == (
        "Deleted “Guide” and its sample on this computer. The sample stays with Noiz, which only hides the voice."
    )
    tab.render(cloned(chosen=None, deleted_there=ANN))
    assert tab.note.sentence.text() == "Deleted “Ann”."


def test_other_voices_of_the_sample_are_named(tab: LibraryTab) -> None:
    alike = (states.remote(4, "Ann two", origin=Origin.CLONED, system="noiz"), HERE_TOO)
    named = "Made of the same sample: “Ann two” (Noiz), “Ann, matched” (This computer)."
    tab.render(replace(asked(), made_alike=alike))
    assert tab.note.sentence.text().endswith(f"unless you delete it too. {named}")
    tab.render(cloned(chosen=None, deleted_there=ANN, samples_deleted=(TAKE,), made_alike=alike))
    assert tab.note.sentence.text() == f"Deleted “Ann” and its sample on this computer. {named}"
    tab.render(cloned(chosen=None, deleted=HERE_TOO, samples_deleted=(TAKE,), made_alike=alike * 3))
    assert tab.note.sentence.text().endswith(", 2 more.")


def test_a_match_of_this_computer_can_be_undone_or_followed_by_its_sample(tab: LibraryTab, qtbot: QtBot) -> None:
    gone = cloned(chosen=None, deleted=HERE_TOO, samples=(TAKE,))
    tab.render(gone)
    assert buttons(tab) == ["Undo", "Delete the sample too"]
    with qtbot.waitSignal(tab.delete_sample_asked):
        tab.note.buttons["delete-sample"].click()
    tab.render(replace(gone, samples=(), samples_deleted=(TAKE,)))
    assert tab.note.sentence.text() == "Deleted “Ann, matched” and its sample on this computer."
    assert buttons(tab) == ["Undo"]


def test_an_error_keeps_the_offer(tab: LibraryTab) -> None:
    tab.render(cloned(chosen=None, deleted=HERE_TOO, samples=(TAKE,), error=StudioError(Reason.DISK_FULL)))
    assert buttons(tab)[:2] == ["Undo", "Delete the sample too"]


def test_three_answers_leave_the_question_its_room(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.window().resize(900, 600)
    tab.render(asked())
    qtbot.waitUntil(lambda: tab.note.buttons["delete"].y() > tab.note.sentence.geometry().bottom())
    QApplication.processEvents()
    assert tab.note.sentence.width() > tab.note.width() / 2
    tab.render(replace(asked(), samples=()))
    qtbot.waitUntil(lambda: tab.note.buttons["delete"].x() > tab.note.sentence.geometry().right())
