"""The right side of the Clone tab: what is seen of it without scrolling, and orders whose voice comes later."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.accounts import NOIZ
from studio.domain.errors import Reason, StudioError
from studio.ui.clone.tab import CloneTab

from . import states as others
from . import states_booth
from . import states_clone as states
from .test_clone_tab import fill, opened


@pytest.fixture
def tab(qtbot: QtBot, light: None) -> CloneTab:
    return opened(qtbot)


# -- what is seen without scrolling ----------------------------------------------------------------------


def test_the_verdict_stands_above_the_sound_and_leads_to_the_report(tab: CloneTab, qtbot: QtBot) -> None:
    tab.resize(1180, 560)
    line = tab.right.verdict
    assert line.isHidden()
    tab.render_takes(states.takes())
    assert line.words.text() == "A good sample: every check is passed."
    assert line.y() < tab.right.editor.y()
    line.show_report.click()
    qtbot.waitUntil(lambda: tab.right.report.verdict.visibleRegion().boundingRect().height() > 0)
    tab.render_takes(states.refused())
    assert line.words.text().startswith("Qwen would refuse this sample.")
    tab.render_booth(states_booth.recording())
    assert line.isHidden()


def test_a_take_that_an_address_stands_in_for_is_not_praised(tab: CloneTab) -> None:
    tab.render_takes(states.takes())
    tab.form.sample_url.put(states.URL)
    words = "The take isn't used while an address is given, and of that no report can be made."
    assert (tab.right.verdict.words.text(), tab.right.report.verdict.text()) == (words, words)
    assert tab.right.report.list.isHidden()
    tab.form.sample_url.put("")
    assert tab.right.verdict.words.text() == "A good sample: every check is passed."


def test_more_edits_are_scrolled_to(tab: CloneTab, qtbot: QtBot) -> None:
    tab.resize(1180, 560)
    tab.render_takes(states.takes())
    controls = tab.right.editor.controls
    controls.more.click()
    qtbot.waitUntil(lambda: controls.below.visibleRegion().boundingRect() == controls.below.rect())


def test_the_level_is_in_view_when_a_recording_begins(tab: CloneTab, qtbot: QtBot) -> None:
    tab.resize(1180, 560)
    tab.render_takes(states.takes())
    bar = tab.right.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(bar.maximum())
    meter = tab.right.booth.meter
    tab.render_booth(states_booth.recording())
    qtbot.waitUntil(lambda: meter.visibleRegion().boundingRect() == meter.rect())


# -- orders that are open -------------------------------------------------------------------------------


def test_an_open_clone_is_worked_here(tab: CloneTab, qtbot: QtBot) -> None:
    notes = tab.results.orders
    tab.render_orders(others.orders(2))
    assert notes.isHidden()
    tab.render_orders(others.orders(open=(others.clone_order(),)))
    assert notes.open.sentence.text().startswith("“Guide”, ordered at Noiz")
    with qtbot.waitSignal(tab.look_again_asked):
        notes.open.buttons["look-again"].click()
    with qtbot.waitSignal(tab.forget_asked) as forgotten:
        notes.open.buttons["forget"].click()
    assert forgotten.args == [others.clone_order().order_id]
    tab.render_orders(others.orders(0, error=StudioError(Reason.NOT_MADE, system=NOIZ)))
    assert notes.news.sentence.text().startswith("Noiz shows no voice")


def test_a_clone_that_arrives_after_all_is_shown_and_takes_its_right_with_it(tab: CloneTab, qtbot: QtBot) -> None:
    fill(tab)
    tab.render(states.clone(error=states.LOST))
    tab.render_orders(others.orders(0, arrived=states.cloned()))
    card = tab.right.cloned
    assert (card.isHidden(), card.name.text()) == (False, "Grandmother Ilse")
    assert (tab.right_box.stated(), tab.error_note.isHidden(), tab.results.orders.isHidden()) == (False, True, True)
    with qtbot.waitSignal(tab.show_asked) as shown:
        card.note.buttons["show-in-library"].click()
    assert shown.args == [states.cloned().library_id]
    tab.render(states.clone(cloning=True))
    assert card.isHidden()


def test_a_design_that_arrives_is_not_shown_here(tab: CloneTab) -> None:
    fill(tab)
    tab.render_orders(others.orders(0, arrived=others.remote(3, "Mira")))
    assert (tab.right.cloned.isHidden(), tab.right_box.stated()) == (True, True)
