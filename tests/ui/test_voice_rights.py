"""What was stated of the right to a cloned voice, and its record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.domain.samples import Right, Statement
from studio.ui.library.tab import LibraryTab
from studio.ui.library.voice_rights import rights_words
from studio.ui.window import LIBRARY, Window

from . import states
from .states_rights import STATED, cloned, earlier

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
