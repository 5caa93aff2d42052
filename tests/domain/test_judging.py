from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain import judging
from studio.domain.judging import judged
from studio.domain.limits import SampleLimits
from studio.domain.report import Check, Figures, Finding, Flaw, Report, Verdict

GOOD = Figures(
    seconds=15.0,
    speech_s=12.0,
    longest_speech_s=14.0,
    longest_pause_s=0.6,
    speech=((0.5, 14.5),),
    peak_dbfs=-6.0,
    rms_dbfs=-23.0,
    loudness_lufs=-21.0,
    noise_floor_dbfs=-62.0,
    snr_db=40.0,
    reverberation_s=0.25,
    bandwidth_hz=18_000.0,
)
STRICT = SampleLimits(
    seconds_max=60.0,
    speech_min_s=3.0,
    rate_min_hz=24_000,
    mono=True,
    bytes_min=256,
    bytes_max=10_000_000,
    encoded_max=10_000_000,
)


def found(check: Check, limits: SampleLimits | None = STRICT, size: int | None = None, **changed: object) -> Finding:
    return judged(replace(GOOD, **changed), limits, "qwen", size).finding(check)  # type: ignore[arg-type]


def test_a_good_take_passes_with_a_finding_for_every_check_in_order():
    report = judged(GOOD, STRICT, "qwen")
    assert [finding.check for finding in report.findings] == list(Check)
    assert report.verdict is Verdict.PASS
    assert not report.refused
    assert report.system == "qwen"
    assert report.figures is GOOD


@pytest.mark.parametrize(
    ("check", "changed", "flaw", "verdict"),
    [
        (Check.LENGTH, {"seconds": 2.9}, Flaw.TOO_LITTLE, Verdict.FAIL),
        (Check.LENGTH, {"seconds": 6.0}, Flaw.TOO_LITTLE, Verdict.WARN),
        (Check.LENGTH, {"seconds": 45.0}, Flaw.TOO_MUCH, Verdict.WARN),
        (Check.LENGTH, {"broken": True}, Flaw.BROKEN, Verdict.WARN),
        (Check.LENGTH, {"broken": True, "seconds": 6.0}, Flaw.BROKEN, Verdict.WARN),
        (Check.LENGTH, {"broken": True, "seconds": 2.9}, Flaw.TOO_LITTLE, Verdict.FAIL),
        (Check.SPEECH, {"speech_s": 0.0, "longest_speech_s": 0.0}, Flaw.MISSING, Verdict.FAIL),
        (Check.SPEECH, {"longest_speech_s": 2.0}, Flaw.TOO_LITTLE, Verdict.WARN),
        (Check.SPEECH, {"longest_pause_s": 2.5}, Flaw.LONG_PAUSE, Verdict.WARN),
        (Check.CLIPPING, {"clipped_runs": 1, "clipped_samples": 4}, Flaw.SOME, Verdict.WARN),
        (Check.CLIPPING, {"clipped_runs": 51, "clipped_samples": 160}, Flaw.TOO_MUCH, Verdict.FAIL),
        (Check.CLIPPING, {"clipped_runs": 9, "clipped_samples": 800}, Flaw.TOO_MUCH, Verdict.FAIL),
        (Check.LEVEL, {"peak_dbfs": -120.0}, Flaw.MISSING, Verdict.FAIL),
        (Check.LEVEL, {"peak_dbfs": -31.0}, Flaw.TOO_LITTLE, Verdict.WARN),
        (Check.LEVEL, {"rms_dbfs": -46.0}, Flaw.TOO_LITTLE, Verdict.WARN),
        (Check.LOUDNESS, {"loudness_lufs": None}, Flaw.UNKNOWN, Verdict.WARN),
        (Check.LOUDNESS, {"loudness_lufs": -31.0}, Flaw.TOO_LITTLE, Verdict.WARN),
        (Check.LOUDNESS, {"loudness_lufs": -13.0}, Flaw.TOO_MUCH, Verdict.WARN),
        (Check.NOISE_FLOOR, {"noise_floor_dbfs": None}, Flaw.UNKNOWN, Verdict.WARN),
        (Check.NOISE_FLOOR, {"noise_floor_dbfs": -49.0}, Flaw.TOO_MUCH, Verdict.WARN),
        (Check.SNR, {"snr_db": None}, Flaw.UNKNOWN, Verdict.WARN),
        (Check.SNR, {"snr_db": 24.0}, Flaw.TOO_LITTLE, Verdict.WARN),
        (Check.SNR, {"snr_db": 9.0}, Flaw.TOO_LITTLE, Verdict.FAIL),
        (Check.DC_OFFSET, {"dc_offset": -0.02}, Flaw.TOO_MUCH, Verdict.WARN),
        (Check.HUM, {"hum_db": 20.0, "hum_hz": 50}, Flaw.SOME, Verdict.WARN),
        (Check.REVERBERATION, {"reverberation_s": 1.4}, Flaw.TOO_MUCH, Verdict.WARN),
        (Check.BANDWIDTH, {"bandwidth_hz": None}, Flaw.UNKNOWN, Verdict.WARN),
        (Check.BANDWIDTH, {"bandwidth_hz": 3_900.0}, Flaw.NARROW, Verdict.WARN),
        (Check.BANDWIDTH, {"bandwidth_hz": 7_900.0}, Flaw.NARROW, Verdict.WARN),
        (Check.BANDWIDTH, {"bandwidth_hz": 6_800.0, "rate_hz": 24_000}, Flaw.TOO_LITTLE, Verdict.WARN),
        (Check.CHANNELS, {"channels": 2}, Flaw.CONVERTED, Verdict.WARN),
        (Check.SAMPLE_RATE, {"rate_hz": 96_000}, Flaw.CONVERTED, Verdict.WARN),
        (Check.BIT_DEPTH, {"bit_depth": 8}, Flaw.TOO_LITTLE, Verdict.WARN),
        (Check.BIT_DEPTH, {"bit_depth": 24}, Flaw.CONVERTED, Verdict.WARN),
        (Check.DROPOUTS, {"dropouts": 2}, Flaw.SOME, Verdict.WARN),
    ],
)
def test_craft(check: Check, changed: dict[str, object], flaw: Flaw, verdict: Verdict):
    finding = found(check, None, **changed)
    assert (finding.flaw, finding.verdict, finding.refused) == (flaw, verdict, False)


