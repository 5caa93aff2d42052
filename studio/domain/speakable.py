"""Whether a voice can be spoken with now, as far as that is known without asking its system."""

from __future__ import annotations

from studio.domain.errors import Reason
from studio.domain.limits import SystemInfo
from studio.domain.voices import Status, Voice

_BY_STATUS = {Status.REJECTED: Reason.REJECTED, Status.GONE: Reason.GONE_THERE}


def obstacle_of(voice: Voice, info: SystemInfo | None) -> Reason | None:
    """What stands in the way, the most lasting first; None if nothing is known to."""
    if info is None:
        return Reason.CANNOT_SPEAK
    if reason := _BY_STATUS.get(voice.status):
        return reason
    models = (*info.designs, *info.clones)
    mute = any(model.model == voice.target_model and not model.speaks for model in models)
    if info.speech is None or mute:
        return Reason.NO_ROUTE_YET
    return Reason.IN_REVIEW if voice.status is Status.IN_REVIEW else None
