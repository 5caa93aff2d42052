"""Figures as they are read: lengths and sample rates."""


def length(seconds: float) -> str:
    """Minutes and seconds, as on a player: 0:07."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def rate(rate_hz: int) -> str:
    return f"{rate_hz / 1000:g} kHz"
