"""Open orders are told and asked about, and what became of them is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.accounts import NOIZ, QWEN
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Origin
from studio.ui.design.tab import DesignTab
from studio.ui.order_notes import open_words
from studio.ui.window import Window

from . import states

WHEN = f"on {states.NOON.astimezone():%Y-%m-%d at %H:%M}"


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    window = open_window()
    window.render_design(states.design())
    return window


@pytest.fixture
def tab(window: Window) -> DesignTab:
    return window.design_tab


def test_an_open_order_is_told_and_asked_about(tab: DesignTab, qtbot: QtBot) -> None:
    assert tab.orders.isHidden()
    tab.render_orders(states.orders())
    note = tab.orders.open
    assert note.sentence.text() == (
        f"“A calm man”, ordered at Qwen {WHEN}, is still open: its answer was lost, so the voice may have been made "
        "and paid for."
    )
    assert [button.text() for button in note.buttons.values()] == ["Look again", "Forget it"]
    with qtbot.waitSignal(tab.look_again_asked):
        note.buttons["look-again"].click()
    with qtbot.waitSignal(tab.forget_asked) as asked:
        note.buttons["forget"].click()
    assert asked.args == [states.number(70)]
    tab.render_orders(states.orders(0))
    assert tab.orders.isHidden()


def test_several_open_orders_are_counted(tab: DesignTab) -> None:
    tab.render_orders(states.orders(3))
    assert tab.orders.open.sentence.text().endswith("paid for. 2 more are open.")
    tab.render_orders(states.orders(2))
    assert tab.orders.open.sentence.text().endswith("paid for. 1 more is open.")


def test_why_an_order_can_not_be_asked_about_is_told(tab: DesignTab) -> None:
    trouble = StudioError(Reason.KEY_MISSING, system=QWEN, detail="model-studio-intl")
    tab.render_orders(states.orders(trouble=trouble))
    assert tab.orders.open.sentence.text().endswith("paid for. No key is set for Qwen. Add one in Settings → Accounts.")


def test_a_task_goes_on_elsewhere(tab: DesignTab) -> None:
    tab.render_orders(states.orders(open=(states.running_order(),)))
    assert tab.orders.open.sentence.text() == (
        f"EvoLink is still at work on “A calm man”, ordered {WHEN}. It goes on there, and is looked after here."
    )


def test_an_order_that_arrived_can_be_shown(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render_orders(states.orders(1, arrived=states.remote(3, "Mira")))
    news = tab.orders.news
    assert news.sentence.text() == "“Mira” has arrived and is in the Library."
    assert tab.orders.open.isVisible()
    with qtbot.waitSignal(tab.show_asked) as asked:
        news.buttons["show-in-library"].click()
    assert asked.args == [states.number(3)]


def test_an_order_that_came_to_nothing(tab: DesignTab) -> None:
    tab.render_orders(states.orders(0, error=StudioError(Reason.NOT_MADE, system=QWEN)))
    assert tab.orders.news.sentence.text() == (
        "Qwen shows no voice for the order whose answer was lost. It can be ordered again."
    )
    assert tab.orders.open.isHidden()


def test_orders_of_clones_are_not_worked_in_design(tab: DesignTab) -> None:
    tab.render_orders(states.orders(open=(states.clone_order(),)))
    assert tab.orders.isHidden()
    tab.render_orders(states.orders(0, error=StudioError(Reason.NOT_MADE, system=NOIZ)))
    assert tab.orders.isHidden()
    tab.render_orders(states.orders(2, open=(states.clone_order(), *states.orders(1).open)))
    assert tab.orders.open.sentence.text().startswith("“A calm man”, ordered at Qwen")
    assert "more" not in tab.orders.open.sentence.text()
    tab.render_orders(states.orders(0, arrived=states.remote(3, "Guide", origin=Origin.CLONED)))
    assert tab.orders.news.isHidden()


def test_an_order_of_today_has_its_voice_and_its_time() -> None:
    now = datetime.now(UTC)
    order = replace(states.clone_order(), created=now)
    assert f"“Guide”, ordered at Noiz at {now.astimezone():%H:%M}, is still open" in open_words(order)
