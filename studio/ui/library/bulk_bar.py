"""What can be done to several voices at once; shown while more than one is chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from studio.domain.voices import Voice
from studio.ports import Labels
from studio.ui.buttons import Button, Kind
from studio.ui.flow_layout import FlowLayout
from studio.ui.labels import label
from studio.ui.library.choice_menu import ChoiceMenu
from studio.ui.library.facets import Facets
from studio.ui.theme import GRID

STARS = 5


class BulkBar(QWidget):
    """`label_asked` has what is said of all chosen voices."""

    label_asked = Signal(object)
    play_all_asked = Signal()
    export_asked = Signal()
    export_clips_asked = Signal()
    delete_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bulk-bar")
        self._voices: tuple[Voice, ...] = ()
        self._facets = Facets()
        self._build()
        self._join()
        self.render_selection(())

    def render_selection(self, voices: tuple[Voice, ...]) -> None:
        self._voices = voices
        self.setVisible(len(voices) > 1)
        if self.isHidden():
            return
        self.count.setText(self.tr("{n} voices").format(n=f"{len(voices):,}"))
        starred = self._all_starred()
        self.favourite.set_icon("favourite-on" if starred else "favourite")
        self.favourite.setToolTip(self.tr("No favourites any more: F") if starred else self.tr("Favourites: F"))
        with_clips = any(voice.has_clips for voice in voices)
        for button in (self.play_all, self.clips):
            button.setEnabled(with_clips)

    def render_facets(self, facets: Facets) -> None:
        """The tags and collections to choose among."""
        self._facets = facets

    def tag_menu(self) -> ChoiceMenu:
        """Ticked is what all of them have."""
        menu = ChoiceMenu(self.tr("New tag"), self)
        menu.offer(self._facets.tags, frozenset(self._tags_of_all()))
        menu.picked.connect(self._on_tag)
        return menu

    def collection_menu(self) -> ChoiceMenu:
        menu = ChoiceMenu(self.tr("New collection"), self)
        those = {voice.collection for voice in self._voices}
        menu.offer(self._facets.collections, frozenset(those - {""} if len(those) == 1 else ()))
        menu.picked.connect(lambda word, on: self.label_asked.emit(Labels(collection=word if on else "")))
        if those != {""}:
            menu.addSeparator()
            menu.addAction(self.tr("No collection"), lambda: self.label_asked.emit(Labels(collection="")))
        return menu

    def rate_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for stars in range(STARS, 0, -1):
            menu.addAction("★" * stars, lambda stars=stars: self.label_asked.emit(Labels(rating=stars)))
        menu.addAction(self.tr("No rating"), lambda: self.label_asked.emit(Labels(rating=0)))
        return menu

    def in_order(self) -> tuple[QWidget, ...]:
        labels = (self.tags, self.collection, self.favourite, self.rate)
        return *labels, self.play_all, self.export, self.clips, self.delete

    # -- how it is done -----------------------------------------------------------------------------

    def _all_starred(self) -> bool:
        return all(voice.favourite for voice in self._voices)

    def _tags_of_all(self) -> set[str]:
        common = set(self._voices[0].tags) if self._voices else set[str]()
        for voice in self._voices:
            if not common:
                break
            common.intersection_update(voice.tags)
        return common

    def _on_tag(self, tag: str, on: bool) -> None:
        self.label_asked.emit(Labels(add_tags=(tag,)) if on else Labels(drop_tags=(tag,)))

    def _below(self, button: Button, menu: QMenu) -> None:
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _join(self) -> None:
        self.tags.clicked.connect(lambda: self._below(self.tags, self.tag_menu()))
        self.collection.clicked.connect(lambda: self._below(self.collection, self.collection_menu()))
        self.rate.clicked.connect(lambda: self._below(self.rate, self.rate_menu()))
        self.favourite.clicked.connect(lambda: self.label_asked.emit(Labels(favourite=not self._all_starred())))
        self.play_all.clicked.connect(self.play_all_asked)
        self.export.clicked.connect(self.export_asked)
        self.clips.clicked.connect(self.export_clips_asked)
        self.delete.clicked.connect(self.delete_asked)

    def _build(self) -> None:
        self.count = label("", self, name="bulk-count")
        self.tags = self._button(self.tr("Tag…"), "rename", "bulk-tags", self.tr("Tag the chosen voices"))
        self.collection = self._button(
            self.tr("Collection…"), "keep", "bulk-collection", self.tr("Put the chosen voices into a collection")
        )
        self.favourite = self._button("", "favourite", "bulk-favourite", self.tr("Favourite the chosen voices"))
        self.rate = self._button(self.tr("Rate"), "", "bulk-rate", self.tr("Rate the chosen voices"))
        self.play_all = self._button(self.tr("Play all"), "play", "play-all", self.tr("Play all"))
        self.export = self._button(self.tr("Export…"), "export", "bulk-export", self.tr("Export the chosen voices"))
        self.clips = self._button(self.tr("Clips…"), "export", "bulk-clips", self.tr("Export clips to a folder"))
        self.clips.setToolTip(self.clips.accessibleName())
        self.delete = self._button(self.tr("Delete"), "delete", "bulk-delete", self.tr("Delete the chosen voices"))
        row = FlowLayout(self, spacing=GRID)
        row.setContentsMargins(2, 0, 2, 0)
        for widget in (self.count, *self.in_order()):
            row.addWidget(widget)

    def _button(self, words: str, icon_name: str, name: str, said: str) -> Button:
        made = Button(words, self, icon_name=icon_name, kind=Kind.QUIET, name=name)
        made.setAccessibleName(said)
        return made
