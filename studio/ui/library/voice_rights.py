"""What the person stated of the right to a cloned voice, and the way to take it out of the library as one file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.samples import Statement
from studio.ui.buttons import Button
from studio.ui.labels import label
from studio.ui.theme import GRID, Role


class VoiceRights(QWidget):
    """Hidden while nothing was stated."""

    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voice-rights")
        self._words = label("", self, wrap=True, name="rights-statement")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.export = Button(
            self.tr("Export rights record…"), self, icon_name="export", name="export-rights", gives_way=True
        )
        self.export.clicked.connect(self.export_asked)
        row = QHBoxLayout()
        row.addWidget(self.export)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.setContentsMargins(2, 0, 2, 0)
        column.addWidget(label(self.tr("Right to clone"), self, role=Role.TEXT_DIM))
        column.addWidget(self._words)
        column.addLayout(row)
        self.hide()

    def render_statements(self, statements: tuple[Statement, ...]) -> None:
        """The newest one in words; the record has them all."""
        self._words.setText(rights_words(statements))
        self.setVisible(bool(statements))

    def text(self) -> str:
        return self._words.text()

    def in_order(self) -> tuple[QWidget, ...]:
        return (self.export,)


def rights_words(statements: tuple[Statement, ...]) -> str:
    """You stated on 2026-11-21 that you have the right to clone this voice. Voice of Ann Lee, …"""
    if not statements:
        return ""
    newest = statements[0]
    day = f"{newest.created.astimezone():%Y-%m-%d}"
    stated = _tr("You stated on {day} that you have the right to clone this voice.").format(day=day)
    consent = _tr("Spoken consent attached.") if newest.right.consent_sha256 else ""
    earlier = ""
    if len(statements) == 2:
        earlier = _tr("The record has an earlier statement too.")
    elif statements[1:]:
        earlier = _tr("The record has {count} earlier statements too.").format(count=len(statements) - 1)
    return " ".join(one for one in (stated, _whose(newest), consent, earlier) if one)


def _whose(statement: Statement) -> str:
    """Older statements don't say that a voice is the person's own."""
    if statement.right.own:
        return _tr("Your own voice.")
    whose, since = statement.right.whose, statement.right.since
    if whose and since:
        return _tr("Voice of {whose}, written permission from {since}.").format(whose=whose, since=since)
    if whose:
        return _tr("Voice of {whose}.").format(whose=whose)
    return _tr("Written permission from {since}.").format(since=since) if since else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("rights", text)
