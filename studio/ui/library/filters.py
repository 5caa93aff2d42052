"""Below the search: which system, origin, status and so on the shown voices have. Only what occurs is offered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QWidget

from studio.domain.languages import Language
from studio.domain.limits import SystemInfo
from studio.domain.search import Filter
from studio.domain.voices import Origin, Status
from studio.domain.whereabouts import Whereabouts
from studio.ui.buttons import Button, Kind
from studio.ui.combo import Combo
from studio.ui.flow_layout import FlowLayout
from studio.ui.library.columns import origin_word
from studio.ui.library.facets import Facets
from studio.ui.messages import status_word, whereabouts_word
from studio.ui.theme import GAP

LONGEST = 40


class FilterBar(QWidget):
    """`changed` has a whole `Filter` but for the query and the kind of voices, which are the head's."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filters")
        self._facets, self._systems = Facets(), dict[str, str]()
        self._build()
        self.render_facets(self._facets)
        for combo in self._combos():
            combo.picked.connect(lambda _: self._tell())
        for box in (self.favourite, self.has_clips):
            box.toggled.connect(lambda _: self._tell())
        self.clear.clicked.connect(self.reset)

    def render_systems(self, systems: tuple[SystemInfo, ...]) -> None:
        self._systems = {info.system: info.label for info in systems}
        self.render_facets(self._facets)

    def render_facets(self, facets: Facets) -> None:
        """What is chosen stays, even where nothing has it any more."""
        self._facets = facets
        self._fill(self.system, ((self._systems.get(one, one), one) for one in facets.systems))
        self._fill(self.origin, ((origin_word(one), one) for one in facets.origins if one is not Origin.BUILT_IN))
        self._fill(self.language, ((one.label, one) for one in facets.languages))
        self._fill(self.tag, ((one, one) for one in facets.tags))
        self._fill(self.collection, ((one, one) for one in facets.collections))
        self._show_parts()

    def filter(self) -> Filter:
        told = {combo: str(combo.currentData() or "") for combo in self._combos()}  # Qt makes plain texts of our enums
        status = told[self.status]
        return Filter(
            system=told[self.system],
            origin=Origin(told[self.origin]) if told[self.origin] else None,
            ready=status == Status.READY,
            whereabouts=Whereabouts(status) if status and status != Status.READY else None,
            language=Language(told[self.language]) if told[self.language] else None,
            tag=told[self.tag],
            collection=told[self.collection],
            favourite=self.favourite.isChecked(),
            has_clips=self.has_clips.isChecked(),
        )

    def reset(self) -> None:
        """Asks for nothing; said once."""
        focused = self.clear.hasFocus()
        held = self.blockSignals(True)
        for combo in self._combos():
            combo.choose("")
        for box in (self.favourite, self.has_clips):
            box.setChecked(False)
        self.blockSignals(held)
        self._tell()
        if focused:
            self.system.setFocus()

    def in_order(self) -> tuple[QWidget, ...]:
        return (*self._combos(), self.favourite, self.has_clips, self.clear)

    # -- how it is done -----------------------------------------------------------------------------

    def _tell(self) -> None:
        self._show_parts()
        self.changed.emit(self.filter())

    def _show_parts(self) -> None:
        """What offers nothing takes no room."""
        for combo in (self.language, self.tag, self.collection):
            combo.setVisible(combo.count() > 1)
        self.clear.setVisible(self.filter() != Filter())

    def _fill(self, combo: Combo, offered: Iterable[tuple[str, Any]]) -> None:
        chosen, words = combo.currentData(), combo.currentText()
        items = [(text[:LONGEST], data) for text, data in offered]
        if chosen and chosen not in [data for _, data in items]:
            items.append((words, chosen))
        combo.render_items([(combo.itemText(0), ""), *items], chosen)

    def _combos(self) -> tuple[Combo, ...]:
        return self.system, self.origin, self.status, self.language, self.tag, self.collection

    def _build(self) -> None:
        row = FlowLayout(self, spacing=GAP)
        self.system = self._combo(row, self.tr("System filter"), "system-filter", self.tr("All systems"))
        self.origin = self._combo(row, self.tr("Origin filter"), "origin-filter", self.tr("All origins"))
        self.status = self._combo(row, self.tr("Status filter"), "status-filter", self.tr("Any status"))
        self.language = self._combo(row, self.tr("Language filter"), "language-filter", self.tr("All languages"))
        self.tag = self._combo(row, self.tr("Tag filter"), "tag-filter", self.tr("All tags"))
        self.collection = self._combo(
            row, self.tr("Collection filter"), "collection-filter", self.tr("All collections")
        )
        states = ((whereabouts_word(one), one) for one in reversed(Whereabouts))
        self._fill(self.status, ((status_word(Status.READY), Status.READY), *states))
        self.favourite = QCheckBox(self.tr("Favourites only"), self)
        self.favourite.setObjectName("favourites-only")
        self.has_clips = QCheckBox(self.tr("Has a clip"), self)
        self.has_clips.setObjectName("has-clip")
        self.clear = Button(self.tr("Clear"), self, kind=Kind.QUIET, name="clear-filters")
        self.clear.setAccessibleName(self.tr("Clear the filters"))
        for widget in (self.favourite, self.has_clips, self.clear):
            row.addWidget(widget)

    def _combo(self, row: FlowLayout, title: str, name: str, nothing: str) -> Combo:
        """Its first item says what it is about, so the label is for screen readers alone."""
        combo = Combo(title, name, self)
        combo.title.hide()
        combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.render_items([(nothing, "")], "")
        row.addWidget(combo)
        return combo
