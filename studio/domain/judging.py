"""The capture report's judgement: sixteen findings, each figure held against what it ought to be.

What the chosen system would refuse fails and is `refused`. The rest is the craft of recording: the thresholds stand
here with their reasons, and only what makes a sample useless fails.
"""

from __future__ import annotations

from studio.domain.limits import SampleLimits
from studio.domain.report import Check, Figures, Finding, Flaw, Report, Verdict

LENGTH_MIN_S = 3.0
"""The least that any documented system can use (api/dashscope.md 2.1, Qwen)."""

PAUSE_MAX_S = 2.0
"""Longer pauses end what the vendors count as continuous speech (api/dashscope.md 2.1)."""

CLIPPED_MAX_RUNS, CLIPPED_MAX_PART = 50, 0.001
"""Above, it is heard all the time and not in a loud word or two."""

PEAK_MIN_DBFS, RMS_MIN_DBFS = -30.0, -45.0
"""Below, 16 bits and the noise of a usual microphone are heard beside the voice."""

SILENT_DBFS = -90.4
"""Just below the last of 16 bits: nothing but digital zeros."""

LOUDNESS_MIN_LUFS, LOUDNESS_MAX_LUFS = -30.0, -14.0
NOISE_MAX_DBFS = -50.0
SNR_MIN_DB, SNR_USELESS_DB = 25.0, 10.0
DC_MAX_PERCENT = 1.0

HUM_MAX_DB, HUM_HEARD_DBFS = 15.0, -70.0
"""Above its surroundings; where all the noise together is softer than the second figure, no hum can be heard."""

REVERBERATION_MAX_S = 0.5
"""A furnished room; a clone takes the room on with the voice. It never fails: no system refuses a sample for it, and
the figure is an estimate that may be 30 % off."""

BANDWIDTH_MIN_HZ, BANDWIDTH_PART = 7_000.0, 0.5
"""Telephones end at 3.4 or 7 kHz. A sound that ends in the lower half of its rate was upsampled or coded hard."""

RATE_MIN_HZ, RATE_MAX_HZ = 16_000, 48_000
BITS_MIN, BITS_MAX = 14, 16
"""14 bits reach 84 dB down, below the noise of any room. More than 16 are rounded before sending."""

_GENERAL = SampleLimits()


def judged(figures: Figures, limits: SampleLimits | None, system: str = "", encoded_bytes: int | None = None) -> Report:
    """One finding for every `Check`, in their order. Without limits, good practice alone counts.

    `encoded_bytes` is the size of what would be sent; not known, that of a 16-bit mono WAV is taken.
    """
    held = limits or _GENERAL
    findings = (
        _length(figures, held),
        _speech(figures, held),
        _clipping(figures),
        _level(figures),
        _loudness(figures),
        _noise_floor(figures),
        _snr(figures),
        _dc_offset(figures),
        _hum(figures),
        _reverberation(figures),
        _bandwidth(figures),
        _channels(figures),
        _sample_rate(figures, held),
        _bit_depth(figures),
        _dropouts(figures),
        _size(figures, limits, encoded_bytes),
    )
    return Report(findings, figures, system)


def wav_bytes(figures: Figures) -> int:
    """The size of these seconds as 16-bit mono WAV at their own rate, at most 48 kHz."""
    return 44 + 2 * round(figures.seconds * min(figures.rate_hz, RATE_MAX_HZ))


def _passed(check: Check, value: float | None, unit: str, limit: float | None = None) -> Finding:
    return Finding(check, Verdict.PASS, value, unit, limit)


def _warned(check: Check, value: float | None, unit: str, limit: float | None, flaw: Flaw) -> Finding:
    return Finding(check, Verdict.WARN, value, unit, limit, flaw)


def _failed(
    check: Check, value: float | None, unit: str, limit: float | None, flaw: Flaw, *, refused: bool = False
) -> Finding:
    return Finding(check, Verdict.FAIL, value, unit, limit, flaw, refused)


def _length(figures: Figures, limits: SampleLimits) -> Finding:
    check, seconds = Check.LENGTH, figures.seconds
    shortest, longest = limits.seconds_wanted
    if limits.seconds_min is not None and seconds < limits.seconds_min:
        return _failed(check, seconds, "s", limits.seconds_min, Flaw.TOO_LITTLE, refused=True)
    if limits.seconds_max is not None and seconds > limits.seconds_max:
        return _failed(check, seconds, "s", limits.seconds_max, Flaw.TOO_MUCH, refused=True)
    if limits.seconds_min is None and seconds < LENGTH_MIN_S:
        return _failed(check, seconds, "s", LENGTH_MIN_S, Flaw.TOO_LITTLE)
    if figures.broken:
        return _warned(check, seconds, "s", None, Flaw.BROKEN)
    if seconds < shortest:
        return _warned(check, seconds, "s", shortest, Flaw.TOO_LITTLE)
    if seconds > longest:
        return _warned(check, seconds, "s", longest, Flaw.TOO_MUCH)
    return _passed(check, seconds, "s", longest)


