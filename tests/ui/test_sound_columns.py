"""Columns of pixels out of an outline: no extreme is lost at any zoom, and scrolling changes nothing but the place."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.domain.takes import Outline
from studio.ui.sound.columns import columns_of, joined, level_for

from . import states_editor as states


@pytest.fixture(scope="module")
def outline() -> Outline:
    return states.outline(states.take(60.0))


@pytest.mark.parametrize(("per_column", "level"), [(1.0, 0), (256.0, 0), (511.0, 0), (512.0, 1), (5_000.0, 4)])
def test_the_level_is_the_coarsest_that_is_fine_enough(outline: Outline, per_column: float, level: int) -> None:
    assert level_for(outline, per_column) == level


def test_the_coarsest_level_is_the_last(outline: Outline) -> None:
    assert level_for(outline, 1e12) == len(outline.levels) - 1


@pytest.mark.parametrize("count", [1, 7, 640, 1999])
def test_no_extreme_is_lost(outline: Outline, count: int) -> None:
    columns = columns_of(outline, 0.0, outline.frames / count, count)
    assert columns.shape == (count, 2)
    base = outline.levels[0]
    assert (columns[:, 0].min(), columns[:, 1].max()) == (base[:, 0].min(), base[:, 1].max())


def test_a_loud_column_stays_in_its_place() -> None:
    levels = [np.zeros((1024, 2), np.int8)]
    levels[0][700] = (-90, 100)
    while len(levels[-1]) > 1:
        pairs = levels[-1].reshape(-1, 2, 2)
        levels.append(np.stack((pairs[:, :, 0].min(axis=1), pairs[:, :, 1].max(axis=1)), axis=1))
    columns = columns_of(Outline(tuple(levels), 256, 1024 * 256, 48_000), 0.0, 1024 * 256 / 100, 100)
    loud = np.flatnonzero(columns[:, 1])
    assert 68 in loud
    assert set(loud) <= {67, 68}


def test_scrolling_by_whole_columns_changes_nothing_but_the_place(outline: Outline) -> None:
    per_column = 700.3
    here = columns_of(outline, 10 * per_column, per_column, 400)
    there = columns_of(outline, 25 * per_column, per_column, 400)
    assert np.array_equal(here[15:], there[:-15])


def test_beyond_the_end_there_is_nothing(outline: Outline) -> None:
    columns = columns_of(outline, outline.frames - 2_560, 256.0, 20)
    assert columns[:10].any()
    assert not columns[10:].any()


@pytest.mark.parametrize("levels", [(), (np.zeros((0, 2), np.int8),)])
def test_an_empty_outline_has_empty_columns(levels: tuple[NDArray[np.int8], ...]) -> None:
    assert not columns_of(Outline(levels, 256, 0, 48_000), 0.0, 10.0, 30).any()


def asked(log: list[tuple[int, int, int]]) -> Callable[[int, int, int], NDArray[np.int8]]:
    def fine(start: int, end: int, columns: int) -> NDArray[np.int8]:
        log.append((start, end, columns))
        return np.stack((np.full(columns, -5), np.arange(columns) % 100), axis=1).astype(np.int8)

    return fine


def test_what_is_finer_than_the_outline_is_asked_for(outline: Outline) -> None:
    log: list[tuple[int, int, int]] = []
    columns = columns_of(outline, 48_000.0, 100.0, 90, asked(log))
    assert log == [(48_000, 57_000, 90)]
    assert columns[:, 1].tolist() == list(range(90))


def test_a_frame_is_as_wide_as_it_must_be(outline: Outline) -> None:
    log: list[tuple[int, int, int]] = []
    columns = columns_of(outline, 1_000.0, 0.25, 40, asked(log))
    assert log == [(1_000, 1_010, 10)]
    assert columns[:, 1].tolist() == [value for value in range(10) for _ in range(4)]


def test_a_file_that_has_become_shorter_is_drawn_as_silence(outline: Outline) -> None:
    columns = columns_of(outline, 0.0, 10.0, 50, lambda start, end, columns: np.zeros((0, 2), np.int8))
    assert not columns.any()


def test_steep_flanks_are_joined() -> None:
    columns = np.array([(0, 2), (90, 95), (-80, -70)], np.int8)
    assert joined(columns).tolist() == [[0, 2], [2, 95], [-80, 90]]
