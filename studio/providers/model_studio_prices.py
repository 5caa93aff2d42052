"""What it costs to speak with CosyVoice's models."""

from __future__ import annotations

from studio.domain.limits import Speech


def _usd(yuan: float) -> float:
    """No document has these prices in dollars; the vendor's own ratio is that of Qwen's, 0.954 yuan to 0.13 dollars."""
    return round(yuan * 0.13 / 0.954, 4)


SPEECH = Speech(
    part_max=2_000,
    han_weight=2,
    by_model=(  # yuan for 10,000 characters: api/dashscope.md 1.3
        ("cosyvoice-v3.5-plus", _usd(1.5)),
        ("cosyvoice-v3.5-flash", _usd(0.8)),
        ("cosyvoice-v3-plus", _usd(2.0)),
        ("cosyvoice-v3-flash", _usd(1.0)),
        ("cosyvoice-v2", _usd(2.0)),
    ),
)
"""20,000 characters would go in one message; parts of a tenth are sooner safe, and sooner said again."""