def _speech(figures: Figures, limits: SampleLimits) -> Finding:
    """The value is the longest continuous stretch: the one that systems have a limit for."""
    check, longest, least = Check.SPEECH, figures.longest_speech_s, limits.speech_min_s
    if not figures.speech_s:
        return _failed(check, 0.0, "s", least or LENGTH_MIN_S, Flaw.MISSING, refused=least is not None)
    if least is not None and longest < least:
        return _failed(check, longest, "s", least, Flaw.TOO_LITTLE, refused=True)
    if longest < LENGTH_MIN_S:
        return _warned(check, longest, "s", LENGTH_MIN_S, Flaw.TOO_LITTLE)
    if figures.longest_pause_s > PAUSE_MAX_S:
        return _warned(check, longest, "s", PAUSE_MAX_S, Flaw.LONG_PAUSE)
    return _passed(check, longest, "s", least or LENGTH_MIN_S)


def _clipping(figures: Figures) -> Finding:
    check, runs = Check.CLIPPING, float(figures.clipped_runs)
    if not figures.clipped_runs:
        return _passed(check, runs, "runs", 0.0)
    samples = max(figures.seconds * min(figures.rate_hz, RATE_MAX_HZ), 1.0)
    if figures.clipped_runs > CLIPPED_MAX_RUNS or figures.clipped_samples / samples > CLIPPED_MAX_PART:
        return _failed(check, runs, "runs", 0.0, Flaw.TOO_MUCH)
    return _warned(check, runs, "runs", 0.0, Flaw.SOME)


def _level(figures: Figures) -> Finding:
    """Of the peak, unless it is the RMS alone that is too low: then of that."""
    check, peak = Check.LEVEL, figures.peak_dbfs
    if peak < SILENT_DBFS:
        return _failed(check, peak, "dBFS", PEAK_MIN_DBFS, Flaw.MISSING)
    if peak < PEAK_MIN_DBFS:
        return _warned(check, peak, "dBFS", PEAK_MIN_DBFS, Flaw.TOO_LITTLE)
    if figures.rms_dbfs < RMS_MIN_DBFS:
        return _warned(check, figures.rms_dbfs, "dBFS", RMS_MIN_DBFS, Flaw.TOO_LITTLE)
    return _passed(check, peak, "dBFS", PEAK_MIN_DBFS)


def _loudness(figures: Figures) -> Finding:
    check, lufs = Check.LOUDNESS, figures.loudness_lufs
    if lufs is None:
        return _warned(check, None, "LUFS", LOUDNESS_MIN_LUFS, Flaw.UNKNOWN)
    if lufs < LOUDNESS_MIN_LUFS:
        return _warned(check, lufs, "LUFS", LOUDNESS_MIN_LUFS, Flaw.TOO_LITTLE)
    if lufs > LOUDNESS_MAX_LUFS:
        return _warned(check, lufs, "LUFS", LOUDNESS_MAX_LUFS, Flaw.TOO_MUCH)
    return _passed(check, lufs, "LUFS", LOUDNESS_MAX_LUFS)


def _noise_floor(figures: Figures) -> Finding:
    check, floor = Check.NOISE_FLOOR, figures.noise_floor_dbfs
    if floor is None:
        return _warned(check, None, "dBFS", NOISE_MAX_DBFS, Flaw.UNKNOWN)
    if floor > NOISE_MAX_DBFS:
        return _warned(check, floor, "dBFS", NOISE_MAX_DBFS, Flaw.TOO_MUCH)
    return _passed(check, floor, "dBFS", NOISE_MAX_DBFS)


def _snr(figures: Figures) -> Finding:
    check, snr = Check.SNR, figures.snr_db
    if snr is None:
        return _warned(check, None, "dB", SNR_MIN_DB, Flaw.UNKNOWN)
    if snr < SNR_USELESS_DB:
        return _failed(check, snr, "dB", SNR_USELESS_DB, Flaw.TOO_LITTLE)
    if snr < SNR_MIN_DB:
        return _warned(check, snr, "dB", SNR_MIN_DB, Flaw.TOO_LITTLE)
    return _passed(check, snr, "dB", SNR_MIN_DB)


def _dc_offset(figures: Figures) -> Finding:
    percent = abs(figures.dc_offset) * 100
    if percent > DC_MAX_PERCENT:
        return _warned(Check.DC_OFFSET, percent, "%", DC_MAX_PERCENT, Flaw.TOO_MUCH)
    return _passed(Check.DC_OFFSET, percent, "%", DC_MAX_PERCENT)


