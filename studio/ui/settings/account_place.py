"""The address of an account and its workspace: asked to be saved by Enter, when the cursor leaves, or by `commit`."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.domain.accounts import Place, Standing
from studio.ui.labels import label
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, GRID, Role


class AccountPlace(QWidget):
    """`place_asked` carries base URL and workspace id. Words that were refused stay until they are changed."""

    place_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._account = ""
        self._shown = self._stored = self._asked = Place()
        self.base_url = TextField(self.tr("Base URL"), "base-url", self)
        self.workspace = TextField(self.tr("Workspace id"), "workspace-id", self)
        self.workspace.editor.setPlaceholderText(self.tr("The account's own"))
        self.set_there = label("", self, role=Role.TEXT_DIM, wrap=True, name="url-from-environment")
        for editor in (self.base_url.editor, self.workspace.editor):
            if isinstance(editor, QLineEdit):
                editor.editingFinished.connect(lambda: self._ask(self._asked))
        self._build_layout()

    def render_standing(self, standing: Standing) -> None:
        info, there = standing.info, standing.url_from_environment
        given = there is self.base_url.editor.isEnabled()  # or taken away, by the environment
        untouched = self._written() == self._asked
        self.workspace.setVisible(info.takes_workspace)
        self.base_url.editor.setPlaceholderText(info.base_url)
        self.base_url.editor.setEnabled(not there)
        words = self.tr("Set by the environment ({variable})").format(variable=info.url_variable)
        self.set_there.setText(words if there else "")
        self.set_there.setVisible(there)
        shown = Place(standing.base_url if there else standing.place.base_url, standing.place.workspace)
        another, changed = self._account != info.name, shown != self._shown
        self._account, self._shown, self._stored = info.name, shown, standing.place
        if another or given or (changed and untouched):
            self._asked = standing.place
            self.base_url.set_text(shown.base_url)
            self.workspace.set_text(shown.workspace)

    def commit(self) -> None:
        """Asks for what is written and isn't stored, whoever wrote it: a screen reader's text is never "edited"."""
        self._ask(self._stored)

    def _ask(self, known: Place) -> None:
        written = self._written()
        if written != known:
            self._asked = written
            self.place_asked.emit(written.base_url, written.workspace)

    def _written(self) -> Place:
        """An address that the environment sets stays as it is stored."""
        base_url = self.base_url.text().strip() if self.base_url.editor.isEnabled() else self._stored.base_url
        return Place(base_url, self.workspace.text().strip())

    def _build_layout(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.base_url, 2)
        row.addWidget(self.workspace, 1)
        below = QHBoxLayout()
        below.setContentsMargins(2, 0, 2, 0)
        below.addWidget(self.set_there)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addLayout(below)
