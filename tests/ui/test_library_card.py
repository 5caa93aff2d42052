"""Where the library is, in the settings, and moving it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.flows.moving import MovingState
from studio.ui.messages import sentence
from studio.ui.settings.dialog import SettingsDialog
from studio.ui.settings.library_card import LibraryCard

from .drawing import drawn

HERE = MovingState(folder=Path("home") / "voices")
MOVING = replace(HERE, work="move", progress=0.4)
FULL = replace(HERE, error=StudioError(Reason.DISK_FULL))
MOVED = MovingState(folder=Path("disk") / "voices", moved=Path("disk") / "voices")


@pytest.fixture
def card(qtbot: QtBot) -> LibraryCard:
    card = LibraryCard()
    qtbot.addWidget(card)
    card.show()
    card.render(HERE)
    return card


def test_it_says_where_the_library_is(card: LibraryCard) -> None:
    assert card.folder.text() == str(HERE.folder)
    assert card.move_button.isEnabled()
    assert card.note.isHidden()


def test_a_folder_is_asked_for(card: LibraryCard, qtbot: QtBot) -> None:
    card.move_button.click()
    dialog = card.findChild(QFileDialog, "move-dialog")
    assert dialog is not None
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    with qtbot.waitSignal(card.move_asked) as asked:
        dialog.fileSelected.emit("disk")
    assert asked.args == [Path("disk")]
    dialog.close()


def test_a_move_can_be_cancelled_and_tells_its_progress(card: LibraryCard, qtbot: QtBot) -> None:
    card.render(replace(MOVING, progress=None))
    assert card.note.sentence.text() == "Moving the library…"
    card.render(MOVING)
    assert card.note.sentence.text() == "Moving the library… 40 %"
    assert not card.move_button.isEnabled()
    with qtbot.waitSignal(card.cancel_asked):
        card.note.buttons["cancel"].click()
    card.render(HERE)
    assert card.note.isHidden()
    assert card.move_button.isEnabled()


def test_what_came_of_a_move_is_said(card: LibraryCard) -> None:
    card.render(MOVING)
    card.render(MOVED)
    assert card.folder.text() == str(MOVED.folder)
    assert card.note.sentence.text() == "Moved. The old folder is still there, under another name."


def test_a_move_that_failed_says_why_until_the_next(card: LibraryCard) -> None:
    card.render(MOVING)
    card.render(FULL)
    assert card.note.sentence.text() == sentence(StudioError(Reason.DISK_FULL))
    assert "settings" not in card.note.buttons
    card.render(replace(FULL))
    assert card.note.isVisible()
    card.render(MOVING)
    card.render(HERE)
    assert card.note.isHidden()


@pytest.mark.parametrize("work", ["export", "import", "put-back"])
def test_other_work_on_the_library_only_waits_here(card: LibraryCard, work: str) -> None:
    card.render(replace(HERE, work=work, progress=0.5))
    assert not card.move_button.isEnabled()
    assert card.note.isHidden()
    card.render(FULL)  # it is told where it was asked for
    assert card.note.isHidden()


# -- pictures -------------------------------------------------------------------------------------------

LONG = Path("home") / "a person with a long name" / "Documents" / "Recordings and voices of the museum" / "studio"
PICTURES = {
    "moving": (replace(MOVING, folder=LONG),),
    "moved": (MOVING, MOVED),
    "failed": (MOVING, replace(FULL, folder=LONG)),
}


def draw(name: str, dialog: SettingsDialog, qapp: QApplication, tmp_path: Path, picture: str) -> None:
    dialog.show()
    for state in PICTURES[name]:
        dialog.render_moving(state)
    for _ in range(3):
        qapp.processEvents()
    bar = dialog.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    drawn(dialog, picture, qapp, tmp_path)


@pytest.mark.parametrize("name", PICTURES)
def test_it_is_drawn_in_the_settings(name: str, light: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    draw(name, dialog, qapp, tmp_path, f"library-card-{name}")


@pytest.mark.parametrize("name", PICTURES)
def test_it_has_room_for_german(
    name: str, light: None, german: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    dialog.resize(dialog.minimumWidth(), 560)
    draw(name, dialog, qapp, tmp_path, f"library-card-{name}-german")
    assert dialog.library.minimumSizeHint().width() <= dialog.area.viewport().width()
