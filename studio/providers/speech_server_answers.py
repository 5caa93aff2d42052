"""What a speech server's answers mean: refusals, its models, its voices.

Sources: engine.md 4 (the fields and endpoints of vLLM-Omni 0.30); lighter servers have some of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

from studio.domain.accounts import SPEECH_SERVER, Role
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Origin, Voice
from studio.providers.lasting import in_the_end
from studio.providers.pages import VOICES_MAX
from studio.providers.reading import Record, number, record, records, text, unix_moment
from studio.providers.speech_server_voices import there
from studio.providers.transport import Answer

_UNKNOWN = ("404", "405", "501")
"""How servers say that they don't know a request at all."""

_OTHER_MODEL = re.compile(r"task_type|checkpoint|does(n't| not) support|not supported|unsupported|load the matching")
_STREAM = re.compile(r"stream|response_format")
_SAMPLE = re.compile(r"ref_audio|reference audio|audio (file|sample)|ref_text")


def refused(answer: Answer) -> StudioError | None:
    """By the status alone; the words are in one of several places."""
    return _refusal(answer, speech=False) if answer.status >= 400 else None


def speech_refused(answer: Answer) -> StudioError | None:
    """The same where speech is asked for: a server that holds another model says so in words."""
    return _refusal(answer, speech=True) if answer.status >= 400 else None


def _refusal(answer: Answer, *, speech: bool) -> StudioError:
    code, words = str(answer.status), words_of(answer.object() or {}) or answer.text
    reason = Reason.SAMPLE_REFUSED if answer.status == 413 else None
    if speech and reason is None and answer.reason_by(code) is Reason.REFUSED:
        reason = reason_by(code, words)
    return answer.refusal(in_the_end(answer, reason, "", words), code=code, detail=words)


def reason_by(code: str, words: str) -> Reason:
    if code in _UNKNOWN:
        return Reason.NOT_SERVED
    if _SAMPLE.search(words.lower()):
        return Reason.SAMPLE_REFUSED
    if _OTHER_MODEL.search(words.lower()):
        return Reason.NOT_SERVED
    return Reason.REFUSED


def is_about_streaming(error: StudioError) -> bool:
    """Whether the same speech may be had as a whole."""
    unkind = error.reason in (Reason.REFUSED, Reason.NOT_SERVED) and error.code in ("400", "422")
    return unkind and bool(_STREAM.search(error.detail.lower()))


def is_unknown(error: StudioError) -> bool:
    """Whether the server just doesn't have this endpoint, or answers something of its own there."""
    return error.code in _UNKNOWN or error.reason in (Reason.NOT_JSON, Reason.UNREADABLE)


def words_of(said: Record) -> str:
    """A text, a text in an object, or a list of what is wrong with each field."""
    if listed := records(said, "detail"):
        return "; ".join(_complaints(listed))
    return text(record(said, "error"), "message") or text(said, "detail", "message", "error")


def model(answer: Answer) -> str:
    """The first that is listed; empty where none is."""
    listed = records(answer.record(), "data")
    return next((name for one in listed if (name := text(one, "id"))), "")


def listed(answer: Answer, role: Role) -> tuple[Voice, ...]:
    """Voices that came with the model, and those that somebody gave to the server, each name once.

    Servers list names, or objects that have one. Raises UNREADABLE where there is no list.
    """
    said = answer.record()
    names = said.get("voices")
    if not isinstance(names, list):
        raise answer.error(Reason.UNREADABLE, detail=answer.text)
    given = {text(one, "name"): one for one in records(said, "uploaded_voices")}
    seen: dict[str, Voice] = {}
    for one in [*cast("list[object]", names), *given]:
        name = text(cast("Record", one), "voice_id", "id", "name") if isinstance(one, dict) else one
        if isinstance(name, str) and name and name not in seen and len(seen) < VOICES_MAX:
            seen[name] = named(name, role, given.get(name))
    return tuple(seen.values())


def named(name: str, role: Role, given: Record | None = None) -> Voice:
    """One that a server has: `given` is what it tells of one that it didn't come with."""
    about = given or {}
    return Voice(
        library_id=uuid4(),
        system=SPEECH_SERVER,
        account="",
        voice_id=there(name, role),
        name=name,
        origin=Origin.BUILT_IN if given is None else Origin.CLONED,
        target_model="",
        language=None,
        created=unix_moment(number(about, "created_at")) or datetime.now(UTC),
        description=text(about, "speaker_description"),
        preview_text=text(about, "ref_text"),
    )


def _complaints(listed: list[Record]) -> Iterator[str]:
    for one in listed:
        place = one.get("loc")
        path = ".".join(str(part) for part in cast("list[object]", place)) if isinstance(place, list) else ""
        yield f"{path}: {text(one, 'msg')}" if path else text(one, "msg")
