"""Everything that can go wrong and be said in words.

    StudioError(reason)          one exception; what happened is the `Reason`
        .problems                which fields, for Reason.BAD_INPUT
        .detail                  the raw words of whoever refused, for the Details fold
        .retryable               the same click may work the next time

Raised at the edge where the meaning is known, caught once, in a flow or a command. Anything else is a bug.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.domain.limits import Problem


class Reason(Enum):
    """What happened; `studio/words.py` has the sentence for each."""

    BAD_INPUT = "bad-input"
    NO_SUCH_VOICE = "no-such-voice"
    NO_SUCH_CLIP = "no-such-clip"
    NO_SUCH_SYSTEM = "no-such-system"
    CANNOT_SPEAK = "cannot-speak"

    NO_SOUND_SYSTEM = "no-sound-system"
    NO_OUTPUT_DEVICE = "no-output-device"
    DEVICE_LOST = "device-lost"
    DEVICE_BUSY = "device-busy"

    UNREADABLE_AUDIO = "unreadable-audio"
    EMPTY_AUDIO = "empty-audio"

    ENGINE_MISSING = "engine-missing"
    ENGINE_STOPPED = "engine-stopped"
    NOTHING_TO_SAY = "nothing-to-say"

    LIBRARY_DAMAGED = "library-damaged"
    LIBRARY_TOO_NEW = "library-too-new"
    LIBRARY_BUSY = "library-busy"
    LIBRARY_NOT_WRITABLE = "library-not-writable"
    DISK_FULL = "disk-full"
    NOT_WRITABLE = "not-writable"


class StudioError(Exception):
    """Something that a person is told. `system` is the id of the voice system concerned, if any."""

    def __init__(
        self,
        reason: Reason,
        *,
        system: str = "",
        detail: str = "",
        request_id: str = "",
        retryable: bool = False,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.system = system
        self.detail = detail
        self.request_id = request_id
        self.retryable = retryable
        self.problems = problems
