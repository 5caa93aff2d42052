"""Everything that can go wrong and be said in words.

    StudioError(reason)          one exception; what happened is the `Reason`
        .problems                which fields, for Reason.BAD_INPUT
        .code, .detail           the raw code and words of whoever refused, for the Details fold
        .request_id              the vendor's name for the request
        .retryable               the same click may work the next time
        .maybe_done              a create whose outcome isn't known: the voice may exist and be paid for
        .voice_id                the voice that was made all the same
        .wait_s                  how long the server asks to wait

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
    NO_SUCH_ACCOUNT = "no-such-account"
    NOT_OFFERED = "not-offered"
    CANNOT_SPEAK = "cannot-speak"
    NO_ROUTE_YET = "no-route-yet"
    IN_REVIEW = "in-review"
    REJECTED = "rejected"
    GONE_THERE = "gone-there"
    OTHER_ACCOUNT = "other-account"
    NOT_DELETABLE = "not-deletable"

    KEY_MISSING = "key-missing"
    KEY_REFUSED = "key-refused"
    KEYRING_MISSING = "keyring-missing"
    KEYRING_LOCKED = "keyring-locked"
    KEYRING_SLOW = "keyring-slow"
    INSECURE_ADDRESS = "insecure-address"
    ADDRESS_MISSING = "address-missing"
    NOT_SERVED = "not-served"

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed-out"
    ANSWER_LOST = "answer-lost"
    NOT_MADE = "not-made"
    STILL_RUNNING = "still-running"
    PREVIEW_LOST = "preview-lost"
    PREVIEW_BAD = "preview-bad"
    PREVIEW_EMPTY = "preview-empty"
    LINK_EXPIRED = "link-expired"

    REFUSED = "refused"
    NOT_ALLOWED = "not-allowed"
    NO_CREDIT = "no-credit"
    QUOTA_FULL = "quota-full"
    RATE_LIMITED = "rate-limited"
    CONTENT_REFUSED = "content-refused"
    SAMPLE_REFUSED = "sample-refused"
    TRANSCRIPT_REFUSED = "transcript-refused"
    MODEL_NOT_HERE = "model-not-here"
    SERVER_FAILED = "server-failed"
    TASK_FAILED = "task-failed"
    TASK_CANCELLED = "task-cancelled"
    NOT_JSON = "not-json"
    ANSWER_CUT = "answer-cut"
    UNREADABLE = "unreadable"
    TOO_BIG = "too-big"
    REDIRECTED = "redirected"

    NO_SOUND_SYSTEM = "no-sound-system"
    NO_OUTPUT_DEVICE = "no-output-device"
    DEVICE_LOST = "device-lost"
    DEVICE_BUSY = "device-busy"

    NO_INPUT_DEVICE = "no-input-device"
    INPUT_LOST = "input-lost"
    INPUT_BUSY = "input-busy"
    INPUT_DENIED = "input-denied"
    NO_SUCH_TAKE = "no-such-take"

    NO_SOUND_IN_FILE = "no-sound-in-file"
    ENCRYPTED_FILE = "encrypted-file"
    FILE_TOO_BIG = "file-too-big"
    FILE_GONE = "file-gone"
    REPORT_FAILED = "report-failed"
    UNREADABLE_AUDIO = "unreadable-audio"
    EMPTY_AUDIO = "empty-audio"

    ENGINE_MISSING = "engine-missing"
    ENGINE_STOPPED = "engine-stopped"
    NOTHING_TO_SAY = "nothing-to-say"
    SPEECH_CUT = "speech-cut"
    NO_SOUND_CAME = "no-sound-came"

    NOT_AN_ARCHIVE = "not-an-archive"
    ARCHIVE_DAMAGED = "archive-damaged"
    ARCHIVE_TOO_NEW = "archive-too-new"
    PLACE_TAKEN = "place-taken"
    NO_BACKUP = "no-backup"

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
        code: str = "",
        request_id: str = "",
        retryable: bool = False,
        maybe_done: bool = False,
        voice_id: str = "",
        wait_s: float | None = None,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        super().__init__(f"{reason.value}: {detail}" if detail else reason.value)
        self.reason = reason
        self.system = system
        self.detail = detail
        self.code = code
        self.request_id = request_id
        self.retryable = retryable
        self.maybe_done = maybe_done
        self.voice_id = voice_id
        self.wait_s = wait_s
        self.problems = problems
