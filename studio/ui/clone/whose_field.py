"""Whose voice a sample is: the person's own, or somebody's who has permitted it in writing, perhaps in their own words.

What is said here goes into the statement that is kept with the sample; nothing of it is remembered.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.domain.samples import Right
from studio.flows.clone import Consent
from studio.ui.buttons import Button
from studio.ui.combo import ComboField
from studio.ui.formats import length
from studio.ui.labels import ElidedLabel
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, GRID

SUFFIXES = ("wav", "mp3", "flac", "ogg", "opus")
OWN, ANOTHERS = "own", "anothers"


class WhoseField(QWidget):
    """`attach_asked` has the path of a spoken consent."""

    attach_asked = Signal(object)
    drop_asked = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whose")
        self._consent: Consent | None = None
        self._whose = ComboField(self.tr("Whose voice"), "whose-voice", self)
        self.whose = self._whose.combo
        self.whose.render_items(((self.tr("My own"), OWN), (self.tr("Somebody else's"), ANOTHERS)), OWN)
        self.speaker = TextField(self.tr("Whose name"), "whose-name", self)
        self.since = TextField(self.tr("Written permission from"), "permission-date", self)
        if isinstance(self.since.editor, QLineEdit):
            self.since.editor.setPlaceholderText(self.tr("YYYY-MM-DD"))
            self.since.editor.setMaxLength(10)
        for field in (self.speaker, self.since):
            field.editor.setAcceptDrops(False)
        self._build_consent()
        self._build_layout()
        self.whose.picked.connect(self._on_whose)
        self.speaker.changed.connect(lambda _: self.changed.emit())
        self.since.changed.connect(lambda _: self.changed.emit())
        self._render_whose()
        self.render_consent(None)

    # -- in and out ---------------------------------------------------------------------------------

    def right(self) -> Right:
        consent = self._consent.sha256 if self._consent else ""
        if not self._of_another():
            return Right(own=True, consent_sha256=consent)
        return Right(" ".join(self.speaker.text().split()), self.since.text().strip(), consent)

    def check(self) -> bool:
        """Whether it can be stated like this; if not, it says at the field what is missing."""
        if not self._of_another():
            return True
        wrong = [
            (self.speaker, "" if self.speaker.text().strip() else self.tr("Write whose voice it is.")),
            (self.since, "" if _is_day(self.since.text().strip()) else self.tr("Write the day as 2026-11-20.")),
        ]
        for field, words in wrong:
            field.mark(words)
        first = next((field for field, words in wrong if words), None)
        if first:
            first.editor.setFocus()
        return first is None

    def render_consent(self, consent: Consent | None) -> None:
        self._consent = consent
        told = f"{consent.name} · {length(consent.seconds)}" if consent else ""
        self.consent.setText(told)
        for widget in (self.consent, self.remove):
            widget.setVisible(consent is not None)
        self.attach.setVisible(consent is None)

    def in_order(self) -> tuple[QWidget, ...]:
        """What the Tab key passes."""
        return self.whose, self.speaker.editor, self.since.editor, self.attach, self.remove

    # -- how it is done -----------------------------------------------------------------------------

    def _of_another(self) -> bool:
        return self.whose.currentData() == ANOTHERS

    def _on_whose(self) -> None:
        self._render_whose()
        self.changed.emit()

    def _render_whose(self) -> None:
        for field in (self.speaker, self.since):
            field.setVisible(self._of_another())

    def _open_dialog(self) -> None:
        """Without waiting for it."""
        dialog = QFileDialog(self, self.tr("Attach a spoken consent"))
        dialog.setObjectName("consent-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        sounds = " ".join(f"*.{suffix}" for suffix in SUFFIXES)
        dialog.setNameFilters([self.tr("Sound files ({sounds})").format(sounds=sounds), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._on_file)  # a lambda would keep this alive until the dialog dies
        dialog.open()

    def _on_file(self, path: str) -> None:
        self.attach_asked.emit(Path(path))

    def _build_consent(self) -> None:
        self.attach = Button(self.tr("Attach spoken consent…"), self, icon_name="speak", name="attach-consent")
        self.attach.setToolTip(self.tr("A recording in which the person permits the clone; it is kept in the library"))
        self.consent = ElidedLabel("", self, name="consent")
        self.remove = Button(self.tr("Remove"), self, icon_name="discard", name="remove-consent")
        self.remove.setAccessibleName(self.tr("Remove spoken consent"))
        self.attach.clicked.connect(self._open_dialog)
        self.remove.clicked.connect(self.drop_asked)

    def _build_layout(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._whose, 0, 0, 1, 2)
        grid.addWidget(self.speaker, 1, 0)
        grid.addWidget(self.since, 1, 1)
        row = QHBoxLayout()
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(GAP)
        row.addWidget(self.attach)
        row.addWidget(self.consent, 1)
        row.addWidget(self.remove)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(grid)
        column.addLayout(row)


def _is_day(text: str) -> bool:
    """As YYYY-MM-DD, and not in the future."""
    try:
        return len(text) == 10 and date.fromisoformat(text) <= date.today()
    except ValueError:
        return False