def _hum(figures: Figures) -> Finding:
    heard = figures.noise_floor_dbfs is None or figures.noise_floor_dbfs > HUM_HEARD_DBFS
    if figures.hum_db > HUM_MAX_DB and heard:
        return _warned(Check.HUM, figures.hum_db, "dB", HUM_MAX_DB, Flaw.SOME)
    return _passed(Check.HUM, figures.hum_db, "dB", HUM_MAX_DB)


def _reverberation(figures: Figures) -> Finding:
    """Passed where it can't be told: most short samples have too few pauses, and nothing is wrong with that."""
    seconds = figures.reverberation_s
    if seconds is not None and seconds > REVERBERATION_MAX_S:
        return _warned(Check.REVERBERATION, seconds, "s", REVERBERATION_MAX_S, Flaw.TOO_MUCH)
    return _passed(Check.REVERBERATION, seconds, "s", REVERBERATION_MAX_S)


def _bandwidth(figures: Figures) -> Finding:
    check, used = Check.BANDWIDTH, figures.bandwidth_hz
    if used is None:
        return _warned(check, None, "Hz", BANDWIDTH_MIN_HZ, Flaw.UNKNOWN)
    promised = BANDWIDTH_PART * min(figures.rate_hz, RATE_MAX_HZ) / 2
    if used < BANDWIDTH_MIN_HZ:
        flaw = Flaw.NARROW if used <= promised else Flaw.TOO_LITTLE
        return _warned(check, used, "Hz", BANDWIDTH_MIN_HZ, flaw)
    if used <= promised:
        return _warned(check, used, "Hz", promised, Flaw.NARROW)
    return _passed(check, used, "Hz", BANDWIDTH_MIN_HZ)


def _channels(figures: Figures) -> Finding:
    """Mixed to one before sending, so that no system refuses it."""
    if figures.channels > 1:
        return _warned(Check.CHANNELS, float(figures.channels), "channels", 1.0, Flaw.CONVERTED)
    return _passed(Check.CHANNELS, float(figures.channels), "channels", 1.0)


def _sample_rate(figures: Figures, limits: SampleLimits) -> Finding:
    check, rate_hz = Check.SAMPLE_RATE, float(figures.rate_hz)
    if limits.rate_min_hz is not None and rate_hz < limits.rate_min_hz:
        return _failed(check, rate_hz, "Hz", float(limits.rate_min_hz), Flaw.TOO_LITTLE, refused=True)
    if rate_hz < RATE_MIN_HZ:
        return _warned(check, rate_hz, "Hz", float(RATE_MIN_HZ), Flaw.TOO_LITTLE)
    if rate_hz > RATE_MAX_HZ:
        return _warned(check, rate_hz, "Hz", float(RATE_MAX_HZ), Flaw.CONVERTED)
    return _passed(check, rate_hz, "Hz", float(limits.rate_min_hz or RATE_MIN_HZ))


def _bit_depth(figures: Figures) -> Finding:
    """Passed where the coding has none."""
    check, bits = Check.BIT_DEPTH, figures.bit_depth
    if bits is None:
        return _passed(check, None, "bits", float(BITS_MIN))
    if bits < BITS_MIN:
        return _warned(check, float(bits), "bits", float(BITS_MIN), Flaw.TOO_LITTLE)
    if bits > BITS_MAX:
        return _warned(check, float(bits), "bits", float(BITS_MAX), Flaw.CONVERTED)
    return _passed(check, float(bits), "bits", float(BITS_MIN))


def _dropouts(figures: Figures) -> Finding:
    if figures.dropouts:
        return _warned(Check.DROPOUTS, float(figures.dropouts), "drop-outs", 0.0, Flaw.SOME)
    return _passed(Check.DROPOUTS, 0.0, "drop-outs", 0.0)


def _size(figures: Figures, limits: SampleLimits | None, encoded_bytes: int | None) -> Finding:
    check = Check.SIZE
    size = wav_bytes(figures) if encoded_bytes is None else encoded_bytes
    if limits is None:
        return _passed(check, float(size), "bytes")
    most = limits.bytes_max
    if limits.encoded_max is not None:
        most = min(most, _raw_max(limits.encoded_max))
    if size > most:
        return _failed(check, float(size), "bytes", float(most), Flaw.TOO_MUCH, refused=True)
    if size < limits.bytes_min:
        return _failed(check, float(size), "bytes", float(limits.bytes_min), Flaw.TOO_LITTLE, refused=True)
    return _passed(check, float(size), "bytes", float(most))


def _raw_max(encoded_max: int) -> int:
    """The most bytes whose data URL stays below, as `clone_problems` counts it: base64 makes four of every three."""
    head = max(len(f"data:{media};base64,") for media in _GENERAL.media)
    return (encoded_max - 1 - head) // 4 * 3
