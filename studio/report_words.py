"""The words of the capture report: names of the checks, figures with their units, and what to do about a flaw.

One table for window and commands; a test holds every flaw that judging can give against it. Fields in braces are
filled in by `advice`.
"""

from __future__ import annotations

from collections.abc import Callable

from studio.domain.report import Check, Finding, Flaw, Verdict

Tr = Callable[[str], str]

CHECKS: dict[Check, str] = {
    Check.LENGTH: "Length",
    Check.SPEECH: "Continuous speech",
    Check.CLIPPING: "Clipping",
    Check.LEVEL: "Level",
    Check.LOUDNESS: "Loudness",
    Check.NOISE_FLOOR: "Noise floor",
    Check.SNR: "Signal-to-noise ratio",
    Check.DC_OFFSET: "DC offset",
    Check.HUM: "Hum",
    Check.REVERBERATION: "Reverberation",
    Check.BANDWIDTH: "Bandwidth",
    Check.CHANNELS: "Channels",
    Check.SAMPLE_RATE: "Sample rate",
    Check.BIT_DEPTH: "Bit depth",
    Check.DROPOUTS: "Drop-outs",
    Check.SIZE: "Size",
}

ADVICE: dict[tuple[Check, Flaw], str] = {
    (Check.LENGTH, Flaw.TOO_LITTLE): "{value} is short. Record at least {limit} of speech.",
    (Check.LENGTH, Flaw.TOO_MUCH): "{value} is more than helps. Trim it to the best {limit}.",
    (Check.LENGTH, Flaw.BROKEN): "The file is damaged or cut off, and only a part of it could be read. Check that "
    "nothing is missing in these {value}.",
    (Check.SPEECH, Flaw.MISSING): "No speech is heard. Check that the right microphone is chosen, then record again.",
    (
        Check.SPEECH,
        Flaw.TOO_LITTLE,
    ): "The longest stretch of speech has {value}. Read at least {limit} without long pauses.",
    (Check.SPEECH, Flaw.LONG_PAUSE): "There is a pause of more than {limit}. Trim it off, or read again without it.",
    (Check.CLIPPING, Flaw.SOME): "Clipped in a few places. Lower the microphone's level a little and record again, "
    "or trim those places off.",
    (Check.CLIPPING, Flaw.TOO_MUCH): "Clipped in many places, which nothing can mend. Lower the microphone's level "
    "by 6 dB or more and record again.",
    (Check.LEVEL, Flaw.MISSING): "Nothing but digital silence. Choose another microphone, or look for its mute switch.",
    (Check.LEVEL, Flaw.TOO_LITTLE): "{value} is very soft. Raise the microphone's level, or speak closer to it.",
    (Check.LOUDNESS, Flaw.UNKNOWN): "Too short or too soft for its loudness to be measured. Record again, louder.",
    (Check.LOUDNESS, Flaw.TOO_LITTLE): "{value} is soft. Speak about 10 cm from the microphone, or raise the gain.",
    (Check.LOUDNESS, Flaw.TOO_MUCH): "{value} is loud. Lower the gain, or leave more room to the microphone.",
    (Check.NOISE_FLOOR, Flaw.UNKNOWN): "The noise can't be measured. Leave half a second of quiet before you speak.",
    (Check.NOISE_FLOOR, Flaw.TOO_MUCH): "The room or the microphone is noisy: {value}. Switch off fans, close the "
    "window, speak closer to the microphone.",
    (Check.SNR, Flaw.UNKNOWN): "No speech to hold against the noise. Record again with the voice in it.",
    (Check.SNR, Flaw.TOO_LITTLE): "The voice is only {value} above the noise. Speak closer to the microphone, "
    "or in a quieter room.",
    (Check.DC_OFFSET, Flaw.TOO_MUCH): "The signal is off its middle by {value} of full scale. Use another input or "
    "sound card, or its high-pass switch.",
    (Check.HUM, Flaw.SOME): "Mains hum stands {value} above its surroundings. Move the microphone and its cable away "
    "from power supplies.",
    (Check.REVERBERATION, Flaw.TOO_MUCH): "The room rings for about {value}. Speak closer to the microphone, "
    "in a room with curtains, carpets or full shelves.",
    (Check.BANDWIDTH, Flaw.UNKNOWN): "There is too little sound to tell its bandwidth. Record again.",
    (Check.BANDWIDTH, Flaw.TOO_LITTLE): "The sound ends at {value}, as over a telephone. Record it anew, "
    "with a wired microphone.",
    (Check.BANDWIDTH, Flaw.NARROW): "The sound ends at {value}, far below what its sample rate holds: it was "
    "upsampled or squeezed. Use the first recording, or a microphone without Bluetooth.",
    (Check.CHANNELS, Flaw.CONVERTED): "{value}: they are mixed to one before sending. Listen whether both hold "
    "the same voice.",
    (Check.SAMPLE_RATE, Flaw.TOO_LITTLE): "{value} holds no bright sounds. Record at 48 kHz.",
    (Check.SAMPLE_RATE, Flaw.CONVERTED): "{value} becomes {limit} before sending. Nothing to do.",
    (Check.BIT_DEPTH, Flaw.TOO_LITTLE): "Only {value} are used, which hisses. Record with 16 bits or more.",
    (Check.BIT_DEPTH, Flaw.CONVERTED): "{value} become {limit} before sending. Nothing to do.",
    (Check.DROPOUTS, Flaw.SOME): "{value}: samples are missing there. Close busy programs and record again, "
    "or trim those places off.",
}

