"""A hole in a take is counted once; lateness, drift and pauses aren't holes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from studio.audio import take_writer
from studio.audio.pace import Pace
from studio.audio.take_writer import TakeWriter

RATE_HZ = 48_000
BLOCK = 480
BLOCK_S = 0.01


def holes(pace: Pace, times: Iterable[float]) -> int:
    return sum(pace.hole(BLOCK, now) for now in times)


def steady(start: float, seconds: float, drift: float = 0.0) -> list[float]:
    return [start + at * BLOCK_S * (1 + drift) for at in range(round(seconds / BLOCK_S))]


@pytest.mark.parametrize("missing_s", [0.2, 0.3, 1.0, 3.0])
def test_a_hole_is_counted_once(missing_s: float) -> None:
    times = steady(100.0, 3) + steady(103.0 + missing_s, 20)
    assert holes(Pace(RATE_HZ), times) == 1


def test_every_hole_is_counted() -> None:
    times = [now for at in range(5) for now in steady(100.0 + at * 3.3, 3)]
    assert holes(Pace(RATE_HZ), times) == 4


@pytest.mark.parametrize("held_s", [0.3, 0.7, 1.5])
def test_what_comes_late_is_not_missing(held_s: float) -> None:
    """All that was held up comes at once, or twice as fast as it was spoken."""
    at_once = [max(now, 102.0 + held_s) if now > 102 else now for now in steady(100.0, 10)]
    assert holes(Pace(RATE_HZ), at_once) == 0
    hurrying = [max(now, 102.0 + held_s + (now - 102.0) / 2) if now > 102 else now for now in steady(100.0, 10)]
    assert holes(Pace(RATE_HZ), hurrying) == (1 if held_s > 1 else 0)


@pytest.mark.parametrize("drift", [-0.001, 0.001])
def test_a_clock_of_its_own_makes_no_holes(drift: float) -> None:
    """Ten minutes at five times what a bad crystal does: 0.6 s."""
    assert holes(Pace(RATE_HZ), steady(100.0, 600, drift)) == 0


def test_blocks_that_come_in_lumps_make_none() -> None:
    times = [now - now % 0.1 + 0.1 for now in steady(100.0, 20)]
    assert holes(Pace(RATE_HZ), times) == 0


def test_a_hole_shortly_before_the_end() -> None:
    pace = Pace(RATE_HZ)
    assert holes(pace, [*steady(100.0, 3), *steady(103.4, 0.4)]) == 0
    assert pace.hole_at_end()
    assert not pace.hole_at_end()


def test_what_has_only_just_come_late_may_still_be_coming() -> None:
    pace = Pace(RATE_HZ)
    assert holes(pace, [*steady(100.0, 3), *steady(103.4, 0.1)]) == 0
    assert not pace.hole_at_end()


# -- in the take ------------------------------------------------------------------------------------------


class Clock:
    """Of the writer's own module."""

    now = 100.0

    def speak(self, writer: TakeWriter, seconds: float) -> None:
        for _ in range(round(seconds / BLOCK_S)):
            self.now += BLOCK_S
            writer.put(np.ones(BLOCK, np.int16))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    one = Clock()
    monkeypatch.setattr(take_writer, "monotonic", lambda: one.now)
    return one


def test_a_take_counts_its_holes(clock: Clock, tmp_path: Path) -> None:
    writer = TakeWriter(tmp_path / "take.wav", RATE_HZ)
    clock.speak(writer, 2)
    clock.now += 0.3
    clock.speak(writer, 2)
    assert writer.dropouts == 1
    clock.now += 0.3
    clock.speak(writer, 0.5)
    assert writer.end(10)
    assert writer.dropouts == 2
    assert writer.written == 4.5 * RATE_HZ


@pytest.mark.parametrize("held_s", [0.0, 0.5])
def test_a_pause_is_no_hole(clock: Clock, tmp_path: Path, held_s: float) -> None:
    """Whether blocks come meanwhile or not."""
    writer = TakeWriter(tmp_path / "take.wav", RATE_HZ)
    clock.speak(writer, 2)
    writer.paused = True
    clock.speak(writer, 2)
    clock.now += held_s
    clock.speak(writer, 0.1)
    writer.paused = False
    clock.speak(writer, 2)
    writer.end(10)
    assert writer.dropouts == 0


def test_a_hole_shortly_before_a_pause(clock: Clock, tmp_path: Path) -> None:
    writer = TakeWriter(tmp_path / "take.wav", RATE_HZ)
    clock.speak(writer, 2)
    clock.now += 0.4
    clock.speak(writer, 0.5)
    writer.paused = True
    clock.speak(writer, 2)
    writer.paused = False
    clock.speak(writer, 2)
    assert writer.end(10)
    assert writer.dropouts == 1


def test_a_hole_that_is_told_is_not_counted_again(clock: Clock, tmp_path: Path) -> None:
    writer = TakeWriter(tmp_path / "take.wav", RATE_HZ)
    clock.speak(writer, 2)
    clock.now += 0.4
    writer.put(np.ones(BLOCK, np.int16), lost=True)
    clock.speak(writer, 2)
    assert writer.end(10)
    assert writer.dropouts == 1
