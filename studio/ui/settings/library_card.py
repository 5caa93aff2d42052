"""Where the library is, and moving it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from studio.flows.moving import MovingState
from studio.ui.buttons import Button
from studio.ui.labels import ElidedLabel, label
from studio.ui.note_line import Action, Note, NoteLine, Tone, note_of
from studio.ui.raised import Raised
from studio.ui.theme import GAP, TITLE_SCALE, WIDE_GAP, Role, scaled


class LibraryCard(Raised):
    move_asked = Signal(object)  # the folder
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library-card")
        self._state = MovingState()
        title = label(self.tr("Library folder"), self, name="library-folder-title")
        scaled(title, TITLE_SCALE, bold=True)
        said = self.tr(
            "Voices, clips, takes and rights records lie here. Moving copies and compares everything first; "
            "then Voice Studio starts anew."
        )
        self.folder = ElidedLabel("", self, name="library-folder")
        self.move_button = Button(self.tr("Move library…"), self, icon_name="export", name="move-library")
        self.move_button.setAutoDefault(False)
        self.note = NoteLine(self, stacked=True)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.folder, 1)
        row.addWidget(self.move_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE_GAP, WIDE_GAP, WIDE_GAP, WIDE_GAP)
        column.setSpacing(GAP)
        column.addWidget(title)
        column.addWidget(label(said, self, role=Role.TEXT_DIM, wrap=True))
        column.addLayout(row)
        column.addWidget(self.note)
        self.move_button.clicked.connect(self._ask_folder)
        self.note.action_asked.connect(lambda _: self.cancel_asked.emit())

    def render(self, state: MovingState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.folder.setText(str(state.folder))
        self.move_button.setEnabled(not state.work)
        asked_here = self._state.work == "move"
        self._state = state
        if state.work == "move":
            part = "" if state.progress is None else f" {round(state.progress * 100)} %"
            self.note.render_note(Note(Tone.ADVICE, self.tr("Moving the library…") + part, (Action.CANCEL,)))
        elif state.error and asked_here:
            self.note.render_note(note_of(state.error, retry=False, settings=False))
        elif state.moved:
            self.note.render_note(Note(Tone.DONE, self.tr("Moved. The old folder is still there, under another name.")))
        elif state.work or not state.error:
            self.note.render_note(None)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Move library"))
        dialog.setObjectName("move-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.move_asked.emit(Path(path)))
        dialog.open()
