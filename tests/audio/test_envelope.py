"""The outline that is drawn."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from studio.audio.envelope import envelope
from studio.domain.audio import Pcm


def drawn(samples: np.ndarray) -> np.ndarray:
    pcm = Pcm(np.atleast_2d(samples).astype(np.float32).reshape(len(samples), -1), 24_000)
    return np.frombuffer(envelope(pcm).pairs, np.int8).reshape(-1, 2)


def test_lowest_and_highest_of_each_column() -> None:
    samples = np.zeros(24_000)
    samples[12] = 1.0
    samples[23_999] = -0.5
    outline = drawn(samples)
    assert outline.shape == (1_000, 2)
    assert outline[0].tolist() == [0, 127]
    assert outline[-1].tolist() == [-64, 0]
    assert not outline[1:-1].any()


def test_two_channels_are_mixed() -> None:
    assert not drawn(np.array([[0.5, -0.5]] * 10)).any()


def test_too_loud_stays_in_range() -> None:
    assert drawn(np.array([-9.0, 9.0])).tolist() == [[-127, -127], [127, 127]]


def test_nothing_has_no_columns() -> None:
    assert envelope(Pcm(np.zeros((0, 1), np.float32), 24_000)).columns == 0


@given(st.integers(1, 5_000))
def test_no_sample_is_left_out(frames: int) -> None:
    loud = np.random.default_rng(frames).integers(0, frames)
    samples = np.zeros(frames)
    samples[loud] = 0.5
    outline = drawn(samples)
    assert len(outline) == min(frames, 1_000)
    assert (outline == 64).any(axis=1).sum() == 1
