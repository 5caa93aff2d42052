"""A sound file in place of the microphone: chosen in a dialog, read with progress, given up at any time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget

from studio.flows.takes import TakesState
from studio.ui.buttons import Button
from studio.ui.labels import ElidedLabel
from studio.ui.theme import GAP, GRID

SUFFIXES = ("wav", "mp3", "m4a", "aac", "flac", "ogg", "opus", "aiff", "mp4", "mov", "mkv", "webm")
"""Offered first in the dialog; what a file is, its content tells."""


class ImportButton(Button):
    """`chosen` has the path."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, icon_name="import", name="import-file", gives_way=True)
        self.setText(self.tr("Import file"))
        self.setToolTip(self.tr("WAV, MP3, M4A, FLAC, Ogg or Opus, or the sound of a video"))
        self.clicked.connect(self._open_dialog)

    def _open_dialog(self) -> None:
        """Without waiting for it. A method is told what was chosen, not a lambda, which would keep this button alive
        until the dialog dies: Qt crashes where that in turn ends the button, and with it the dialog once more."""
        dialog = QFileDialog(self, self.tr("Import a sound file"))
        dialog.setObjectName("import-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        sounds = " ".join(f"*.{suffix}" for suffix in SUFFIXES)
        dialog.setNameFilters([self.tr("Sound files ({sounds})").format(sounds=sounds), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_file(self, path: str) -> None:
        self.chosen.emit(Path(path))


class ImportProgress(QWidget):
    """Shown only while a file is read."""

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import-progress")
        self.words = ElidedLabel("", self, name="import-words")
        self.bar = QProgressBar(self)
        self.bar.setObjectName("import-bar")
        self.bar.setAccessibleName(self.tr("Import"))
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(GRID)
        self.cancel = Button(self.tr("Cancel"), self, icon_name="stop", name="import-cancel")
        self.cancel.clicked.connect(self.cancel_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(GAP)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.hide()

    def render_import(self, state: TakesState) -> None:
        self.setVisible(bool(state.importing))
        if state.importing:
            self.words.setText(self.tr("Reading {name}…").format(name=state.importing))
        self.bar.setRange(0, 0 if state.progress is None else 1000)
        if state.progress is not None:
            self.bar.setValue(round(state.progress * 1000))
