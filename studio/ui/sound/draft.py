"""The recipe while a person is changing it: seen at once, asked for when the hand lets go or rests."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from studio.domain.takes import Edit
from studio.ui.sound.grips import Grip, moved, place_of

REST_MS = 300


class EditDraft(QObject):
    """`drafted` comes with every change, `settled` with the last of them, if it is another recipe than the kept one."""

    drafted = Signal()
    settled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = Edit()
        self._edit = Edit()
        self.seconds = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self.settle)

    @property
    def edit(self) -> Edit:
        return self._edit

    @property
    def pending(self) -> bool:
        return self._edit != self._kept

    def render_edit(self, edit: Edit, seconds: float) -> None:
        """What is kept now. The same as before leaves alone what is being changed."""
        if (edit, seconds) != (self._kept, self.seconds):
            self._timer.stop()
            self._kept = self._edit = edit
            self.seconds = seconds
            self.drafted.emit()

    def put(self, edit: Edit) -> None:
        """A step of a drag: nothing is asked for before `settle`."""
        self._timer.stop()
        if edit != self._edit:
            self._edit = edit
            self.drafted.emit()

    def change(self, edit: Edit) -> None:
        """A key, a field: asked for when no other comes for a while."""
        self.put(edit)
        if self.pending:
            self._timer.start()

    def move(self, grip: Grip, to_s: float) -> None:
        self.put(moved(self._edit, grip, to_s, self.seconds))

    def nudge(self, grip: Grip, by_s: float) -> None:
        self.change(moved(self._edit, grip, place_of(self._edit, grip, self.seconds) + by_s, self.seconds))

    def settle(self) -> None:
        self._timer.stop()
        if self.pending:
            self._kept = self._edit  # the flow's answer is this very recipe
            self.settled.emit(self._edit)
