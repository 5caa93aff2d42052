"""The capture report: what is said of it, what is folded away, and that a live one stays still."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.report import Check, Report
from studio.ui.clone.report_view import ReportView

from . import states_editor as states

FAILS = states.report(seconds=2.4, noise_floor_dbfs=-38.0)
WARNS = states.report(noise_floor_dbfs=-44.0, channels=2)
PASSES = states.report()
LONG = states.report(seconds=130.0)
NOISY = states.report(snr_db=4.0)


@pytest.fixture
def view(qtbot: QtBot, light: None) -> ReportView:
    view = ReportView()
    qtbot.addWidget(view)
    view.resize(700, 700)
    view.show()
    return view


def render(view: ReportView, report: Report | None, *, measuring: bool = False, live: bool = False) -> None:
    view.render_report(report, measuring=measuring, live=live, system_label="Qwen")


def shown(view: ReportView) -> list[Check]:
    return [check for check, row in view.rows.items() if row.name.isVisible()]


def words(view: ReportView, check: Check) -> tuple[str, ...]:
    row = view.rows[check]
    return row.icon.accessibleName(), row.name.text(), row.value.text(), row.limit.text(), row.advice.text()


@pytest.mark.parametrize(
    ("report", "measuring", "live", "verdict"),
    [
        (None, False, False, "What was measured of the take is shown here, before anything is sent."),
        (None, True, False, "Measuring the take…"),
        (None, False, True, "The report comes as soon as there is something to measure."),
        (PASSES, False, False, "A good sample: every check is passed."),
        (WARNS, False, False, "Good enough to send, with 2 warnings."),
        (states.report(channels=2), False, False, "Good enough to send, with 1 warning."),
        (FAILS, False, False, "Qwen would refuse this sample. Nothing is sent before that is mended."),
        (states.report(snr_db=4.0), False, False, "This would make a poor voice. It can be sent all the same."),
        (PASSES, False, True, "So far every check is passed."),
        (WARNS, False, True, "So far it could be sent. This would make it better:"),
        (FAILS, False, True, "So far it isn't enough. This is still needed:"),
        (LONG, False, True, "So far Qwen would refuse it. This must change:"),
        (NOISY, False, True, "So far it would make a poor voice. This must change:"),
    ],
)
def test_the_verdict_in_words(
    view: ReportView, report: Report | None, measuring: bool, live: bool, verdict: str
) -> None:
    render(view, report, measuring=measuring, live=live)
    assert view.verdict.text() == verdict


def test_flaws_are_shown_with_what_to_do(view: ReportView) -> None:
    render(view, FAILS)
    assert shown(view) == [Check.LENGTH, Check.NOISE_FLOOR]
    assert words(view, Check.LENGTH) == (
        *("Failed", "Length", "2.4 s", "at least 3.0 s"),
        "Qwen takes at least 3.0 s; this is 2.4 s. Record a longer sample.",
    )
    assert words(view, Check.NOISE_FLOOR)[0] == "Warning"
    assert view.rows[Check.NOISE_FLOOR].advice.isVisible()


def test_what_passes_is_one_click_away(view: ReportView) -> None:
    render(view, FAILS)
    assert view.show_all.text() == "Show all 16"
    view.show_all.click()
    assert (shown(view), view.show_all.text()) == (list(Check), "Show less")
    assert not view.rows[Check.HUM].advice.isVisible()
    render(view, WARNS)  # what was opened stays open
    assert shown(view) == list(Check)
    view.show_all.click()
    assert shown(view) == [Check.NOISE_FLOOR, Check.CHANNELS]
    assert view.show_all.accessibleName() == "Show all checks"


def test_what_passes_is_shown_where_there_is_nothing_else(view: ReportView) -> None:
    render(view, PASSES)
    assert shown(view) == list(Check)
    assert not view.show_all.isVisible()


def test_nothing_is_listed_before_it_is_measured(view: ReportView) -> None:
    render(view, None, measuring=True)
    assert shown(view) == []
    assert not view.list.isVisible()


def test_a_row_that_has_come_stays_while_recording(view: ReportView) -> None:
    render(view, FAILS, live=True)
    height = view.list.sizeHint().height()
    render(view, WARNS, live=True)
    assert shown(view) == [Check.LENGTH, Check.NOISE_FLOOR, Check.CHANNELS]
    assert words(view, Check.LENGTH)[0] == "Passed"
    assert view.list.sizeHint().height() >= height
    render(view, WARNS)  # the take is finished
    assert shown(view) == [Check.NOISE_FLOOR, Check.CHANNELS]


def test_a_newer_one_on_its_way_is_told_beside_the_old(view: ReportView) -> None:
    render(view, WARNS, measuring=True)
    assert view.state.text() == "measuring again…"
    assert shown(view) == [Check.NOISE_FLOOR, Check.CHANNELS]
    render(view, WARNS)
    assert view.state.text() == ""


def test_it_is_found_by_its_name(view: ReportView) -> None:
    assert (view.list.accessibleName(), view.title.text()) == ("Capture report", "Capture report")
