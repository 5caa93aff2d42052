"""A library file that is damaged, and the copies of it that can be put in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.flows.moving import MovingState
from studio.ports import Backup
from studio.ui.buttons import Button, Kind
from studio.ui.combo import Combo
from studio.ui.labels import IconLabel, label
from studio.ui.library.deletion_notes import joined
from studio.ui.library.moving_notes import backup_words
from studio.ui.messages import sentence
from studio.ui.raised import Raised
from studio.ui.theme import GAP, Role


class DamagedLibrary(Raised):
    """Hidden while the library is whole. `put_back_asked` has the Backup that the person chose, the newest at first."""

    put_back_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("damaged-library")
        self._backups: tuple[Backup, ...] = ()
        self.sentence = label("", self, wrap=True, name="damaged-sentence")
        self.choice = Combo(self.tr("Backup"), "backups", self, role=Role.TEXT_DIM)
        self.put_back = Button(self.tr("Put it back"), self, icon_name="undo", kind=Kind.PRIMARY, name="put-back")
        self.put_back.clicked.connect(lambda: self.put_back_asked.emit(self._backups[self.choice.currentData()]))
        self._build_layout()
        self.hide()

    def render_moving(self, state: MovingState) -> None:
        self.setVisible(state.damaged)
        if not state.damaged:
            return
        if state.backups != self._backups:
            self._backups = state.backups
            self.choice.render_items([(backup_words(one), place) for place, one in enumerate(state.backups)], 0)
        self.sentence.setText(joined(self._damage(state), self._way_out(state.backups)))
        some = bool(state.backups)
        for widget in (self.choice.title, self.choice, self.put_back):
            widget.setVisible(some)
        self.put_back.setEnabled(not state.work)

    def in_order(self) -> tuple[QWidget, ...]:
        return self.choice, self.put_back

    def _damage(self, state: MovingState) -> str:
        if state.error:
            return sentence(state.error)
        return self.tr("The library file is damaged. Nothing was changed; its clips and takes are still there.")

    def _way_out(self, backups: tuple[Backup, ...]) -> str:
        if not backups:
            return self.tr("There is no backup of it here.")
        return self.tr("A backup can be put in its place; the damaged file is put aside, not deleted.")

    def _build_layout(self) -> None:
        words = QHBoxLayout()
        words.setSpacing(GAP)
        words.addWidget(IconLabel("error", Role.BAD, self), 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.sentence, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.choice.title)
        row.addWidget(self.choice, 1)
        row.addWidget(self.put_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(GAP)
        column.addLayout(words)
        column.addLayout(row)
