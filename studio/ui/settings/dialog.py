"""Settings: the accounts of the systems elsewhere, the proxy on the way to them, and the library's folder."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.domain.errors import StudioError
from studio.domain.limits import Field
from studio.flows.accounts import AccountsState
from studio.flows.moving import MovingState
from studio.ui.buttons import Button
from studio.ui.labels import label
from studio.ui.messages import problem_sentence
from studio.ui.note_line import NoteLine, note_of
from studio.ui.scrolling import ScrollColumn
from studio.ui.settings.account_card import AccountBox
from studio.ui.settings.library_card import LibraryCard
from studio.ui.text_field import TextField
from studio.ui.theme import LINE_HEIGHT, PAGE_GAP, TITLE_SCALE, WIDE_GAP, Role, scaled

if TYPE_CHECKING:
    from studio.ui.settings.guide import Guide

TITLES = (  # one card each; two regions of a vendor share one
    ("Alibaba Model Studio", ("model-studio-intl", "model-studio-cn")),
    ("EvoLink", ("evolink",)),
    ("Noiz", ("noiz",)),
    ("OpenTalking", ("opentalking",)),
    ("Speech server", ("speech-server",)),
)

TALL = 760


class SettingsDialog(QDialog):
    """Never modal. Names in the signals are those of accounts (`AccountInfo.name`)."""

    save_key_asked = Signal(str, str, bool)
    forget_key_asked = Signal(str)
    test_asked = Signal(str)
    cancel_test_asked = Signal(str)
    place_asked = Signal(str, str, str)
    urls_asked = Signal(str, object)
    another_account_asked = Signal(str)
    other_region_asked = Signal(str)
    proxy_asked = Signal(str)
    move_library_asked = Signal(object)
    cancel_moving_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName(self.tr("Settings"))
        self.setModal(False)
        self.guide: Guide | None = None
        self._error: StudioError | None = None
        self._proxy = self._proxy_asked = ""
        self._build_page()
        self._build_layout()
        self.setMinimumSize(440, 320)
        self.resize(560, min(TALL, self.screen().availableGeometry().height() - LINE_HEIGHT))
        self.cards[0].begin()

    def render(self, state: AccountsState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        for card in self.cards:
            card.render(state)
        if state.proxy != self._proxy:
            self._proxy = self._proxy_asked = state.proxy
            self.proxy.set_text(state.proxy)
        if state.error is not self._error:
            self._error = state.error
            self._render_error(state.error)

    def render_moving(self, state: MovingState) -> None:
        self.library.render(state)

    def show_account(self, name: str) -> None:
        """Opens with the cursor in the key of this account; a name that isn't known opens at the top."""
        self.show()
        self.raise_()
        self.activateWindow()
        card = next((card for card in self.cards if name in card.accounts), None)
        if card:
            card.choose(name)
            card.begin()

    def done(self, result: int) -> None:
        """However it is closed, what is written in it is saved."""
        for card in self.cards:
            card.commit()
        self._commit_proxy(self._proxy)
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the field it is pressed in: no button of a settings window is the default one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    # -- how it is done -----------------------------------------------------------------------------

    def _render_error(self, error: StudioError | None) -> None:
        at_proxy = [problem for problem in error.problems if problem.field is Field.PROXY] if error else []
        self.proxy.mark(problem_sentence(at_proxy[0]) if at_proxy else "")
        self.note.render_note(note_of(error, retry=False, settings=False) if error and not at_proxy else None)

    def _commit_proxy(self, known: str) -> None:
        written = self.proxy.text().strip()
        if written != known:
            self._proxy_asked = written
            self.proxy_asked.emit(written)

    def _through_proxy(self, asked: SignalInstance, name: str) -> None:
        """Nothing is sent by the old proxy when another is written there."""
        self._commit_proxy(self._proxy)
        asked.emit(name)

    def _show_guide(self) -> None:
        """Made when it is first asked for."""
        from studio.ui.settings.guide import Guide

        if self.guide is None:
            self.guide = Guide(self.tr("A speech server of your own"), "speech-server.md", self)
        self.guide.show()
        self.guide.raise_()
        self.guide.activateWindow()

    def _bring_into_view(self, line: QWidget) -> None:
        """Once the column has its new height."""
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(line, 0, WIDE_GAP))

    def _build_page(self) -> None:
        self.area = ScrollColumn("settings-area", self)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(PAGE_GAP, PAGE_GAP, PAGE_GAP - 4, PAGE_GAP)
        column.setSpacing(WIDE_GAP)
        heading = label(self.tr("Accounts"), page, name="accounts-heading")
        scaled(heading, TITLE_SCALE * TITLE_SCALE, bold=True)
        said = self.tr("Keys are kept in this computer's keyring, never in a file. A test is free.")
        column.addWidget(heading)
        column.addWidget(label(said, page, role=Role.TEXT_DIM, wrap=True, name="accounts-note"))
        self.note = NoteLine(page, stacked=True)
        column.addWidget(self.note)
        self.cards = tuple(AccountBox(title, names, page) for title, names in TITLES)
        for card in self.cards:
            column.addWidget(card)
            self._join(card)
        self.proxy = TextField(self.tr("Proxy"), "proxy", page)
        self.proxy.editor.setPlaceholderText(self.tr("From the environment"))
        if isinstance(self.proxy.editor, QLineEdit):
            self.proxy.editor.editingFinished.connect(lambda: self._commit_proxy(self._proxy_asked))
        column.addWidget(self.proxy)
        self.library = LibraryCard(page)
        self.library.move_asked.connect(self.move_library_asked)
        self.library.cancel_asked.connect(self.cancel_moving_asked)
        column.addWidget(self.library)
        column.addStretch(1)
        self.area.setWidget(page)

    def _build_layout(self) -> None:
        self.close_button = Button(self.tr("Close"), self, name="close")
        self.close_button.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(PAGE_GAP, 0, PAGE_GAP - 4 + self.area.bar_width(), 0)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, WIDE_GAP)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.area, 1)
        column.addLayout(foot)

    def _join(self, card: AccountBox) -> None:
        card.told.connect(self._bring_into_view)
        card.save_key_asked.connect(self.save_key_asked)
        card.forget_key_asked.connect(self.forget_key_asked)
        card.test_asked.connect(partial(self._through_proxy, self.test_asked))
        card.cancel_test_asked.connect(self.cancel_test_asked)
        card.place_asked.connect(self.place_asked)
        card.urls_asked.connect(self.urls_asked)
        card.guide_asked.connect(self._show_guide)
        card.another_account_asked.connect(self.another_account_asked)
        card.other_region_asked.connect(partial(self._through_proxy, self.other_region_asked))
