"""The public address of a sample, for systems that fetch it themselves; and what is dropped on the tab."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.domain.samples import is_url
from studio.ui.labels import label
from studio.ui.text_field import TextField
from studio.ui.theme import Role


class SampleUrl(QWidget):
    """While an address is here, no take is used."""

    changed = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = True
        self._chosen = False
        self.field = TextField(self.tr("Sample URL"), "sample-url", self)
        self.field.editor.setPlaceholderText(self.tr("Only instead of a take: https://…"))
        self.field.editor.setAcceptDrops(False)  # the whole tab takes what is dropped
        self.instead = label("", self, role=Role.TEXT_DIM, wrap=True, name="sample-url-instead")
        self.instead.setContentsMargins(2, 0, 2, 0)
        self.field.set_text(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(self.instead)
        self.field.changed.connect(self._on_changed)
        self._render_instead()

    def url(self) -> str:
        """Empty where the system takes none."""
        return self.field.text().strip() if self._taken else ""

    def put(self, url: str) -> None:
        self.field.set_text(url)

    def render_taken(self, taken: bool) -> None:
        """Whether the system takes addresses."""
        self._taken = taken
        self.setVisible(taken)

    def render_chosen(self, chosen: bool) -> None:
        """Whether there is a take that the address stands in for."""
        self._chosen = chosen
        self._render_instead()

    def _on_changed(self, text: str) -> None:
        self._render_instead()
        self.changed.emit(text)

    def _render_instead(self) -> None:
        used = bool(self.field.text().strip())
        take = self.tr("The sample is fetched from this address. The chosen take isn't used.")
        nothing = self.tr("The sample is fetched from this address; no report can be made of it.")
        self.instead.setText(take if self._chosen else nothing)
        self.instead.setVisible(used)


def dropped(mime: QMimeData) -> tuple[str, ...]:
    """The files, or else the address, that are being dropped; empty if it is neither."""
    if files := tuple(url.toLocalFile() for url in mime.urls() if url.isLocalFile()):
        return files
    texts = (*(url.toString() for url in mime.urls()), mime.text().strip() if mime.hasText() else "")
    return next(((text,) for text in texts if is_url(text) and len(text.split()) == 1), ())
