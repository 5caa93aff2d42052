"""The board of accounts: room, voices that will be deleted, candidates that lost, and what was spent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from studio.domain.accounts import NOIZ, QWEN
from studio.domain.errors import Reason, StudioError
from studio.domain.spending import Expiring, Usage
from studio.flows.usage import UsageState
from studio.ui.library.moving_notes import note_of_usage
from studio.ui.library.usage_board import MOST_SHOWN, UsageBoard

from . import states
from .drawing import drawn
from .states_library import SPEAKING_AND_KEPT, full_accounts, one_account, usage

INFOS = {info.system: info for info in SPEAKING_AND_KEPT}
QWEN_ROW = Usage(QWEN, "a1", "intl", 12, 1_000)


@pytest.fixture
def board(light: None, qtbot: QtBot) -> UsageBoard:
    board = UsageBoard()
    qtbot.addWidget(board)
    board.show()
    return board


def told(board: UsageBoard, name: str) -> list[str]:
    QApplication.sendPostedEvents(None, 52)  # those of the state before are deleted
    return [one.text() for one in board.findChildren(QLabel, name)]


def buttons(board: UsageBoard, name: str) -> list[QPushButton]:
    QApplication.sendPostedEvents(None, 52)
    return board.findChildren(QPushButton, name)


def render(board: UsageBoard, state: UsageState) -> None:
    board.render(state, INFOS)


def test_it_says_that_there_is_nothing(board: UsageBoard) -> None:
    assert board.empty.isHidden()
    render(board, usage())
    assert board.empty.text() == "No voice of another system is here, and nothing was spent."
    assert board.empty.isVisible()
    render(board, one_account())
    assert board.empty.isHidden()


def test_an_account_has_its_room_and_its_spending(board: UsageBoard) -> None:
    render(board, one_account())
    assert told(board, "usage-title") == ["Qwen · International (Singapore)"]
    assert told(board, "usage-voices") == ["12 of 1,000 voices"]
    assert told(board, "usage-spent") == ["$2.40 spent, $0.20 of it this month"]
    (bar,) = board.findChildren(QProgressBar)
    assert (bar.value(), bar.maximum(), bar.accessibleName()) == (12, 1_000, "Voices used")
    assert buttons(board, "keep-alive") == buttons(board, "clean-up") == []


@pytest.mark.parametrize(
    ("row", "voices", "spent"),
    [
        (QWEN_ROW, "12 of 1,000 voices", "Nothing spent"),
        (replace(QWEN_ROW, voices=900), "900 of 1,000 voices: nearly full", "Nothing spent"),
        (
            replace(QWEN_ROW, voices=1_002, usd=0.0006),
            "1,002 of 1,000 voices: nearly full",
            "$0.0006 spent, none this month",
        ),
        (
            replace(QWEN_ROW, usd=0.4, usd_this_month=0.2, unpriced=2),
            "12 of 1,000 voices",
            "$0.40 spent, $0.20 of it this month, and 2 more at prices nobody publishes",
        ),
        (Usage(NOIZ, "a2", "", 1, None, unpriced=1), "1 voice", "1 thing was paid for at a price nobody publishes"),
        (Usage(NOIZ, "a2", "", 7, None, unpriced=3), "7 voices", "3 things were paid for at prices nobody publishes"),
    ],
)
def test_figures_are_said_as_they_are(board: UsageBoard, row: Usage, voices: str, spent: str) -> None:
    render(board, usage(row))
    assert (told(board, "usage-voices"), told(board, "usage-spent")) == ([voices], [spent])


def test_a_voice_is_kept_alive_at_its_price(board: UsageBoard, qtbot: QtBot) -> None:
    render(board, full_accounts())
    names = ["“Announcer”", "“Mira of the river museum, for the evening tours and the adverts”", "“小雨”"]
    assert told(board, "usage-expiring") == names
    price = " · to keep it: less than $0.0001"
    assert told(board, "usage-days") == [
        f"May be deleted automatically any day{price}",
        f"Deleted automatically in 1 day{price}",
        f"Deleted automatically in 40 days{price}",
    ]
    first, second, _ = buttons(board, "keep-alive")
    assert (first.isEnabled(), second.isEnabled()) == (True, False)
    with qtbot.waitSignal(board.keep_alive_asked) as asked:
        first.click()
    assert asked.args == [states.number(1)]


def test_a_long_list_of_expiring_voices_is_cut(board: UsageBoard) -> None:
    many = tuple(Expiring(states.remote(one, f"Voice {one}"), one) for one in range(MOST_SHOWN + 3))
    render(board, usage(replace(QWEN_ROW, expiring=many)))
    assert len(told(board, "usage-expiring")) == MOST_SHOWN
    assert "and 3 more" in [one.text() for one in board.findChildren(QLabel)]


def test_candidates_that_lost_are_cleaned_up(board: UsageBoard, qtbot: QtBot) -> None:
    render(board, full_accounts())
    assert told(board, "usage-losers") == [
        "2 candidates lost to others of the same words and were never used",
        "1 candidate lost to another of the same words and was never used",
    ]
    with qtbot.waitSignal(board.clean_up_asked) as asked:
        buttons(board, "clean-up")[0].click()
    assert asked.args == [(states.number(4), states.number(5))]


def test_what_can_not_be_kept_alive_leads_to_its_account(board: UsageBoard, qtbot: QtBot) -> None:
    render(board, full_accounts())
    buttons(board, "keep-alive")[0].click()
    render(board, replace(full_accounts(), error=StudioError(Reason.KEY_REFUSED, system=QWEN, retryable=True)))
    assert next(iter(board.note.buttons)) == "settings"
    assert "retry" not in board.note.buttons  # the button of the voice is there for that
    with qtbot.waitSignal(board.settings_asked) as asked:
        board.note.buttons["settings"].click()
    assert asked.args == ["model-studio-intl"]
    render(board, full_accounts())
    assert board.note.isHidden()


def test_an_account_whose_key_is_gone_is_named_so(board: UsageBoard) -> None:
    render(board, usage(replace(QWEN_ROW, account="of old")))
    assert "An account whose key isn't in use now" in [one.text() for one in board.findChildren(QLabel)]


def test_every_state_is_drawn_anew(board: UsageBoard) -> None:
    for state in (full_accounts(), one_account(), full_accounts(), usage()):
        render(board, state)
        assert len(told(board, "usage-title")) == len(state.usages)


def test_escape_closes_it(board: UsageBoard, qtbot: QtBot) -> None:
    qtbot.keyClick(board, Qt.Key.Key_Escape)
    assert not board.isVisible()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Qwen deletes “Announcer” any day unless it is spoken with."),
        (1, "Qwen deletes “Announcer” in 1 day unless it is spoken with."),
        (9, "Qwen deletes “Announcer” in 9 days unless it is spoken with."),
    ],
)
def test_the_library_tells_of_a_voice_without_being_asked(days: int, words: str) -> None:
    note = note_of_usage(usage(replace(QWEN_ROW, expiring=(Expiring(states.remote(1), days),))))
    assert note
    assert note.sentence == words


# -- pictures -------------------------------------------------------------------------------------------

PICTURES = {"empty": usage(), "one": one_account(), "full": full_accounts()}


@pytest.mark.parametrize("name", PICTURES)
def test_it_is_drawn(name: str, board: UsageBoard, qapp: QApplication, tmp_path: Path) -> None:
    render(board, PICTURES[name])
    drawn(board, f"usage-{name}", qapp, tmp_path)


@pytest.mark.parametrize("name", ["one", "full"])
def test_it_has_room_for_german(
    name: str, german: None, light: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    board = UsageBoard()
    qtbot.addWidget(board)
    board.resize(board.minimumWidth(), 560)
    board.show()
    render(board, PICTURES[name])
    drawn(board, f"usage-{name}-german", qapp, tmp_path)
    page = board.area.widget()
    assert page.minimumSizeHint().width() <= board.area.viewport().width()
