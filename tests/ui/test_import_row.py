"""A file in place of the microphone: chosen, read with progress, given up."""

from __future__ import annotations

import weakref
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from studio.ui.booth.import_row import ImportButton, ImportProgress

from . import states_booth as states


def test_a_file_is_chosen_in_a_dialog(qtbot: QtBot) -> None:
    button = ImportButton()
    qtbot.addWidget(button)
    button.show()
    button.click()
    dialog = button.findChild(QFileDialog, "import-dialog")
    assert dialog is not None
    assert "*.m4a" in dialog.nameFilters()[0]
    with qtbot.waitSignal(button.chosen) as chosen:
        dialog.fileSelected.emit("folder/interview.mp3")
    assert chosen.args == [Path("folder/interview.mp3")]
    dialog.close()
    qtbot.waitUntil(lambda: button.findChild(QFileDialog, "import-dialog") is None)


def test_its_dialog_keeps_no_button_alive(qtbot: QtBot) -> None:
    """Else the button ended with the dialog, in the middle of the dialog's own end."""
    button = ImportButton()
    button.show()
    button.click()
    dialog, alive = button.findChild(QFileDialog, "import-dialog"), weakref.ref(button)
    assert dialog is not None
    dialog.close()
    del dialog, button
    assert alive() is None
    QApplication.processEvents()


def test_progress_is_shown_as_far_as_it_is_known(qtbot: QtBot) -> None:
    importing = ImportProgress()
    qtbot.addWidget(importing)
    importing.render_import(states.takes(importing="interview.mp3", progress=0.25))
    assert (importing.words.text(), importing.bar.value()) == ("Reading interview.mp3…", 250)
    importing.render_import(states.takes(importing="interview.mp3"))
    assert (importing.bar.minimum(), importing.bar.maximum()) == (0, 0)
    importing.render_import(states.takes())
    assert importing.isHidden()


def test_it_can_be_given_up(qtbot: QtBot) -> None:
    importing = ImportProgress()
    qtbot.addWidget(importing)
    with qtbot.waitSignal(importing.cancel_asked):
        importing.cancel.click()
