"""One account in Settings: its key, its address, and whether they work."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGroupBox, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.accounts import KeySource, Standing, account_info
from studio.domain.errors import StudioError
from studio.domain.limits import Field
from studio.flows.accounts import AccountCard, AccountsState
from studio.ui.buttons import Button, Kind
from studio.ui.combo import Combo
from studio.ui.labels import label
from studio.ui.link import Link
from studio.ui.messages import problem_sentence
from studio.ui.raised import draw_ground
from studio.ui.settings import account_words
from studio.ui.settings.account_key import AccountKey
from studio.ui.settings.account_place import AccountPlace
from studio.ui.settings.account_urls import AccountUrls
from studio.ui.settings.account_words import ANOTHER, FORGET_HERE, OTHER_REGION, SAME, SESSION, SHOW_OTHER
from studio.ui.settings.outcome import Outcome
from studio.ui.theme import GRID, PAGE_GAP, TITLE_SCALE, WIDE_GAP, scaled


class AccountBox(QGroupBox):
    """`accounts` are the names it switches between: one, or one for each region.

    `told` has the line with news, after the person pressed something.
    """

    save_key_asked = Signal(str, str, bool)
    forget_key_asked = Signal(str)
    test_asked = Signal(str)
    cancel_test_asked = Signal(str)
    place_asked = Signal(str, str, str)
    urls_asked = Signal(str, object)
    guide_asked = Signal()
    another_account_asked = Signal(str)
    other_region_asked = Signal(str)
    told = Signal(object)

    def __init__(self, title: str, accounts: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"account-{accounts[0]}")
        self.setAccessibleName(title)
        self.accounts = accounts
        self._info = account_info(accounts[0])
        self._state = AccountsState()
        self._marked: tuple[str, StudioError | None] = ("", None)
        self._asked: dict[str, AccountCard] = {}  # how the card was when its key was sent to be saved
        self._typed_since = False
        self._same: dict[str, tuple[KeySource, str]] = {}  # keys of which it was said that they are no one else's
        self._tried: set[str] = set()  # accounts whose key was tried in the other region since it was last asked for
        self._pressed = False
        self._build_parts(title)
        self._build_layout()
        self._join()
        self.choose(accounts[0])

    # -- drawn from the state -----------------------------------------------------------------------

    def render(self, state: AccountsState) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._state = state
        self._forget_saved()
        card = state.card(self._info.name)
        self.key.render_standing(card.standing, card.error)
        self._render_places(card.standing)
        self._render_problems(card)
        self._render_outcome()
        self.test.setText(self.tr("Cancel") if card.testing else self.tr("Test"))

    def choose(self, name: str) -> None:
        """Shows the account of a region; what was written for another is saved first."""
        if name != self._info.name:
            self.commit()
        self._info = account_info(name)
        if self.region:
            infos = [account_info(one) for one in self.accounts]
            self.region.render_items([(info.region.label, info.name) for info in infos if info.region], name)
        page = self._info.keys_page
        words = self.tr("Get a key at {place}").format(place=page.removeprefix("https://"))
        self.page.render_link(words, page)
        self.render(self._state)

    def begin(self) -> None:
        """The cursor where something is missing most often."""
        first = self.key.field if self._info.needs_key else self.place.base_url
        if self.urls:
            first = next(iter(self.urls.fields.values()))
        first.editor.setFocus()

    def commit(self) -> None:
        """Asks for the addresses that are written and not stored."""
        if self.urls:
            self.urls.commit()
        else:
            self.place.commit()

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_ground(self)

    # -- how it is done -----------------------------------------------------------------------------

    def _render_places(self, standing: Standing) -> None:
        if self.urls:
            self.urls.render_standing(standing)
        else:
            self.place.render_standing(standing)

    def _render_problems(self, card: AccountCard) -> None:
        """Once for each error: a field that was changed since is left alone."""
        if self._marked[0] == self._info.name and self._marked[1] is card.error:
            return
        self._marked = (self._info.name, card.error)
        found = {problem.field: problem_sentence(problem) for problem in card.error.problems} if card.error else {}
        self.key.field.mark(found.get(Field.API_KEY, ""))
        (self.urls or self.place.base_url).mark(found.get(Field.BASE_URL, ""))
        self.place.workspace.mark(found.get(Field.WORKSPACE, ""))

    def _render_outcome(self) -> None:
        card = self._state.card(self._info.name)
        said = self._same.get(self._info.name) == (card.standing.source, card.standing.ending)
        self.question.render_outcome(*((None, ()) if said else account_words.question_of(card)))
        tried = self._info.name in self._tried
        self.outcome.render_outcome(*account_words.outcome_of(card, typed=self.key.has_text(), tried=tried))

    def _forget_saved(self) -> None:
        """A key that was saved leaves the field; one that was refused stays.

        The accounts may be read anew, or an address saved, while a key is on its way: that says nothing of the key.
        """
        for name, before in list(self._asked.items()):
            card = self._state.card(name)
            refused = card.error is not None and card.error is not before.error
            saved = card.saved and card is not before and self._may_be_typed(card.standing)
            if refused or saved:
                del self._asked[name]
            if saved and not self._typed_since:
                self.key.clear()

    def _may_be_typed(self, standing: Standing) -> bool:
        """Whether the key in use may be the one in the field; where the environment goes first, nobody can tell."""
        if standing.source in (KeySource.NONE, KeySource.ENVIRONMENT):
            return standing.source is KeySource.ENVIRONMENT
        return self.key.text().endswith(standing.ending)

    # -- what the person does -----------------------------------------------------------------------

    def _save(self, text: str, *, session_only: bool = False) -> None:
        self.commit()
        name = self._info.name
        self._asked[name] = self._state.card(name)
        self._typed_since = False
        self._same.pop(name, None)
        self._tried.discard(name)
        self.save_key_asked.emit(name, text, session_only)

    def _on_typed(self) -> None:
        self._typed_since = True
        self._render_outcome()

    def _test(self) -> None:
        name = self._info.name
        self._tried.discard(name)
        if self._state.card(name).testing:
            self.cancel_test_asked.emit(name)
        else:
            self.commit()
            self.test_asked.emit(name)

    def _answer(self, answer: str) -> None:
        name = self._info.name
        if answer == SESSION:
            self._save(self.key.text(), session_only=True)
        elif answer == OTHER_REGION:
            self._tried.add(name)
            self.commit()
            self.other_region_asked.emit(name)
        elif answer == SHOW_OTHER:
            self.choose(next(other for other in self.accounts if other != name))
        elif answer == FORGET_HERE:
            self.forget_key_asked.emit(name)
        elif answer == ANOTHER:
            self.another_account_asked.emit(name)
        elif answer == SAME:
            standing = self._state.card(name).standing
            self._same[name] = (standing.source, standing.ending)
            self._render_outcome()

    def _on_pressed(self) -> None:
        self._pressed = True

    def _tell(self, line: Outcome) -> None:
        if self._pressed:
            self._pressed = False
            self.told.emit(line)

    # -- layout, made in reading order --------------------------------------------------------------

    def _build_parts(self, title: str) -> None:
        self.heading = label(title, self, name="account-title")
        scaled(self.heading, TITLE_SCALE, bold=True)
        self.page = Link("keys-page", self)
        self.region = Combo(self.tr("Region"), "region", self) if len(self.accounts) > 1 else None
        self.urls = AccountUrls(self._info, self) if self._info.roles else None
        self.key = AccountKey(self)
        self.question = Outcome("account-question", self)
        self.place = AccountPlace(self)
        self.place.setVisible(not self._info.roles)
        self.test = Button(self.tr("Test"), self, name="test")
        self.guide = Button(self.tr("How to start one"), self, kind=Kind.QUIET, name="guide")
        self.guide.setVisible(bool(self._info.roles))
        metrics = self.test.fontMetrics()
        widest = max(metrics.horizontalAdvance(word) for word in (self.tr("Test"), self.tr("Cancel")))
        self.test.setMinimumWidth(widest + 28)  # the same for either word
        self.outcome = Outcome("account-outcome", self)
        self.question.before, self.outcome.before = self.key.forget, self.test

    def _build_layout(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(2, 0, 2, 0)
        head.setSpacing(GRID)
        head.addWidget(self.heading)
        head.addWidget(self.page)
        if self.region:
            head.addSpacing(GRID)
            head.addWidget(self.region.title)
            head.addWidget(self.region)
        foot = QHBoxLayout()
        foot.setContentsMargins(2, 0, 2, 0)
        foot.addWidget(self.test)
        foot.addWidget(self.guide)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE_GAP, WIDE_GAP, WIDE_GAP, PAGE_GAP)
        column.setSpacing(WIDE_GAP)
        column.addLayout(head)
        if self.urls:
            column.addWidget(self.urls)
        column.addWidget(self.key)
        column.addLayout(_inset(self.question))
        column.addWidget(self.place)
        column.addLayout(foot)
        column.addLayout(_inset(self.outcome))

    def _join(self) -> None:
        if self.region:
            self.region.picked.connect(self.choose)
        self.key.save_asked.connect(self._save)
        self.key.forget_asked.connect(lambda: self.forget_key_asked.emit(self._info.name))
        self.key.typed.connect(self._on_typed)
        self.place.place_asked.connect(lambda url, workspace: self.place_asked.emit(self._info.name, url, workspace))
        if self.urls:
            self.urls.urls_asked.connect(lambda urls: self.urls_asked.emit(self._info.name, urls))
        self.guide.clicked.connect(self.guide_asked)
        self.test.clicked.connect(self._test)
        for line in (self.question, self.outcome):
            line.answered.connect(self._answer)
            line.told.connect(partial(self._tell, line))
        for asked in (self.save_key_asked, self.forget_key_asked, self.test_asked, self.other_region_asked):
            asked.connect(self._on_pressed)


def _inset(widget: QWidget) -> QHBoxLayout:
    """In line with the fields, which leave room for their mark."""
    row = QHBoxLayout()
    row.setContentsMargins(2, 0, 2, 0)
    row.addWidget(widget)
    return row
