"""Figures and texts as they are read: lengths, sample rates, the beginning of a long text, tooltips."""

from __future__ import annotations

SHORT = 40
MOST_OF_AN_ID = 120


def length(seconds: float) -> str:
    """Minutes and seconds, as on a player: 0:07."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def rate(rate_hz: int) -> str:
    return f"{rate_hz / 1000:g} kHz"


def dollars(usd: float) -> str:
    """Cents, or below one as much as is needed: $0.20, $0.0004."""
    return f"${usd:.2f}" if usd >= 0.01 else f"${usd:.4f}"


def short(text: str) -> str:
    """On one line, the beginning of it where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"


def loudness(lufs: float, digits: int = 1) -> str:
    """With a true minus: −16.4 LUFS."""
    shown = f"{abs(lufs):.{digits}f}"
    return f"{'−' if lufs < 0 and float(shown) else ''}{shown} LUFS"


def clipped(voice_id: str) -> str:
    """The beginning and the end of an id that nobody reads: some are as long as a sample."""
    if len(voice_id) <= MOST_OF_AN_ID:
        return voice_id
    half = MOST_OF_AN_ID // 2
    return f"{voice_id[:half]}…{voice_id[-half:]}"


def tip(text: str) -> str:
    """For a tooltip that wraps, and shows tags as they were typed."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<p>{escaped}</p>"
