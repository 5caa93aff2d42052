"""Where a voice is: here, at its system, or at both; what the library's and the system's lists make of it together."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from studio.domain.limits import SystemInfo
from studio.domain.voices import Origin, Status, Voice


class Whereabouts(StrEnum):
    """One word for every voice; the first that fits, from the top."""

    REJECTED = "rejected"
    IN_REVIEW = "in-review"
    EXPIRED = "expired"
    """Gone at its system, which deletes voices that were unused for so long."""
    DELETED_THERE = "deleted-there"
    CHANGED = "changed"
    ONLY_HERE = "only-here"
    """This computer's own, or of a system without a list: elsewhere nobody shows it."""
    ONLY_THERE = "only-there"
    """Known from a list alone: no clip of it is here."""
    BOTH = "both"


def whereabouts_of(voice: Voice, info: SystemInfo | None) -> Whereabouts:
    """`info` is the voice's system; None where this program doesn't know it any more."""
    if voice.status is Status.REJECTED:
        return Whereabouts.REJECTED
    if voice.status is Status.IN_REVIEW:
        return Whereabouts.IN_REVIEW
    if voice.status is Status.GONE:
        return Whereabouts.EXPIRED if _unused_too_long(voice, info) else Whereabouts.DELETED_THERE
    if voice.changed:
        return Whereabouts.CHANGED
    if voice.listed is None and not (info and info.lists_own):
        return Whereabouts.ONLY_HERE
    return Whereabouts.BOTH if voice.has_clips else Whereabouts.ONLY_THERE


def deleted_on(voice: Voice, info: SystemInfo | None) -> datetime | None:
    """When its system deletes the voice if nobody speaks with it; None where it keeps voices.

    As far as is known here: a voice may have been spoken with from elsewhere since.
    """
    if info is None or info.retention_days is None or voice.origin is Origin.BUILT_IN:
        return None
    return (voice.last_used or voice.created) + timedelta(days=info.retention_days)


def _unused_too_long(voice: Voice, info: SystemInfo | None) -> bool:
    """Before that day it can't have been deleted by itself."""
    due = deleted_on(voice, info)
    return due is not None and voice.gone is not None and voice.gone >= due
