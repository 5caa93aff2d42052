"""What Noiz's answers mean: the verdict that stands inside, and the voices.

Sources: seed 003; for what it leaves open (members of `data`, codes, waits) api/evolink-and-noiz.md B4, B5 and D.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from math import isfinite
from typing import cast
from uuid import uuid4

from studio.domain.accounts import NOIZ
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.voices import Origin, Voice
from studio.providers import reading
from studio.providers.lasting import in_the_end
from studio.providers.reading import Record, number, record, records, text, unix_moment
from studio.providers.transport import Answer

CUSTOM = "custom"
BUILT_IN = "built-in"

_REASONS = {
    401: Reason.KEY_REFUSED,
    402: Reason.NO_CREDIT,
    403: Reason.NOT_ALLOWED,
    408: Reason.TIMED_OUT,
    413: Reason.SAMPLE_REFUSED,
    429: Reason.RATE_LIMITED,
}
_WAIT = re.compile(r"(?:retry|again) (?:in|after) (\d+(?:\.\d+)?)\s*s", re.IGNORECASE)
_CODE = re.compile(r"[a-z]{2}(?:[-_].*)?", re.IGNORECASE)
_NAMES = {**{one.label.lower(): one for one in Language}, "中文": Language.ZH, "日本語": Language.JA}


def refused(answer: Answer) -> StudioError | None:
    """By the `code` inside a JSON answer, else by the status. Sound is good, and so are data without a code."""
    said = _object(answer)
    if said is None:
        known = _REASONS.get(answer.status)
        return None if answer.status < 400 else answer.refusal(in_the_end(answer, known, "", ""))
    code, words = text(said, "code"), text(said, "message", "msg", "detail", "error")
    request_id = text(said, "request_id")
    if _is_good(answer, said, code, words):
        return None
    if answer.status < 400 and _is_unknown(code) and not _is_limit(words):
        return answer.error(Reason.UNREADABLE, code=code, detail=words or answer.text, request_id=request_id)
    reason = in_the_end(answer, _reason(answer, code, words), code, words)
    error = answer.refusal(reason, code=code or str(answer.status), detail=words, request_id=request_id)
    wait_s = _wait_s(said, words)
    error.wait_s = error.wait_s if wait_s is None else wait_s
    return error


def voice_refused(answer: Answer) -> StudioError | None:
    """The same where one voice is asked for by its id: what isn't there is that voice. A web page tells nothing."""
    error = refused(answer)
    if error and error.code == "404" and not answer.data.lstrip().startswith(b"<"):
        error.reason = Reason.NO_SUCH_VOICE
    return error


def page(answer: Answer) -> list[Record]:
    """The voices of one page of the list. Raises UNREADABLE where there is no list: it would look empty."""
    data = record(answer.record(), "data")
    if not isinstance(data.get("voices"), list):
        raise answer.error(Reason.UNREADABLE, detail=answer.text)
    return records(data, "voices")


def total(answer: Answer) -> int | None:
    said = number(record(answer.record(), "data"), "total_count")
    return int(said) if said is not None and isfinite(said) and said >= 0 else None


def is_deleted(item: Record) -> bool:
    """Deleted voices stay with the vendor, and may still be listed."""
    return bool(item.get("delete_time"))


def voice(item: Record, kind: str) -> Voice:
    """One of the list or the detail; `kind` is the type asked for, where the item names none. Types that nobody
    knows are not the person's own."""
    voice_type = text(item, "voice_type") or kind
    return Voice(
        library_id=uuid4(),
        system=NOIZ,
        account="",
        voice_id=text(item, "voice_id"),
        name=text(item, "display_name", "voice_display_name", "voice_id"),
        origin=Origin.CLONED if voice_type == CUSTOM else Origin.BUILT_IN,
        target_model="",
        language=_language(item),
        created=unix_moment(number(item, "create_time")) or datetime.now(UTC),
        description=", ".join(filter(None, (text(item, "voice_description"), *_labels(item)))),
        preview_text=text(record(item, "meta"), "text"),
    )


def _is_json(answer: Answer) -> bool:
    return answer.data.lstrip()[:1] == b"{" or "json" in answer.headers.get("content-type", "")


def _object(answer: Answer) -> Record | None:
    if not _is_json(answer):
        return None
    return answer.object()


def _is_good(answer: Answer, said: Record, code: str, words: str) -> bool:
    if answer.status >= 400:
        return False
    if code:
        return _number(code) == 0
    return said.get("data") is not None and not _is_limit(words)


def _is_unknown(code: str) -> bool:
    """No code, or one that nobody has heard of: it tells neither success nor failure."""
    known = _number(code)
    return known is None or known < 400


def _reason(answer: Answer, code: str, words: str) -> Reason | None:
    """None leaves it to the status."""
    known = _number(code)
    known = answer.status if known is None and answer.status >= 400 else known
    if _is_limit(words):
        return Reason.RATE_LIMITED
    if known is not None and known >= 500:
        return Reason.SERVER_FAILED
    return _REASONS.get(int(known)) if known is not None else None


def _is_limit(words: str) -> bool:
    return "rate limit" in words.lower()


def _wait_s(said: Record, words: str) -> float | None:
    for holder in (said, record(said, "data")):
        told = number(holder, "retry_after")
        if told is not None and isfinite(told) and told >= 0:
            return told
    found = _WAIT.search(words)
    return float(found[1]) if found else None


def _number(code: str) -> float | None:
    told = number({"code": code}, "code")
    return told if told is not None and isfinite(told) else None


def _labels(item: Record) -> list[str]:
    """A list, or one text with commas."""
    said = item.get("labels")
    listed = cast("list[object]", said) if isinstance(said, list) else text(item, "labels").split(",")
    return [" ".join(label.split()) for label in listed if isinstance(label, str) and label.strip()]


def _language(item: Record) -> Language | None:
    """A code where there is one, else the first label if it names a language."""
    for code in (text(item, "language"), text(record(item, "meta"), "language")):
        if _CODE.fullmatch(code) and (known := reading.language(code)):
            return known
    return _NAMES.get((_labels(item) or [""])[0].lower())
