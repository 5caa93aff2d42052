"""The addresses of an account with a server for each role: saved by Enter, when the cursor leaves, or by `commit`."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from studio.domain.accounts import AccountInfo, Place, Role, Standing, Urls
from studio.ui.labels import label
from studio.ui.settings.account_words import mute_words, role_label
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, GRID
from studio.ui.theme import Role as Colour


class AccountUrls(QWidget):
    """`urls_asked` carries all of them, by role. What was refused stays until it is changed."""

    urls_asked = Signal(object)

    def __init__(self, info: AccountInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[Role, str] = {}
        self._stored: Urls = ()
        self._asked: Urls = ()
        self.fields: dict[Role, TextField] = {}
        self.set_there = label("", self, role=Colour.TEXT_DIM, wrap=True, name="urls-from-environment")
        self.advice = label("", self, role=Colour.TEXT_DIM, wrap=True, name="urls-advice")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for one in info.roles:
            field = self.fields[one.role] = TextField(role_label(one), f"{one.role.value}-url", self)
            if isinstance(field.editor, QLineEdit):
                field.editor.setPlaceholderText(self.tr("No server"))
                field.editor.editingFinished.connect(lambda: self._ask(self._asked))
            column.addWidget(field)
        below = QVBoxLayout()
        below.setContentsMargins(2, 0, 2, 0)
        below.setSpacing(GRID)
        below.addWidget(self.advice)
        below.addWidget(self.set_there)
        column.addLayout(below)

    def render_standing(self, standing: Standing) -> None:
        """An address of the environment is shown and can't be changed."""
        told, untouched = dict(standing.urls), self._written() == self._asked
        for role, field in self.fields.items():
            there = role in standing.roles_from_environment
            given = there is field.editor.isEnabled()
            field.editor.setEnabled(not there)
            shown = told.get(role, "") if there else dict(standing.place.urls).get(role, "")
            if given or (shown != self._shown.get(role, "") and untouched):
                field.set_text(shown)
            self._shown[role] = shown
        if untouched or standing.place.urls != self._stored:
            self._asked = standing.place.urls
        self._stored = standing.place.urls
        variables = [one.url_variable for one in standing.info.roles if one.role in standing.roles_from_environment]
        words = self.tr("Set by the environment ({variables})").format(variables=", ".join(variables))
        self.set_there.setText(words if variables else "")
        self.set_there.setVisible(bool(variables))
        self.advice.setText(mute_words(told))
        self.advice.setVisible(bool(self.advice.text()))

    def mark(self, sentence: str) -> None:
        """At the addresses that aren't stored as they are written: one of them was refused."""
        stored = dict(self._stored)
        for role, field in self.fields.items():
            changed = field.editor.isEnabled() and field.text().strip() != stored.get(role, "")
            field.mark(sentence if changed else "")

    def commit(self) -> None:
        """Asks for what is written and isn't stored, whoever wrote it: a screen reader's text is never "edited"."""
        self._ask(self._stored)

    def _ask(self, known: Urls) -> None:
        written = self._written()
        if written != known:
            self._asked = written
            self.urls_asked.emit(written)

    def _written(self) -> Urls:
        """An address that the environment sets stays as it is stored."""
        place = Place(urls=self._stored)
        for role, field in self.fields.items():
            if field.editor.isEnabled():
                place = place.with_url(role, field.text().strip())
        return place.urls
