"""Stretches of a sound, their zoom, the labels of the scale, and times as they are written and typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.takes import Edit
from studio.ui.sound.grips import LEAST_S, Grip, moved, place_of, trimmed
from studio.ui.sound.scale import LABEL_ROOM, LEAST_SHOWN_S, Shown, clock, seconds_of, step_s, tick_label, ticks


def test_a_zoom_keeps_the_point_under_the_pointer() -> None:
    shown = Shown.whole(60.0)
    near = shown.zoomed(4.0, 20.0)
    assert near.span_s == 15.0
    assert near.x_of(20.0, 900) == pytest.approx(shown.x_of(20.0, 900))


@given(
    seconds=st.floats(0.001, 4000.0),
    steps=st.lists(st.tuples(st.floats(0.01, 100.0), st.floats(-5000.0, 5000.0)), max_size=8),
)
def test_nothing_outside_the_sound_is_ever_shown(seconds: float, steps: list[tuple[float, float]]) -> None:
    shown = Shown.whole(seconds)
    for factor, by_s in steps:
        shown = shown.zoomed(factor, min(max(by_s, 0.0), seconds)).moved(by_s)
        assert shown.start_s >= 0.0
        assert shown.end_s <= seconds * (1 + 1e-9) + 1e-9
        assert shown.span_s >= min(LEAST_SHOWN_S, seconds)


def test_what_is_fitted_has_a_little_around_it() -> None:
    part = Shown.whole(60.0).fitted(10.0, 20.0)
    assert (part.start_s, part.end_s) == (pytest.approx(9.6), pytest.approx(20.4))


def test_a_page_is_turned_only_when_it_is_left() -> None:
    page = Shown(60.0, 10.0, 5.0)
    assert page.showing(12.0) is page
    assert page.showing(15.1).start_s == pytest.approx(14.6)


@given(span_s=st.floats(LEAST_SHOWN_S, 3600.0), start_s=st.floats(0.0, 3600.0), width=st.integers(200, 4000))
def test_labels_of_the_scale_have_room(span_s: float, start_s: float, width: int) -> None:
    shown = Shown(7200.0, start_s, span_s)
    step = step_s(shown, width)
    assert step / span_s * width >= LABEL_ROOM * 0.999 or step == 3600.0
    assert all(shown.start_s - 1e-6 <= at_s <= shown.end_s + 1e-6 for at_s in ticks(shown, width))


def test_a_sound_without_length_has_no_labels() -> None:
    assert ticks(Shown(), 500) == []


@pytest.mark.parametrize(
    ("at_s", "step", "words"),
    [
        (5.0, 1.0, "0:05"),
        (5.5, 0.5, "0:05.5"),
        (5.25, 0.05, "0:05.25"),
        (5.253, 0.001, "0:05.253"),
        (3725.0, 60.0, "1:02:05"),
    ],
)
def test_labels_are_as_exact_as_the_step(at_s: float, step: float, words: str) -> None:
    assert tick_label(at_s, step) == words


@pytest.mark.parametrize(
    ("at_s", "words"),
    [(1.2, "0:01.20"), (74.5, "1:14.50"), (1.237, "0:01.237"), (59.9999, "1:00.00"), (-1.0, "0:00.00")],
)
def test_times_are_written_to_the_hundredth_or_as_exact_as_they_are(at_s: float, words: str) -> None:
    assert clock(at_s) == words


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("1:02.5", 62.5),
        ("62,5", 62.5),
        (" 7 s", 7.0),
        ("1:00:02", 3602.0),
        (".5", 0.5),
        ("", None),
        ("soon", None),
        ("1:", None),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, seconds: float | None) -> None:
    assert seconds_of(typed) == seconds


@given(st.floats(0.0, 20_000.0))
def test_what_is_written_can_be_typed(at_s: float) -> None:
    assert seconds_of(clock(at_s)) == pytest.approx(round(at_s, 3), abs=0.006)


@given(
    seconds=st.floats(0.1, 4000.0),
    steps=st.lists(st.tuples(st.sampled_from(Grip), st.floats(-100.0, 5000.0)), min_size=1, max_size=12),
)
def test_no_handle_can_be_moved_past_another(seconds: float, steps: list[tuple[Grip, float]]) -> None:
    edit = Edit()
    for grip, to_s in steps:
        edit = moved(edit, grip, to_s, seconds)
        start, end = edit.span(seconds)
        assert 0.0 <= start < end <= seconds
        assert end - start >= min(LEAST_S, seconds) - 0.0021
        assert place_of(edit, Grip.FADE_IN, seconds) <= place_of(edit, Grip.FADE_OUT, seconds) + 0.0021


def test_an_end_at_the_sounds_own_is_none() -> None:
    assert trimmed(Edit(), 1.0, 16.0, 16.0) == Edit(start_s=1.0)
    assert moved(Edit(end_s=5.0), Grip.END, 99.0, 16.0) == Edit()


def test_fades_give_way_to_a_shorter_selection() -> None:
    edit = Edit(fade_in_s=2.0, fade_out_s=3.0)
    assert trimmed(edit, 5.0, 8.0, 16.0) == Edit(5.0, 8.0, fade_in_s=2.0, fade_out_s=1.0)
    assert trimmed(edit, 5.0, 6.0, 16.0) == Edit(5.0, 6.0, fade_in_s=1.0, fade_out_s=0.0)
