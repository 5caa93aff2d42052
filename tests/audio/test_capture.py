"""The figures of the meter, from blocks made for it."""

from __future__ import annotations

import numpy as np
import pytest

from studio.audio import capture as capture_module
from studio.audio.capture import KEPT, Capture
from studio.domain.takes import Meter


class Fine:
    input_overflow = False


def hear(capture: Capture, *samples: int) -> None:
    block = np.array(samples, np.int16)
    capture.hear(memoryview(block.tobytes()), len(block) // capture._channels, None, Fine())


def test_before_the_first_block() -> None:
    assert Capture(48_000).meter() == Meter()


def test_peak_and_rms_since_the_last_look() -> None:
    capture = Capture(48_000)
    hear(capture, 16_384, 0, 0, 0)
    hear(capture, -3_277, 3_277, -3_277, 3_277)
    meter = capture.meter()
    assert meter.peak_dbfs == pytest.approx(-6.02, abs=0.01)
    assert meter.rms_dbfs == pytest.approx(10 * np.log10((0.25 + 4 * 0.01) / 8), abs=0.01)
    hear(capture, -3_277, 3_277)
    meter = capture.meter()
    assert (meter.peak_dbfs, meter.rms_dbfs) == pytest.approx((-20.0, -20.0), abs=0.01)
    assert capture.meter() == meter  # nothing new: the needle stays


def test_it_falls_when_nothing_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(capture_module, "monotonic", lambda: now)
    capture = Capture(48_000)
    hear(capture, 16_384)
    assert capture.meter().flowing
    now += 1.0
    assert capture.quiet_s() == 1.0
    assert capture.meter() == Meter()


def test_a_meter_that_is_not_asked_for_long_shows_the_newest() -> None:
    capture = Capture(48_000)
    hear(capture, 30_000)
    for _ in range(KEPT):
        hear(capture, 328)
    assert capture.meter().peak_dbfs == pytest.approx(-40.0, abs=0.01)


@pytest.mark.parametrize(("sample", "clipped"), [(32_767, True), (-32_768, True), (32_766, False), (-32_766, False)])
def test_full_scale_is_clipping(sample: int, clipped: bool) -> None:
    capture = Capture(48_000)
    hear(capture, 0, sample)
    hear(capture, 0, 0)
    assert capture.meter().clipped is clipped


def test_only_exact_zeros_are_silence() -> None:
    capture = Capture(10)
    hear(capture, *[0] * 15)
    hear(capture, *[0] * 10)
    assert capture.meter().silent_s == 2.5
    assert capture.meter().rms_dbfs == -120.0
    hear(capture, 0, -1)
    assert capture.meter().silent_s == 0.0
    assert capture.meter().peak_dbfs > -91


def test_of_two_channels_the_first_is_taken() -> None:
    capture = Capture(10, channels=2)
    hear(capture, 3_277, 32_767, -3_277, 32_767)
    meter = capture.meter()
    assert meter.peak_dbfs == pytest.approx(-20.0, abs=0.01)
    assert meter.rms_dbfs == pytest.approx(-20.0, abs=0.01)
    assert not meter.clipped
