"""What the person says of a voice: favourite, stars, tags, collection."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.voices import Voice
from studio.ports import Labels
from studio.ui.buttons import Button
from studio.ui.combo import ComboField
from studio.ui.labels import label
from studio.ui.library.facets import Facets
from studio.ui.library.rating import Rating
from studio.ui.library.tags_editor import TagsEditor
from studio.ui.theme import GAP, GRID, LINE_HEIGHT, Role


class Favourite(Button):
    """Its star is filled for a favourite."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, icon_name="favourite", name="favourite")
        self.setCheckable(True)
        self.setAccessibleName(self.tr("Favourite"))
        self.setToolTip(self.tr("Favourite"))
        self.toggled.connect(self._draw)

    def render_on(self, on: bool) -> None:
        """Tells nobody, unlike the person's own click or a screen reader's "toggle", which is no click."""
        held = self.blockSignals(True)
        self.setChecked(on)
        self.blockSignals(held)
        self._draw(on)

    def _draw(self, on: bool) -> None:
        self.set_icon("favourite-on" if on else "favourite")


class Collection(ComboField):
    """One of those that there are, or a new one; `named` when it was chosen or typed to its end."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("library", "Collection"), "collection", parent)
        self._collection = ""
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        if line := self.combo.lineEdit():
            line.setAccessibleName(self.combo.accessibleName())
            line.setPlaceholderText(self.tr("None"))
            line.editingFinished.connect(self._commit)
        self.combo.activated.connect(lambda _: self._commit())

    def offer(self, known: Iterable[str]) -> None:
        """Keeps what is typed."""
        typed = self.combo.currentText()
        held = self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItems(["", *known])
        self.combo.setEditText(typed)
        self.combo.blockSignals(held)

    def render_collection(self, collection: str, *, another: bool) -> None:
        line = self.combo.lineEdit()
        typing = line is not None and line.hasFocus() and not another
        if another or (collection != self._collection and not typing):
            held = self.combo.blockSignals(True)
            self.combo.setEditText(collection)
            self.combo.blockSignals(held)
        self._collection = collection

    def _commit(self) -> None:
        name = " ".join(self.combo.currentText().split())
        if name != self._collection:
            self._collection = name
            self.named.emit(name)


class VoiceLabels(QWidget):
    """`label_asked` has Labels of what was changed alone. The favourite's star is placed by whoever shows this."""

    label_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voice-labels")
        self._facets = Facets()
        self.favourite = Favourite(self)
        self.rating = Rating(self)
        self.tags = TagsEditor(lambda: self._facets.tags, self)
        self.collection = Collection(self)
        self._build_layout()
        self.favourite.toggled.connect(lambda on: self.label_asked.emit(Labels(favourite=on)))
        self.rating.rated.connect(lambda stars: self.label_asked.emit(Labels(rating=stars)))
        self.tags.added.connect(lambda tag: self.label_asked.emit(Labels(add_tags=(tag,))))
        self.tags.removed.connect(lambda tag: self.label_asked.emit(Labels(drop_tags=(tag,))))
        self.collection.named.connect(lambda name: self.label_asked.emit(Labels(collection=name)))
        self.collection.combo.opening.connect(lambda: self.collection.offer(self._facets.collections))

    def render_facets(self, facets: Facets) -> None:
        """The tags and collections that are offered."""
        self._facets = facets

    def render_voice(self, voice: Voice, *, another: bool) -> None:
        self.favourite.render_on(voice.favourite)
        self.rating.render_rating(voice.rating)
        if another:
            self.tags.forget()
        self.tags.render_tags(voice.tags)
        self.collection.render_collection(voice.collection, another=another)

    def in_order(self) -> tuple[QWidget, ...]:
        return self.rating, self.collection.combo, *self.tags.in_order()

    def _build_layout(self) -> None:
        stars = QVBoxLayout()
        stars.setSpacing(GRID)
        title = label(self.tr("Rating"), self, role=Role.TEXT_DIM)
        title.setBuddy(self.rating)
        stars.addWidget(title)
        stars.addWidget(self.rating, 0, Qt.AlignmentFlag.AlignLeft)
        stars.addStretch(1)
        self.rating.setFixedHeight(LINE_HEIGHT)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addLayout(stars)
        row.addWidget(self.collection, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addWidget(self.tags)
