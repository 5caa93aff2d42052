"""A page of plain instructions beside the settings: read at leisure, its commands copied."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from studio.assets import asset
from studio.ui.buttons import Button
from studio.ui.theme import PAGE_GAP, WIDE_GAP


class Guide(QDialog):
    """Never modal."""

    def __init__(self, title: str, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(False)
        self.text = QTextBrowser(self)
        self.text.setObjectName("guide-text")
        self.text.setAccessibleName(title)
        self.text.setOpenExternalLinks(True)
        self.text.setMarkdown(asset("pages", page).read_text("utf-8"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.document().setDocumentMargin(PAGE_GAP)
        self.close_button = Button(self.tr("Close"), self, name="close")
        self.close_button.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(PAGE_GAP, 0, PAGE_GAP, 0)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, WIDE_GAP)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.text, 1)
        column.addLayout(foot)
        self.setMinimumSize(440, 320)
        self.resize(720, 760)
