"""The board of accounts: how many voices each holds, which will be deleted soon, what lost, and what was spent."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from studio.domain.accounts import account_name
from studio.domain.limits import SystemInfo, price_of
from studio.domain.spending import Expiring, Usage
from studio.domain.voices import Voice
from studio.flows.usage import UsageState, keep_alive_text
from studio.ui.buttons import Button
from studio.ui.formats import dollars
from studio.ui.labels import ElidedLabel, label
from studio.ui.messages import price_of_text, region_label, system_label
from studio.ui.note_line import NoteLine, note_of
from studio.ui.raised import Raised
from studio.ui.scrolling import ScrollColumn
from studio.ui.theme import GAP, PAGE_GAP, TITLE_SCALE, WIDE_GAP, Role, scaled

MOST_SHOWN = 20
"""Expiring voices of one account that have a line of their own."""


class UsageBoard(QDialog):
    """Never modal. `clean_up_asked` has the ids of candidates that lost, `settings_asked` the name of an account."""

    keep_alive_asked = Signal(object)
    clean_up_asked = Signal(object)
    settings_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("usage-board")
        self.setWindowTitle(self.tr("Usage"))
        self.setAccessibleName(self.tr("Usage"))
        self.setModal(False)
        self.setMinimumSize(440, 320)
        self.resize(620, 560)
        self._shown: tuple[object, ...] = ()
        self._rows: list[QWidget] = []
        self._kept_last: Voice | None = None
        self._build()

    def render(self, state: UsageState, infos: dict[str, SystemInfo]) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.note.render_note(note_of(state.error, retry=False, region=None) if state.error else None)
        shown = (state.usages, state.labels, state.keeping, tuple(infos.values()))
        if shown == self._shown:
            return
        self._shown = shown
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        labels = dict(state.labels)
        self._rows = [
            _Account(usage, labels.get(usage.account, ""), infos.get(usage.system), state.keeping, self)
            for usage in state.usages
        ]
        for at, row in enumerate(self._rows):
            self._column.insertWidget(at, row)
        self.empty.setVisible(state.loaded and not state.usages)

    def keep_alive(self, voice: Voice) -> None:
        self._kept_last = voice
        self.keep_alive_asked.emit(voice.library_id)

    def _ask_settings(self) -> None:
        """What may help is at the account of the voice that could not be kept."""
        voice = self._kept_last
        self.settings_asked.emit(account_name(voice.system, voice.region) if voice else "")

    def _build(self) -> None:
        self.area = area = ScrollColumn("usage-area", self)
        page = QWidget()
        self._page_column = QVBoxLayout(page)
        self._page_column.setContentsMargins(PAGE_GAP, PAGE_GAP, PAGE_GAP - 4, PAGE_GAP)
        self._page_column.setSpacing(WIDE_GAP)
        heading = label(self.tr("Usage"), page, name="usage-heading")
        scaled(heading, TITLE_SCALE * TITLE_SCALE, bold=True)
        words = self.tr(
            "Voices as this library knows them, and what was spent through this program. Prices are list prices."
        )
        self.note = NoteLine(page, stacked=True)
        self.note.action_asked.connect(lambda _: self._ask_settings())
        nothing = self.tr("No voice of another system is here, and nothing was spent.")
        self.empty = label(nothing, page, role=Role.TEXT_DIM, wrap=True)
        self.empty.hide()
        self._page_column.addWidget(heading)
        self._page_column.addWidget(label(words, page, role=Role.TEXT_DIM, wrap=True, name="usage-note"))
        self._page_column.addWidget(self.note)
        self._page_column.addWidget(self.empty)
        self._column = QVBoxLayout()
        self._column.setSpacing(WIDE_GAP)
        self._page_column.addLayout(self._column)
        self._page_column.addStretch(1)
        area.setWidget(page)
        self.close_button = Button(self.tr("Close"), self, name="close")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(PAGE_GAP, 0, PAGE_GAP - 4 + area.bar_width(), 0)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, WIDE_GAP)
        column.setSpacing(WIDE_GAP)
        column.addWidget(area, 1)
        column.addLayout(foot)


class _Account(Raised):
    """One system of one account."""

    def __init__(
        self, usage: Usage, account: str, info: SystemInfo | None, keeping: tuple[UUID, ...], board: UsageBoard
    ) -> None:
        super().__init__()
        self.setObjectName("usage-account")
        self._board = board
        self._info = info
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(WIDE_GAP, WIDE_GAP, WIDE_GAP, WIDE_GAP)
        self._column.setSpacing(GAP)
        title = label(_place(usage), self, wrap=True, name="usage-title")
        scaled(title, TITLE_SCALE, bold=True)
        self._column.addWidget(title)
        self._column.addWidget(
            ElidedLabel(account or self.tr("An account whose key isn't in use now"), self, role=Role.TEXT_DIM)
        )
        self._add_voices(usage)
        self._column.addWidget(label(_spent(usage), self, wrap=True, name="usage-spent"))
        for one in usage.expiring[:MOST_SHOWN]:
            self._add_expiring(one, keeping)
        if (more := len(usage.expiring) - MOST_SHOWN) > 0:
            self._column.addWidget(label(self.tr("and {count} more").format(count=more), self, role=Role.TEXT_DIM))
        if usage.losers:
            self._add_losers(usage)

    def _add_voices(self, usage: Usage) -> None:
        if usage.voices_max is None:
            words = self.tr("1 voice") if usage.voices == 1 else self.tr("{count} voices")
            words = words.format(count=f"{usage.voices:,}")
        else:
            words = self.tr("{count} of {most} voices").format(count=f"{usage.voices:,}", most=f"{usage.voices_max:,}")
            bar = QProgressBar(self)
            bar.setTextVisible(False)
            bar.setFixedHeight(6)
            bar.setRange(0, usage.voices_max)
            bar.setValue(min(usage.voices, usage.voices_max))
            bar.setAccessibleName(self.tr("Voices used"))
            self._column.addWidget(bar)
        nearly = usage.nearly_full
        told = self.tr("{voices}: nearly full").format(voices=words) if nearly else words
        self._column.addWidget(label(told, self, role=Role.WARN if nearly else Role.TEXT, name="usage-voices"))

    def _add_expiring(self, one: Expiring, keeping: tuple[UUID, ...]) -> None:
        """The day is never cut off, whatever the name."""
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(GAP)
        words.setSpacing(0)
        words.addWidget(ElidedLabel(f"“{one.voice.name}”", self, name="usage-expiring"))
        speech = self._info.speech if self._info else None
        said = _days(one.days)
        if speech:
            price = price_of_text(price_of(keep_alive_text(one.voice), speech, one.voice.target_model))
            said = self.tr("{day} · to keep it: {price}").format(day=said, price=price)
        words.addWidget(label(said, self, role=Role.TEXT_DIM, wrap=True, name="usage-days"))
        row.addLayout(words, 1)
        if speech:
            row.addWidget(self._keep_button(one.voice, keeping))
        self._column.addLayout(row)

    def _keep_button(self, voice: Voice, keeping: tuple[UUID, ...]) -> Button:
        keep = Button(self.tr("Keep alive"), self, icon_name="speak", name="keep-alive")
        keep.setAutoDefault(False)
        keep.setToolTip(self.tr("Speaks one word with the voice, so that its system keeps it for another year"))
        keep.setAccessibleDescription(voice.name)
        keep.setEnabled(voice.library_id not in keeping)
        keep.clicked.connect(partial(self._board.keep_alive, voice))
        return keep

    def _add_losers(self, usage: Usage) -> None:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        count = len(usage.losers)
        words = (
            self.tr("1 candidate lost to another of the same words and was never used")
            if count == 1
            else self.tr("{count} candidates lost to others of the same words and were never used")
        )
        row.addWidget(label(words.format(count=count), self, wrap=True, name="usage-losers"), 1)
        clean = Button(self.tr("Clean up…"), self, icon_name="delete", name="clean-up")
        clean.setAutoDefault(False)
        ids = tuple(voice.library_id for voice in usage.losers)
        clean.clicked.connect(partial(self._board.clean_up_asked.emit, ids))
        row.addWidget(clean)
        self._column.addLayout(row)


def _place(usage: Usage) -> str:
    label_of = system_label(usage.system)
    return f"{label_of} · {region_label(usage.region)}" if usage.region else label_of


def _days(days: int) -> str:
    words = {0: _tr("May be deleted automatically any day"), 1: _tr("Deleted automatically in 1 day")}
    return words.get(days, _tr("Deleted automatically in {days} days")).format(days=days)


def _spent(usage: Usage) -> str:
    if not usage.usd:
        words = _tr("1 thing was paid for at a price nobody publishes")
        if usage.unpriced != 1:
            words = _tr("{count} things were paid for at prices nobody publishes")
        return words.format(count=usage.unpriced) if usage.unpriced else _tr("Nothing spent")
    words = _tr("{usd} spent, {month} of it this month" if usage.usd_this_month else "{usd} spent, none this month")
    said = words.format(usd=dollars(usage.usd), month=dollars(usage.usd_this_month))
    if usage.unpriced:
        said += _tr(", and {count} more at prices nobody publishes").format(count=usage.unpriced)
    return said


def _tr(text: str) -> str:
    return QCoreApplication.translate("usage", text)
