"""The address of an account and its workspace: asked to be saved when the cursor leaves, or by Enter."""

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
        self._shown = Place()
        self._kept = ""
        self.base_url = TextField(self.tr("Base URL"), "base-url", self)
        self.workspace = TextField(self.tr("Workspace id"), "workspace-id", self)
        self.workspace.editor.setPlaceholderText(self.tr("The account's own"))
        self.set_there = label("", self, role=Role.TEXT_DIM, wrap=True, name="url-from-environment")
        self._editors = [one.editor for one in (self.base_url, self.workspace) if isinstance(one.editor, QLineEdit)]
        for editor in self._editors:
            editor.editingFinished.connect(self._ask)
        self._build_layout()

    def render_standing(self, standing: Standing) -> None:
        info, there = standing.info, standing.url_from_environment
        self.workspace.setVisible(info.takes_workspace)
        self.base_url.editor.setPlaceholderText(info.base_url)
        self.base_url.editor.setEnabled(not there)
        words = self.tr("Set by the environment ({variable})").format(variable=info.url_variable)
        self.set_there.setText(words if there else "")
        self.set_there.setVisible(there)
        shown = Place(standing.base_url if there else standing.place.base_url, standing.place.workspace)
        if self._account != info.name or (shown != self._shown and not self._writing()):
            self._account, self._shown = info.name, shown
            self.base_url.set_text(shown.base_url)
            self.workspace.set_text(shown.workspace)
        self._kept = standing.place.base_url

    def _writing(self) -> bool:
        return any(editor.hasFocus() and editor.isModified() for editor in self._editors)

    def _ask(self) -> None:
        if not any(editor.isModified() for editor in self._editors):
            return
        for editor in self._editors:
            editor.setModified(False)
        base_url = self.base_url.text().strip() if self.base_url.editor.isEnabled() else self._kept
        self.place_asked.emit(base_url, self.workspace.text().strip())

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
