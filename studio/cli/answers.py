"""What goes out: words for people, one JSON document for programs."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from studio import words
from studio.domain.accounts import COSYVOICE, QWEN
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Designed, StoredClip, Voice
from studio.domain.whereabouts import Whereabouts
from studio.flows.outcome import Outcome

OTHER_FAILURE = 1
VOICE_MADE = 4
"""The command failed, but a voice was made: it must not pass for input of which nothing was sent."""

EXIT_CODES: dict[Reason, int] = {
    **dict.fromkeys(
        (
            Reason.BAD_INPUT,
            Reason.NO_SUCH_SYSTEM,
            Reason.NO_SUCH_ACCOUNT,
            Reason.NOT_OFFERED,
            Reason.NOT_WRITABLE,
            Reason.DISK_FULL,
            Reason.NOTHING_TO_SAY,
            Reason.INSECURE_ADDRESS,
            Reason.LIBRARY_NOT_WRITABLE,
            Reason.LIBRARY_DAMAGED,
            Reason.LIBRARY_TOO_NEW,
            Reason.FILE_GONE,
            Reason.FILE_TOO_BIG,
            Reason.ENCRYPTED_FILE,
            Reason.NO_SOUND_IN_FILE,
            Reason.REPORT_FAILED,
            Reason.NOT_AN_ARCHIVE,
            Reason.ARCHIVE_DAMAGED,
            Reason.ARCHIVE_TOO_NEW,
            Reason.PLACE_TAKEN,
            Reason.NO_BACKUP,
            Reason.ADDRESS_MISSING,
        ),
        2,
    ),
    **dict.fromkeys(
        (
            Reason.KEY_MISSING,
            Reason.KEY_REFUSED,
            Reason.KEYRING_MISSING,
            Reason.KEYRING_LOCKED,
            Reason.KEYRING_SLOW,
            Reason.OTHER_ACCOUNT,
        ),
        3,
    ),
    **dict.fromkeys(
        (
            Reason.UNREACHABLE,
            Reason.TIMED_OUT,
            Reason.ANSWER_LOST,
            Reason.ANSWER_CUT,
            Reason.NOT_MADE,
            Reason.STILL_RUNNING,
            Reason.PREVIEW_LOST,
            Reason.PREVIEW_BAD,
            Reason.PREVIEW_EMPTY,
            Reason.SPEECH_CUT,
            Reason.LIBRARY_BUSY,
        ),
        4,
    ),
    **dict.fromkeys(
        (
            Reason.CANNOT_SPEAK,
            Reason.NO_ROUTE_YET,
            Reason.IN_REVIEW,
            Reason.REJECTED,
            Reason.NOT_DELETABLE,
            Reason.LINK_EXPIRED,
            Reason.REFUSED,
            Reason.NOT_ALLOWED,
            Reason.NO_CREDIT,
            Reason.QUOTA_FULL,
            Reason.RATE_LIMITED,
            Reason.CONTENT_REFUSED,
            Reason.SAMPLE_REFUSED,
            Reason.TRANSCRIPT_REFUSED,
            Reason.MODEL_NOT_HERE,
            Reason.SERVER_FAILED,
            Reason.TASK_FAILED,
            Reason.TASK_CANCELLED,
            Reason.NOT_JSON,
            Reason.UNREADABLE,
            Reason.TOO_BIG,
            Reason.REDIRECTED,
            Reason.NOT_SERVED,
            Reason.UNREADABLE_AUDIO,
            Reason.EMPTY_AUDIO,
            Reason.NO_SOUND_CAME,
            Reason.ENGINE_MISSING,
            Reason.ENGINE_STOPPED,
        ),
        5,
    ),
    **dict.fromkeys((Reason.NO_SUCH_VOICE, Reason.GONE_THERE, Reason.NO_SUCH_CLIP, Reason.NO_SUCH_TAKE), 6),
    **dict.fromkeys((Reason.NO_SOUND_SYSTEM, Reason.NO_OUTPUT_DEVICE, Reason.DEVICE_LOST, Reason.DEVICE_BUSY), 7),
    **dict.fromkeys((Reason.NO_INPUT_DEVICE, Reason.INPUT_LOST, Reason.INPUT_BUSY, Reason.INPUT_DENIED), 7),
}


def say(asked: Namespace, text: str) -> None:
    if asked.json:
        warn(text)
    else:
        print(text)


def warn(text: str) -> None:
    """Beside the answer, for whoever reads along, if anybody does."""
    with suppress(OSError):
        print(text, file=sys.stderr)


def document(asked: Namespace, document: object) -> None:
    if asked.json:
        _print_json(document)


def failed(error: StudioError, *, as_json: bool) -> int:
    message = words.sentence(error)
    warn(message)
    if error.reason is Reason.KEY_REFUSED and error.system in (QWEN, COSYVOICE):
        warn("Keys belong to a region: it may be the other one's. Try --region cn, or --region intl.")
    if raw := " ".join(part for part in (error.code, error.detail) if part):
        warn(f"({raw})")
    if as_json:
        try:
            print_error(error.reason.value, message, error)
            sys.stdout.flush()
        except BrokenPipeError:  # the exit code still tells
            _drop_the_rest()
    return VOICE_MADE if error.voice_id else EXIT_CODES.get(error.reason, OTHER_FAILURE)


def interrupted(asked: Namespace) -> None:
    """By Ctrl+C, or by whoever ends the session."""
    if asked.json:
        print_error("interrupted", "The command was interrupted.")


def bug(asked: Namespace) -> None:
    if asked.json:
        print_error("bug", "A fault of the program. Its words for whoever mends it are on stderr.")


def unheard(error: OSError) -> int:
    """An answer that could not be printed: nobody reads any more, as in `voice-studio voices | head`, or no room."""
    _drop_the_rest()
    if isinstance(error, BrokenPipeError):
        return 0
    with suppress(OSError):
        warn(f"The answer could not be printed: {error.strerror}.")
    return OTHER_FAILURE


def _drop_the_rest() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def print_error(reason: str, message: str, error: StudioError | None = None) -> None:
    fields: dict[str, object] = {
        "reason": reason,
        "message": message,
        "system": error.system if error else "",
        "code": error.code if error else "",
        "detail": error.detail if error else "",
        "request_id": error.request_id if error else "",
        "retryable": bool(error and error.retryable),
    }
    if error and error.voice_id:
        fields["voice_id"] = error.voice_id
    _print_json({"error": fields})


def _print_json(document: object) -> None:
    """In ASCII, which every terminal and pipe can carry, whatever is in a name or a path."""
    print(json.dumps(document, indent=2))


def heading(designed: Designed) -> str:
    understood = " · ".join(designed.understood)
    return f"{designed.voice.name} ({understood})" if understood else designed.voice.name


def designed_as_json(designed: Designed, output: Path, kept: Voice | None) -> dict[str, object]:
    preview = designed.preview
    return {
        **_made_as_json(kept or designed.voice, designed.request_id),
        "clip": str(output),
        "sample_rate": preview.rate_hz if preview else None,
        "seconds": round(preview.seconds, 3) if preview else None,
        "library_id": str(kept.library_id) if kept else None,
        "seed": designed.seed,
        "unused_words": list(designed.unused_words),
    }


def cloned_as_json(voice: Voice, outcome: Outcome, sample: Path | None, stored: StoredClip | None) -> dict[str, object]:
    """Its clip is the sample; none where that was an address."""
    return {
        **_made_as_json(voice, outcome.request_id),
        "clip": str(sample) if sample else None,
        "sample_rate": stored.rate_hz if stored else None,
        "seconds": round(stored.seconds, 3) if stored else None,
        "library_id": str(voice.library_id),
        "degraded": outcome.degraded,
    }


def _made_as_json(voice: Voice, request_id: str) -> dict[str, object]:
    return {
        "system": voice.system,
        "region": voice.region,
        "voice_id": voice.voice_id,
        "name": voice.name,
        "model": voice.target_model,
        "status": voice.status.value,
        "request_id": request_id,
    }


def voice_as_json(voice: Voice, where: Whereabouts) -> dict[str, object]:
    return {
        "system": voice.system,
        "region": voice.region,
        "voice_id": voice.voice_id,
        "name": voice.name,
        "origin": voice.origin.value,
        "model": voice.target_model,
        "language": voice.language.value if voice.language else "",
        "status": voice.status.value,
        "created": voice.created.isoformat(timespec="seconds"),
        "library_id": str(voice.library_id),
        "description": voice.description,
        "preview_text": voice.preview_text,
        "notes": voice.notes,
        "whereabouts": where.value,
        "tags": list(voice.tags),
        "favourite": voice.favourite,
        "rating": voice.rating,
        "collection": voice.collection,
        "pitch_hz": round(voice.pitch_hz, 1) if voice.pitch_hz else None,
        "last_used": voice.last_used.isoformat(timespec="seconds") if voice.last_used else "",
    }
