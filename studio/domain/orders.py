"""Telling whether a voice that a system lists is the one that an order was for, when its answer was lost."""

from __future__ import annotations

import re

from studio.domain.briefs import Brief, Order
from studio.domain.voices import Voice, fingerprint


def made_for(order: Order, voice: Voice) -> bool:
    """New since the list before the order, and alike in name and in every word that the system tells.

    No clock is asked. A voice that is named after its id alone has a name that nobody knows.
    """
    if order.known is None or fingerprint(voice.voice_id) in order.known:
        return False
    brief = order.brief
    if brief.model and voice.target_model and brief.model != voice.target_model:
        return False
    nameless = voice.name in ("", voice.voice_id)
    named = any(_is_name(voice.name, wanted) for wanted in (brief.handle, brief.name))
    if isinstance(brief, Brief):
        told = ((voice.description, brief.description), (voice.preview_text, brief.preview_text))
        same = [_plain(one) == _plain(other) for one, other in told if one]
        if same:
            return all(same) and (named or nameless)
    return named or (nameless and _holds(voice.voice_id, brief.handle))


def _is_name(told: str, wanted: str) -> bool:
    """As it was given, or with the number that a system puts behind a name it has already."""
    wanted = _plain(wanted)
    return bool(wanted) and re.fullmatch(rf"{re.escape(wanted)}([-_ ]?\d[\d-]*)?", _plain(told)) is not None


def _holds(voice_id: str, handle: str) -> bool:
    """As a word of its own; a word that every id has tells nothing."""
    handle = _plain(handle)
    if not handle or handle in _EVERYBODYS:
        return False
    return re.search(rf"(?<![a-z0-9]){re.escape(handle)}(?![a-z0-9])", _plain(voice_id)) is not None


_EVERYBODYS = {"voice", "tts", "vd", "vc", "qwen", "cosyvoice"}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