@pytest.mark.parametrize(
    ("check", "changed", "size", "flaw", "limit"),
    [
        (Check.LENGTH, {"seconds": 61.0}, None, Flaw.TOO_MUCH, 60.0),
        (Check.SPEECH, {"longest_speech_s": 2.9}, None, Flaw.TOO_LITTLE, 3.0),
        (Check.SPEECH, {"speech_s": 0.0, "longest_speech_s": 0.0}, None, Flaw.MISSING, 3.0),
        (Check.SAMPLE_RATE, {"rate_hz": 16_000}, None, Flaw.TOO_LITTLE, 24_000.0),
        (Check.SIZE, {}, 8_000_000, Flaw.TOO_MUCH, 7_499_982.0),
        (Check.SIZE, {}, 100, Flaw.TOO_LITTLE, 256.0),
    ],
)
def test_what_the_system_would_refuse(
    check: Check, changed: dict[str, object], size: int | None, flaw: Flaw, limit: float
):
    finding = found(check, STRICT, size, **changed)
    assert (finding.verdict, finding.flaw, finding.limit, finding.refused) == (Verdict.FAIL, flaw, limit, True)


def test_a_system_s_own_shortest_length_counts_where_it_has_one():
    assert found(Check.LENGTH, SampleLimits(seconds_min=5.0), seconds=4.0).refused
    assert found(Check.LENGTH, SampleLimits(seconds_min=1.0), seconds=2.0).verdict is Verdict.WARN


def test_what_is_converted_before_sending_is_never_refused():
    report = judged(replace(GOOD, channels=2, rate_hz=96_000, bit_depth=24), STRICT)
    assert not report.refused
    assert report.verdict is Verdict.WARN


def test_the_largest_size_that_passes_is_the_largest_whose_data_url_is_short_enough():
    encoded = [len("data:audio/mpeg;base64,") + (size + 2) // 3 * 4 for size in (7_499_982, 7_499_983)]
    assert encoded[0] < 10_000_000 <= encoded[1]


def test_a_size_not_known_is_that_of_the_wav_to_come():
    assert found(Check.SIZE).value == 44 + 15 * 48_000 * 2


def test_hum_below_a_silent_room_s_noise_is_not_heard():
    assert found(Check.HUM, hum_db=30.0, hum_hz=50, noise_floor_dbfs=-75.0).verdict is Verdict.PASS


def test_what_can_not_be_told_of_reverberation_and_bits_is_no_flaw():
    assert found(Check.REVERBERATION, reverberation_s=None).verdict is Verdict.PASS
    assert found(Check.BIT_DEPTH, bit_depth=None).verdict is Verdict.PASS


def test_a_clip_of_nothing_is_judged_too():
    report = judged(Figures(), None)
    assert isinstance(report, Report)
    assert report.verdict is Verdict.FAIL


def test_only_the_standard_library_and_the_domain_are_needed():
    tree = ast.parse(Path(judging.__file__).read_text("utf-8"))
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules == {"__future__", "studio.domain.limits", "studio.domain.report"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
