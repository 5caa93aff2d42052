"""Telling whether a voice that a system lists is the one that an order was for, when its answer was lost."""

from __future__ import annotations

import re

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
    return _holds(voice.voice_id, brief.handle) or _holds(voice.name, brief.name)


def _holds(told: str, wanted: str) -> bool:
    """As words of their own: systems put theirs before and behind a name, and "Ann" is not in "Anna"."""
    wanted = _plain(wanted)
    return bool(wanted) and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", _plain(told)) is not None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
