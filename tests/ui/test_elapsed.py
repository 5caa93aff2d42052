"""The length of a take against the window that the chosen system wants."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.limits import SampleLimits
from studio.domain.report import Figures, Report
from studio.domain.takes import Step
from studio.ui.booth.elapsed import Elapsed
from studio.ui.booth.zones import Zone, clock, scale_s, zone_of
from studio.ui.theme import Role

from . import states_booth as states


def spoken(seconds: float) -> Report:
    return Report((), Figures(longest_speech_s=seconds))


@pytest.fixture
def elapsed(qtbot: QtBot) -> Elapsed:
    elapsed = Elapsed()
    qtbot.addWidget(elapsed)
    elapsed.render_limits(states.STRICT)
    return elapsed


@pytest.mark.parametrize(
    ("seconds", "speech_s", "zone"),
    [
        (0.0, None, Zone.TOO_SHORT),
        (2.9, None, Zone.TOO_SHORT),
        (3.0, None, Zone.SHORT),
        (8.0, 2.9, Zone.LITTLE_SPEECH),
        (8.0, 3.0, Zone.SHORT),
        (10.0, 9.0, Zone.WANTED),
        (20.0, 9.0, Zone.WANTED),
        (20.1, 9.0, Zone.LONG),
        (60.0, 9.0, Zone.LONG),
        (60.1, 9.0, Zone.TOO_LONG),
    ],
)
def test_zones(seconds: float, speech_s: float | None, zone: Zone) -> None:
    report = None if speech_s is None else spoken(speech_s)
    assert zone_of(seconds, states.STRICT, report) is zone


def test_a_system_without_limits_only_wants() -> None:
    limits = SampleLimits()
    assert [zone_of(seconds, limits, spoken(0.0)) for seconds in (1.0, 12.0, 500.0)] == [
        Zone.SHORT,
        Zone.WANTED,
        Zone.LONG,
    ]


@pytest.mark.parametrize(
    ("seconds", "most", "end"), [(0.0, 60.0, 60.0), (61.0, 60.0, 120.0), (0.0, 30.0, 30.0), (0.0, None, 60.0)]
)
def test_the_scale_ends_with_the_maximum_and_grows(seconds: float, most: float | None, end: float) -> None:
    assert scale_s(seconds, SampleLimits(seconds_max=most)) == end


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.0, "0:00.0"), (12.34, "0:12.3"), (59.99, "0:59.9"), (60.0, "1:00.0"), (3725.0, "62:05.0")]
)
def test_the_clock_never_runs_ahead(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown


def words_at(elapsed: Elapsed, seconds: float, speech_s: float) -> str:
    elapsed.render_step(Step.RECORDING, 0, spoken(speech_s))
    elapsed.render_seconds(seconds)
    return elapsed.words.text()


def test_each_zone_has_its_words(elapsed: Elapsed) -> None:
    assert words_at(elapsed, 1.0, 0.0) == "Too short for this system: 3 s of speech at least."
    assert words_at(elapsed, 8.0, 1.24) == (
        "Too little speech for this system: 3 s without a long pause at least, 1.2 s by now."
    )
    assert words_at(elapsed, 8.0, 7.0) == "Enough to be taken. 10 to 20 s are best."
    assert words_at(elapsed, 14.0, 7.0) == "A good length. 10 to 20 s are best."
    assert words_at(elapsed, 30.0, 7.0) == "Longer than it need be. 10 to 20 s are best."
    assert words_at(elapsed, 61.0, 7.0) == "Too long for this system: 60 s at most. Trim it afterwards."


def test_a_minimum_without_speech_is_told_in_seconds(elapsed: Elapsed) -> None:
    elapsed.render_limits(replace(states.STRICT, speech_min_s=None, seconds_min=5.0))
    assert words_at(elapsed, 1.0, 0.0) == "Too short for this system: 5 s at least."


def test_before_a_take_it_says_what_is_wanted(elapsed: Elapsed) -> None:
    assert (elapsed.clock.shown, elapsed.words.text()) == (
        "0:00.0",
        "10 to 20 s are best; this system takes up to 60 s.",
    )
    elapsed.render_limits(SampleLimits())
    assert elapsed.words.text() == "10 to 20 s are best."


def test_the_count_stands_where_the_time_will(elapsed: Elapsed) -> None:
    elapsed.render_step(Step.COUNTING_IN, 3, None)
    assert (elapsed.clock.shown, elapsed.clock.text()) == ("3", "3")
    assert elapsed.words.text() == "Recording begins after the count."
    elapsed.render_step(Step.STARTING, 0, None)
    assert elapsed.clock.shown == "0:00.0"
    assert elapsed.words.text() == "Waiting for the first sound from the microphone…"


def test_a_pause_is_told(elapsed: Elapsed) -> None:
    elapsed.render_step(Step.RECORDING, 0, None)
    elapsed.render_seconds(12.0)
    elapsed.render_step(Step.PAUSED, 0, None)
    assert (elapsed.clock.shown, elapsed.words.text()) == (
        "0:12.0",
        "Paused. A good length. 10 to 20 s are best.",
    )


def test_tenths_are_drawn_and_half_seconds_told(elapsed: Elapsed) -> None:
    elapsed.render_step(Step.RECORDING, 0, None)
    told = set()
    for tenth in range(1, 31):
        elapsed.render_seconds(tenth / 10)
        told.add(elapsed.clock.text())
    assert elapsed.clock.shown == "0:03.0"
    assert len(told) <= 7
    elapsed.render_step(Step.IDLE, 0, None)
    assert elapsed.clock.text() == "0:00.0"


def test_window_and_maximum_are_marked(elapsed: Elapsed) -> None:
    assert elapsed.bar.marks() == ((10.0, Role.GOOD), (20.0, Role.GOOD), (60.0, Role.BAD))
    elapsed.render_limits(SampleLimits(seconds_max=600.0))
    assert elapsed.bar.marks() == ((10.0, Role.GOOD), (20.0, Role.GOOD))


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, ""),
        (1, "1 drop-out: the computer lost sound for a moment"),
        (2, "2 drop-outs: the computer lost sound for a moment"),
    ],
)
def test_drop_outs_are_told(elapsed: Elapsed, count: int, words: str) -> None:
    elapsed.render_dropouts(count)
    assert (elapsed.dropouts.text(), elapsed.dropouts.isHidden()) == (words, not count)