REFUSALS: dict[tuple[Check, Flaw], str] = {
    (Check.LENGTH, Flaw.TOO_LITTLE): "{system} takes at least {limit}; this is {value}. Record a longer sample.",
    (
        Check.LENGTH,
        Flaw.TOO_MUCH,
    ): "{system} takes at most {limit}; this is {value}. Trim it to the best 10 to 20 seconds.",
    (
        Check.SPEECH,
        Flaw.MISSING,
    ): "{system} needs at least {limit} of continuous speech, and none is heard. Check that the "
    "right microphone is chosen, then record again.",
    (
        Check.SPEECH,
        Flaw.TOO_LITTLE,
    ): "{system} needs at least {limit} of continuous speech; the longest stretch has {value}. "
    "Read on without pauses of more than 2 seconds.",
    (Check.SAMPLE_RATE, Flaw.TOO_LITTLE): "{system} takes at least {limit}; this has {value}. Record at 48 kHz.",
    (Check.SIZE, Flaw.TOO_MUCH): "{system} takes at most {limit}; this would be {value}. Trim the sample.",
    (Check.SIZE, Flaw.TOO_LITTLE): "{system} takes at least {limit}; this would be {value}. Record a longer sample.",
}
"""Where the chosen system would refuse the sample."""

COUNTED: dict[str, tuple[str, str]] = {
    "runs": ("{count} run", "{count} runs"),
    "channels": ("{count} channel", "{count} channels"),
    "bits": ("{count} bit", "{count} bits"),
    "drop-outs": ("{count} drop-out", "{count} drop-outs"),
}
AT_LEAST, AT_MOST = "at least {figure}", "at most {figure}"
UNKNOWN = "–"

_LOWER = {Check.SPEECH, Check.LEVEL, Check.SNR, Check.BANDWIDTH, Check.SAMPLE_RATE, Check.BIT_DEPTH}
_TOO_SMALL = {Flaw.TOO_LITTLE, Flaw.MISSING, Flaw.NARROW}


def check_label(check: Check, tr: Tr = str) -> str:
    """A check by the name that a person knows."""
    return tr(CHECKS[check])


def value_words(finding: Finding, tr: Tr = str) -> str:
    """The figure with its unit, a dash where there is none."""
    return UNKNOWN if finding.value is None else figure_words(finding.value, finding.unit, tr)


def limit_words(finding: Finding, tr: Tr = str) -> str:
    """What the figure was held against, such as "at most 60.0 s"; empty for none."""
    if finding.limit is None:
        return ""
    figure = figure_words(finding.limit, finding.unit, tr)
    lower = finding.flaw in _TOO_SMALL or (finding.flaw in (Flaw.NONE, Flaw.UNKNOWN) and finding.check in _LOWER)
    return tr(AT_LEAST if lower else AT_MOST).format(figure=figure)


def advice(finding: Finding, system_label: str = "", tr: Tr = str) -> str:
    """What to do about it, one or two sentences; empty for what passes. `system_label` as in `studio.words.LABELS`."""
    if finding.verdict is Verdict.PASS:
        return ""
    words = (REFUSALS if finding.refused else ADVICE)[finding.check, finding.flaw]
    limit = "" if finding.limit is None else figure_words(finding.limit, finding.unit, tr)
    return tr(words).format(value=value_words(finding, tr), limit=limit, system=system_label or tr("The system"))


def figure_words(figure: float, unit: str, tr: Tr = str) -> str:
    """As a person reads it: kHz above a thousand, kB and MB, whole things counted."""
    if unit in COUNTED:
        one, more = COUNTED[unit]
        return tr(one if figure == 1 else more).format(count=f"{figure:.0f}")
    if unit == "Hz":
        return f"{_short(figure / 1_000)} kHz" if figure >= 1_000 else f"{figure:.0f} Hz"
    if unit == "bytes" and figure >= 1_000:
        return f"{figure / 1e6:.1f} MB" if figure >= 100_000 else f"{figure / 1e3:.1f} kB"
    if unit == "bytes":
        return f"{figure:.0f} bytes"
    text = f"{figure:.2f}" if unit == "%" and figure < 1 else f"{figure:.1f}"
    return f"{'0.0' if text == '-0.0' else text} {unit}"


def _short(figure: float) -> str:
    return f"{figure:.1f}".removesuffix(".0")
