"""Telling whether a voice that a system lists is the one that an order was for, when its answer was lost."""

from __future__ import annotations

from studio.domain.briefs import Brief, Order
from studio.domain.voices import Voice, fingerprint


def made_for(order: Order, voice: Voice) -> bool:
    """New since the list before the order, and alike in every word that the system tells. No clock is asked."""
    if order.known is None or fingerprint(voice.voice_id) in order.known:
        return False
    brief = order.brief
    if brief.model and voice.target_model and brief.model != voice.target_model:
        return False
    if isinstance(brief, Brief):
        told = ((voice.description, brief.description), (voice.preview_text, brief.preview_text))
        same = [_plain(one) == _plain(other) for one, other in told if one]
        if same:
            return all(same)
    named = bool(brief.handle) and brief.handle.lower() in voice.voice_id.lower()
    return named or (bool(brief.name.strip()) and _plain(voice.name).startswith(_plain(brief.name)))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
