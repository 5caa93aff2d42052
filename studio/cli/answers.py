"""What goes out: words for people, one JSON document for programs."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from studio import words
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Designed, Voice

OTHER_FAILURE = 1
EXIT_CODES: dict[Reason, int] = {
    Reason.BAD_INPUT: 2,
    Reason.NO_SUCH_SYSTEM: 2,
    Reason.NOT_WRITABLE: 2,
    Reason.DISK_FULL: 2,
    Reason.NOTHING_TO_SAY: 2,
    Reason.LIBRARY_NOT_WRITABLE: 2,
    Reason.LIBRARY_DAMAGED: 2,
    Reason.LIBRARY_TOO_NEW: 2,
    Reason.LIBRARY_BUSY: 4,
    Reason.CANNOT_SPEAK: 5,
    Reason.ENGINE_MISSING: 5,
    Reason.ENGINE_STOPPED: 5,
    Reason.NO_SUCH_VOICE: 6,
    Reason.NO_SUCH_CLIP: 6,
    Reason.NO_SOUND_SYSTEM: 7,
    Reason.NO_OUTPUT_DEVICE: 7,
    Reason.DEVICE_LOST: 7,
    Reason.DEVICE_BUSY: 7,
}


def say(asked: Namespace, text: str) -> None:
    print(text, file=sys.stderr if asked.json else sys.stdout)


def document(asked: Namespace, document: object) -> None:
    if asked.json:
        _print_json(document)


def failed(error: StudioError, *, as_json: bool) -> int:
    message = words.sentence(error)
    print(message, file=sys.stderr)
    if error.detail:
        print(f"({error.detail})", file=sys.stderr)
    if as_json:
        print_error(error.reason.value, message, error)
    return EXIT_CODES.get(error.reason, OTHER_FAILURE)


def print_error(reason: str, message: str, error: StudioError | None = None) -> None:
    fields: dict[str, object] = {
        "reason": reason,
        "message": message,
        "system": error.system if error else "",
        "code": error.detail if error else "",
        "request_id": error.request_id if error else "",
        "retryable": bool(error and error.retryable),
    }
    _print_json({"error": fields})


def _print_json(document: object) -> None:
    """In ASCII, which every terminal and pipe can carry, whatever is in a name or a path."""
    print(json.dumps(document, indent=2))


def heading(designed: Designed) -> str:
    understood = " · ".join(designed.understood)
    return f"{designed.voice.name} ({understood})" if understood else designed.voice.name


def designed_as_json(designed: Designed, output: Path, kept: Voice | None) -> dict[str, object]:
    return {
        "system": designed.voice.system,
        "voice_id": designed.voice.voice_id,
        "model": designed.voice.target_model,
        "status": designed.voice.status.value,
        "clip": str(output),
        "sample_rate": designed.preview.rate_hz,
        "seconds": round(designed.preview.seconds, 3),
        "library_id": str(kept.library_id) if kept else None,
        "seed": designed.seed,
        "unused_words": list(designed.unused_words),
    }


def voice_as_json(voice: Voice) -> dict[str, str]:
    return {
        "system": voice.system,
        "region": voice.region,
        "voice_id": voice.voice_id,
        "name": voice.name,
        "origin": voice.origin.value,
        "model": voice.target_model,
        "language": voice.language.value,
        "status": voice.status.value,
        "created": voice.created.isoformat(timespec="seconds"),
        "library_id": str(voice.library_id),
        "description": voice.description,
        "preview_text": voice.preview_text,
        "notes": voice.notes,
    }
