"""What was spoken with a voice: one row for each take, newest first."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.voices import StoredClip
from studio.flows.audition import AuditionState
from studio.ui.buttons import Button, Kind, PlayButton
from studio.ui.formats import dollars, length
from studio.ui.labels import Badge, ElidedLabel, label
from studio.ui.library.dragging import DragHandle
from studio.ui.theme import GAP, GRID, Role

MOST_SHOWN = 50


class TakeRow(QWidget):
    play_asked = Signal(object)
    export_asked = Signal(object)
    drag_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, clip: StoredClip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clip = clip
        self.setObjectName("take")
        self.play = PlayButton(self, compact=True)
        self.partial = Badge(self.tr("Partial"), "partial", self, name="take-partial")
        self.partial.setToolTip(self.tr("Not all of the text is said"))
        self.partial.setVisible(clip.partial)
        self.words = ElidedLabel(clip.text, self, name="take-text")
        self.figures = label(take_figures(clip), self, role=Role.TEXT_DIM, name="take-figures")
        self.figures.setToolTip(f"{clip.created.astimezone():%Y-%m-%d %H:%M}")
        self.export = self._icon_button("export", self.tr("Export take"))
        self.drag = DragHandle(self)
        self.drag.render_clip(clip)
        self.remove = self._icon_button("delete", self.tr("Delete take"))
        self.play.clicked.connect(lambda: self.play_asked.emit(clip))
        self.export.clicked.connect(lambda: self.export_asked.emit(clip))
        self.drag.drag_asked.connect(self.drag_asked)
        self.remove.clicked.connect(lambda: self.delete_asked.emit(clip))
        self._build_layout()

    def buttons(self) -> tuple[Button, ...]:
        return self.play, self.export, self.remove

    def _build_layout(self) -> None:
        told = QHBoxLayout()
        told.setSpacing(GAP)
        told.addWidget(self.partial)
        told.addWidget(self.figures, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.words)
        words.addLayout(told)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.play)
        row.addSpacing(GRID)
        row.addLayout(words, 1)
        row.addWidget(self.export)
        row.addWidget(self.drag)
        row.addWidget(self.remove)

    def _icon_button(self, icon_name: str, words: str) -> Button:
        made = Button("", self, icon_name=icon_name, kind=Kind.QUIET, name=f"take-{icon_name}")
        made.setAccessibleName(words)
        made.setToolTip(words)
        return made


class Takes(QWidget):
    play_asked = Signal(object)
    export_asked = Signal(object)
    drag_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("takes")
        self.rows: dict[UUID, TakeRow] = {}
        self._order: tuple[UUID, ...] = ()
        self._title = label(self.tr("Spoken with this voice"), self, role=Role.TEXT_DIM)
        self._more = label("", self, role=Role.TEXT_DIM, name="takes-more")
        self._column = QVBoxLayout()
        self._column.setSpacing(GAP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._title)
        column.addLayout(self._column)
        column.addWidget(self._more)

    def render_clips(self, clips: tuple[StoredClip, ...]) -> None:
        self.setVisible(bool(clips))
        older = len(clips) - MOST_SHOWN
        self._more.setVisible(older > 0)
        self._more.setText(self.tr("and {count} older").format(count=older))
        shown = clips[:MOST_SHOWN]
        order = tuple(clip.clip_id for clip in shown)
        if order == self._order:
            return
        for clip_id in {*self._order} - {*order}:
            row = self.rows.pop(clip_id)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, clip in enumerate(shown):
            self._column.insertWidget(place, self.rows.get(clip.clip_id) or self._made(clip))
        self._order = order

    def render_draggable(self, draggable: tuple[UUID, Path] | None) -> None:
        for row in self.rows.values():
            row.drag.render_draggable(draggable)

    def in_order(self) -> tuple[QWidget, ...]:
        return tuple(button for one in self._order for button in self.rows[one].buttons())

    def render_audition(self, state: AuditionState) -> None:
        sounding = state.audible.clip.clip_id if state.playing and state.audible else None
        for clip_id, row in self.rows.items():
            row.play.render_playing(clip_id == sounding)

    def _made(self, clip: StoredClip) -> TakeRow:
        row = self.rows[clip.clip_id] = TakeRow(clip, self)
        row.play_asked.connect(self.play_asked)
        row.export_asked.connect(self.export_asked)
        row.drag_asked.connect(self.drag_asked)
        row.delete_asked.connect(self.delete_asked)
        return row


def take_figures(clip: StoredClip) -> str:
    """0:07 · $0.0004; no price where nothing was paid or nobody knows what."""
    return f"{length(clip.seconds)} · {dollars(clip.price_usd)}" if clip.price_usd else length(clip.seconds)
