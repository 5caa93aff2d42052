"""The kept voices as a table: newest first, searched in text that was joined and lower-cased beforehand.

Qt's own filter asks Python for every cell of every row; this one is a search in plain strings.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon, QPalette

from studio.domain.search import folded, haystack, matches, words_of
from studio.domain.voices import Origin, Status, Voice
from studio.ui.formats import tip
from studio.ui.icons import pixmap
from studio.ui.messages import STATUS_ICONS, status_word
from studio.ui.theme import Role, colour

NAME, DESCRIPTION, SYSTEM, STATUS, LANGUAGE, CREATED = range(6)
Index = QModelIndex | QPersistentModelIndex


class VoicesModel(QAbstractTableModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._voices: list[Voice] = []
        self._haystacks: list[str] = []
        self._known: dict[UUID, tuple[Voice, str]] = {}
        self._rows: list[int] = []
        self._query = ""
        self._built_in = False
        self._totals = {False: 0, True: 0}
        self._labels: dict[str, str] = {}
        self._palette = QPalette()
        self._headers = (
            self.tr("Name"),
            self.tr("Description"),
            self.tr("System"),
            self.tr("Status"),
            self.tr("Language"),
            self.tr("Created"),
        )

    # -- what is shown ------------------------------------------------------------------------------

    def render_voices(self, voices: tuple[Voice, ...], labels: dict[str, str]) -> None:
        """`labels` has the systems' names by id."""
        self.beginResetModel()
        if labels != self._labels:
            self._labels = labels
            self._known.clear()
        self._voices = sorted(voices, key=lambda voice: voice.created, reverse=True)
        known = self._known
        self._known = {
            voice.library_id: held
            if (held := known.get(voice.library_id)) and held[0] is voice
            else (voice, self._haystack(voice))
            for voice in self._voices
        }
        self._haystacks = [self._known[voice.library_id][1] for voice in self._voices]
        built_in = sum(voice.origin is Origin.BUILT_IN for voice in self._voices)
        self._totals = {False: len(self._voices) - built_in, True: built_in}
        self._rows = self._found()
        self.endResetModel()

    def search(self, query: str) -> None:
        """Rows that hold every word of the query somewhere."""
        self.beginResetModel()
        self._query = query
        self._rows = self._found()
        self.endResetModel()

    def show(self, *, built_in: bool) -> None:
        """The voices of the systems themselves, or else the person's own."""
        self.beginResetModel()
        self._built_in = built_in
        self._rows = self._found()
        self.endResetModel()

    def wear(self, palette: QPalette) -> None:
        """The colours that icons are drawn in."""
        self._palette = palette

    def voice(self, row: int) -> Voice | None:
        return self._voices[self._rows[row]] if 0 <= row < len(self._rows) else None

    def row_of(self, library_id: UUID) -> int:
        """-1 where the voice isn't shown."""
        voices = self._voices
        return next((row for row, at in enumerate(self._rows) if voices[at].library_id == library_id), -1)

    def total(self) -> int:
        """Of the kind that is shown."""
        return self._totals[self._built_in]

    # -- Qt's questions -----------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        voice = self._voices[self._rows[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(voice, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(voice, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == STATUS:
            return self._icon(voice.status)
        return None

    # -- how it is done -----------------------------------------------------------------------------

    def _cell(self, voice: Voice, column: int) -> str:
        if column == NAME:
            return voice.name
        if column == DESCRIPTION:
            return " ".join(voice.description.split())
        if column == SYSTEM:
            return self._labels.get(voice.system, voice.system)
        if column == STATUS:
            return status_word(voice.status)
        if column == LANGUAGE:
            return voice.language.label if voice.language else ""
        return voice.created.astimezone().strftime("%Y-%m-%d")

    def _tip(self, voice: Voice, column: int) -> str | None:
        if column == CREATED:
            return voice.created.astimezone().strftime("%Y-%m-%d %H:%M")
        return tip(voice.description) if column == DESCRIPTION else None

    def _icon(self, status: Status) -> QIcon | None:
        """Only where there is something to see to."""
        if status is Status.READY:
            return None
        made = QIcon()
        for mode, role in ((QIcon.Mode.Normal, Role.TEXT_DIM), (QIcon.Mode.Selected, Role.ON_ACCENT)):
            made.addPixmap(pixmap(STATUS_ICONS[status], colour(role, self._palette).name()), mode)
        return made

    def _haystack(self, voice: Voice) -> str:
        label = self._labels.get(voice.system, "")
        return f"{haystack(voice)}\n{folded(label)}\n{folded(status_word(voice.status))}"

    def _found(self) -> list[int]:
        words = words_of(self._query)
        voices, built_in = self._voices, self._built_in
        return [
            row
            for row, hay in enumerate(self._haystacks)
            if (voices[row].origin is Origin.BUILT_IN) is built_in and matches(hay, words)
        ]
