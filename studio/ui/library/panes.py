"""The two halves of the Library: the voices with what is said of them below, and the chosen one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from studio.domain.memory import Memory
from studio.domain.search import Filter
from studio.ui.empty_state import EmptyState
from studio.ui.library.backups import DamagedLibrary
from studio.ui.library.bulk_bar import BulkBar
from studio.ui.library.filters import FilterBar
from studio.ui.library.head import LibraryHead
from studio.ui.library.speak_panel import SpeakPanel
from studio.ui.library.voice_details import VoiceDetails
from studio.ui.library.voices_table import VoicesTable
from studio.ui.note_line import NoteLine
from studio.ui.theme import GAP, PAGE_GAP, WIDE_GAP

NARROWEST, DETAILS_NARROWEST = 400, 360
LOW = 620
"""Pixels; below it more than two notes would leave the table no room."""
MOST_NOTES = 2


class VoicesPane(QWidget):
    """Notes stand below the table, where they move nothing that the pointer may be on."""

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voices-pane")
        self.setMinimumWidth(NARROWEST)
        self.head = LibraryHead(self)
        self.filters = FilterBar(self)
        self.table = VoicesTable(memory, self)
        self.bulk = BulkBar(self)
        self.empty = EmptyState("voices-empty", self)
        self.damaged = DamagedLibrary(self)
        self._newest: list[NoteLine] = []
        self.refreshed, self.moving, self.exported = self._made(), self._made(), self._made()
        self.usage, self.trouble = self._made(), self._made()
        self.spoken, self.note = self._made(), self._made()
        self._build_layout()

    def notes(self) -> tuple[NoteLine, ...]:
        return self.refreshed, self.moving, self.exported, self.usage, self.trouble, self.spoken, self.note

    def wanted(self) -> Filter:
        """All that is looked for: words, kind and filters."""
        return replace(self.filters.filter(), query=self.head.search.text(), built_in=self.head.built_in())

    def render_counts(self) -> bool:
        """Figures beside the search; whether any voice is shown."""
        model = self.table.voices
        self.head.render_count(model.rowCount(), model.total(), more=model.searching())
        self.filters.setVisible(bool(model.total()))
        return model.rowCount() > 0

    def nothing_found(self) -> tuple[str, str]:
        """Sentence and action where there are voices, but none of those that are looked for."""
        query, filtered = self.head.search.text().strip(), self.filters.filter() != Filter()
        if self.table.voices.searching():
            return "", ""
        if query and filtered:
            return self.tr("No voice fits both the search and the filters."), self.tr("Show all voices")
        if filtered:
            return self.tr("No voice fits these filters."), self.tr("Clear the filters")
        words = self.tr("No voice has “{query}” in its name, words or notes.")
        return words.format(query=query), self.tr("Clear the search")

    def show_all(self) -> None:
        self.head.search.clear()
        self.filters.reset()

    def render_selection(self) -> None:
        self.bulk.render_selection(self.table.selected_voices())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_notes()

    def in_order(self) -> tuple[QWidget, ...]:
        filters, bulk = self.filters.in_order(), self.bulk.in_order()
        return *self.head.in_order(), *filters, *self.damaged.in_order(), self.table, *bulk

    def stand_alone(self, alone: bool) -> None:
        """Without anything beside it, it keeps its distance from the window's edge."""
        self._column.setContentsMargins(WIDE_GAP, 0, WIDE_GAP if alone else 0, WIDE_GAP)

    def _made(self) -> NoteLine:
        note = NoteLine(self, closable=True)
        note.before, note.beyond = self.bulk.delete, self.table
        note.changed.connect(lambda: self._on_note(note))
        self._newest.append(note)
        return note

    def _on_note(self, note: NoteLine) -> None:
        self._newest.remove(note)
        self._newest.insert(0, note)
        self._show_notes()

    def _show_notes(self) -> None:
        """In a low window only the newest, and whatever waits for an answer; the others come as those are closed."""
        telling = sorted((note for note in self._newest if note.tells()), key=lambda note: not note.stays())
        for place, note in enumerate(telling):
            note.setVisible(place < MOST_NOTES or self.height() >= LOW)

    def _build_layout(self) -> None:
        tables = QStackedLayout()
        tables.setStackingMode(QStackedLayout.StackingMode.StackAll)
        tables.addWidget(self.empty)  # the current one, so it lies on top
        tables.addWidget(self.table)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(WIDE_GAP)
        head = QVBoxLayout()
        head.setSpacing(GAP)
        head.addWidget(self.head)
        head.addWidget(self.filters)
        self._column.addLayout(head)
        self._column.addWidget(self.damaged)
        self._column.addLayout(tables, 1)
        self._column.addWidget(self.bulk)
        for note in self.notes():
            self._column.addWidget(note)
        self.stand_alone(True)


class VoicePane(QWidget):
    """Details above, the speak panel at the foot; a hint while no voice is chosen."""

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voice-pane")
        self.setMinimumWidth(DETAILS_NARROWEST)
        self.hint = EmptyState("voice-hint", self)
        self.hint.render_words(self.tr("Choose a voice to hear it, speak with it and see its words."))
        self.chosen = QWidget(self)
        self.details = VoiceDetails(self.chosen)
        self.speak = SpeakPanel(memory.text_to_speak, self.chosen)
        foot = QVBoxLayout()
        foot.setContentsMargins(PAGE_GAP - 2, 0, PAGE_GAP - 2 + self.details.bar_width(), WIDE_GAP)
        foot.addWidget(self.speak)
        column = QVBoxLayout(self.chosen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.details, 1)
        column.addLayout(foot)
        self._places = QStackedLayout(self)
        self._places.addWidget(self.hint)
        self._places.addWidget(self.chosen)

    def show_chosen(self, chosen: bool) -> None:
        self._places.setCurrentWidget(self.chosen if chosen else self.hint)
