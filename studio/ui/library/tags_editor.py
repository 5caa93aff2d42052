"""The tags of a voice: a chip for each, which a click takes off, and a line to add more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.buttons import Button
from studio.ui.flow_layout import FlowLayout
from studio.ui.formats import tip
from studio.ui.labels import label
from studio.ui.theme import GRID, LINE_HEIGHT, Role

WIDEST = 200
LINE_WIDTH = 120
MOST = 30
"""Chips; of more tags the rest is counted, and moves up as chips are taken off."""
MOST_TOLD = 2_000
"""Characters of the rest in its tooltip."""

Known = Callable[[], Iterable[str]]


class TagChip(Button):
    """Elided where the tag is long; its tooltip has the whole."""

    def __init__(self, tag: str, parent: QWidget) -> None:
        super().__init__(tag, parent, icon_name="discard", name="tag")
        self.setAccessibleName(self.tr("Remove tag {tag}").format(tag=tag))
        self.setToolTip(self.accessibleName())

    def sizeHint(self) -> QSize:
        return super().sizeHint().boundedTo(QSize(WIDEST, 100))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class TagLine(QLineEdit):
    """Completes what was used before; `known` is asked when the cursor comes."""

    def __init__(self, known: Known, parent: QWidget) -> None:
        super().__init__(parent)
        self._known = known
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.setMinimumHeight(LINE_HEIGHT)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._model.setStringList(list(self._known()))
        super().focusInEvent(event)


class TagsEditor(QWidget):
    """`added` and `removed` have one tag each. A comma or Enter ends a tag, and so does going elsewhere."""

    added = Signal(str)
    removed = Signal(str)

    def __init__(self, known: Known, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tags")
        self._tags: tuple[str, ...] = ()
        self.chips: dict[str, TagChip] = {}
        title = label(self.tr("Tags"), self, role=Role.TEXT_DIM)
        self.line = TagLine(known, self)
        self.line.setObjectName("add-tag")
        self.line.setAccessibleName(self.tr("Add tag"))
        self.line.setPlaceholderText(self.tr("Add tag"))
        self.line.setFixedWidth(LINE_WIDTH)
        title.setBuddy(self.line)
        self._flow = FlowLayout(spacing=GRID)
        self.more = label("", self, role=Role.TEXT_DIM, name="more-tags")
        self.more.hide()
        self._flow.addWidget(self.more)
        self._flow.addWidget(self.line)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addLayout(self._flow)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.line.editingFinished.connect(self._add)
        self.line.textEdited.connect(lambda text: self._add() if text.endswith((",", "，", "、")) else None)

    def render_tags(self, tags: tuple[str, ...]) -> None:
        if tags == self._tags:
            return
        self._tags = tags
        self.setUpdatesEnabled(False)
        self._column.setEnabled(False)  # each chip that is shown would lay out all of them, and the whole tab
        self._render_chips(tags[:MOST])
        self._render_more(tags[MOST:])
        self._column.setEnabled(True)
        self.setUpdatesEnabled(True)
        self.updateGeometry()

    def forget(self) -> None:
        """What was begun is not of the voice that is shown now."""
        self.line.clear()

    def in_order(self) -> tuple[QWidget, ...]:
        return *(self.chips[tag] for tag in self._tags[:MOST]), self.line

    def _render_chips(self, tags: tuple[str, ...]) -> None:
        for tag in [one for one in self.chips if one not in tags]:
            chip = self.chips.pop(tag)
            if chip.hasFocus():
                self.line.setFocus()
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for place, tag in enumerate(tags):
            if tag not in self.chips:
                chip = self.chips[tag] = TagChip(tag, self)
                chip.clicked.connect(partial(self.removed.emit, tag))
                self._flow.insert_widget(place, chip)
                chip.show()

    def _render_more(self, rest: tuple[str, ...]) -> None:
        self.more.setVisible(bool(rest))
        self.more.setText(self.tr("and {n} more").format(n=f"{len(rest):,}"))
        self.more.setToolTip(tip(", ".join(rest)[:MOST_TOLD]) if rest else "")

    def _add(self) -> None:
        tag = " ".join(self.line.text().strip(" ,，、").split())
        self.line.clear()
        if tag and tag.casefold() not in {one.casefold() for one in self._tags}:
            self.added.emit(tag)
