"""The capture report: what was measured of a sample, held against what the chosen system takes.

Limits that a system has (`SampleLimits`) make a finding fail that it would refuse; the rest is the craft of recording
and only warns, unless the sample would be of no use. The words are in `studio/report_words.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.audio import AudioFormat


class Check(StrEnum):
    """In the order of the report."""

    LENGTH = "length"
    SPEECH = "speech"
    CLIPPING = "clipping"
    LEVEL = "level"
    LOUDNESS = "loudness"
    NOISE_FLOOR = "noise_floor"
    SNR = "snr"
    DC_OFFSET = "dc_offset"
    HUM = "hum"
    REVERBERATION = "reverberation"
    BANDWIDTH = "bandwidth"
    CHANNELS = "channels"
    SAMPLE_RATE = "sample_rate"
    BIT_DEPTH = "bit_depth"
    DROPOUTS = "dropouts"
    SIZE = "size"


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105 - a verdict
    WARN = "warn"
    FAIL = "fail"


class Flaw(StrEnum):
    """What is wrong in a finding; with its `Check` it names the advice."""

    NONE = ""
    TOO_LITTLE = "too-little"
    TOO_MUCH = "too-much"
    SOME = "some"
    MISSING = "missing"
    LONG_PAUSE = "long-pause"
    CONVERTED = "converted"
    NARROW = "narrow"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of a sound, or of the selected part of one.

    Levels in dBFS (a full-scale sine has a peak of 0 and an RMS of -3.01), loudness in LUFS (BS.1770-4, integrated,
    gated), `hum_db` how far the strongest of the mains' harmonics stands above its surroundings, `hum_hz` 50 or 60.
    `speech` are the stretches with speech, in seconds of the raw sound; `longest_speech_s` is the longest one in
    which no pause is longer than 2 s (api/dashscope.md 2.1). None is for what can't be told: no speech, no pause, no
    decay to measure. `channels`, `rate_hz`, `bit_depth` and `broken` are the source's.
    """

    seconds: float = 0.0
    speech_s: float = 0.0
    longest_speech_s: float = 0.0
    longest_pause_s: float = 0.0
    speech: tuple[tuple[float, float], ...] = ()
    clipped_runs: int = 0
    clipped_samples: int = 0
    peak_dbfs: float = -120.0
    rms_dbfs: float = -120.0
    loudness_lufs: float | None = None
    noise_floor_dbfs: float | None = None
    snr_db: float | None = None
    dc_offset: float = 0.0
    hum_db: float = 0.0
    hum_hz: int = 0
    reverberation_s: float | None = None
    bandwidth_hz: float | None = None
    channels: int = 1
    rate_hz: int = 48_000
    bit_depth: int | None = 16
    dropouts: int = 0
    broken: bool = False

    def suggested(self, margin_s: float = 0.3) -> tuple[float, float] | None:
        """From just before the first word to just after the last one; None without speech."""
        if not self.speech:
            return None
        return max(0.0, self.speech[0][0] - margin_s), self.speech[-1][1] + margin_s


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. `refused`: the system would refuse the sample for it."""

    check: Check
    verdict: Verdict
    value: float | None
    unit: str
    limit: float | None = None
    flaw: Flaw = Flaw.NONE
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """`figures` are what it was made of; `system` is whose limits it was held against, empty for none.

    `sent_as` is the format of what would be sent, where that was made already.
    """

    findings: tuple[Finding, ...]
    figures: Figures = field(repr=False)
    system: str = ""
    sent_as: AudioFormat | None = None

    @property
    def verdict(self) -> Verdict:
        found = {finding.verdict for finding in self.findings}
        return next((one for one in (Verdict.FAIL, Verdict.WARN) if one in found), Verdict.PASS)

    @property
    def refused(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.refused)

    def finding(self, check: Check) -> Finding:
        """Raises StopIteration for a check that is not in the report."""
        return next(finding for finding in self.findings if finding.check is check)
