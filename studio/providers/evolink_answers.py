"""What EvoLink's answers mean: refusals in all their shapes, tasks that ended, and what a finished one holds.

Sources: seed 002; where it is silent, api/evolink-and-noiz.md A2 and A5.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import cast

from studio.domain.accounts import EVOLINK
from studio.domain.errors import Reason, StudioError
from studio.providers.lasting import in_the_end
from studio.providers.reading import Record, number, record, records, text
from studio.providers.transport import Answer

_NO_CREDIT = (
    "402",
    "insufficient_quota",
    "insufficient_quota_error",
    "insufficient_user_quota",
    "insufficient_token_quota",
    "quota_not_enough",
    "quota_exceeded",
    "key_quota_exhausted",
    "key_daily_quota_exhausted",
    "token_daily_quota_exceeded",
)
_REASONS = {
    **dict.fromkeys(_NO_CREDIT, Reason.NO_CREDIT),
    **dict.fromkeys(("401", "authentication_error", "key_disabled", "key_expired"), Reason.KEY_REFUSED),
    **dict.fromkeys(("403", "permission_error", "key_model_not_allowed", "user_disabled"), Reason.NOT_ALLOWED),
    **dict.fromkeys(("429", "rate_limit_error", "rate_limited"), Reason.RATE_LIMITED),
    "content_policy_violation": Reason.CONTENT_REFUSED,
}
_GOOD_CODES = ("", "0", "ok", "success")
_CANCELLED = ("cancelled", "canceled")
_FAILED = ("failed", "expired")


@dataclass(frozen=True, slots=True)
class Finished:
    """A completed task: the voice's name, and where its sound may be (links, data URIs or base64), best first."""

    voice_id: str
    target_model: str
    sounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of a refusal, whichever shape it has; `code` is empty if the system said none."""

    code: str
    kind: str
    words: str
    request_id: str


def refused(answer: Answer) -> StudioError | None:
    """A status of 400 and more, `success: false`, or an error or its code where a task should be."""
    body = answer.object() or {}
    good = answer.status < 400
    said = None if good and "id" in body else _said(body) or (_coded(body) if good else _bare(body))
    if said is None:
        return None if good else answer.refusal(in_the_end(answer, None, "", ""))
    code = said.code or said.kind or str(answer.status)
    reason = in_the_end(answer, _REASONS.get(said.code) or _REASONS.get(said.kind), code, said.words)
    return answer.refusal(reason, code=code, detail=said.words, request_id=said.request_id)


def task_refused(answer: Answer) -> StudioError | None:
    """The same, but a task that isn't there (yet) is no refusal."""
    return None if is_missing(answer) else refused(answer)


def is_missing(answer: Answer) -> bool:
    return answer.status in (404, 410)


def task_id_of(answer: Answer) -> str:
    """Raises UNREADABLE: the task of a paid call may run all the same."""
    task_id = answer.record().get("id")
    if not isinstance(task_id, str) or not task_id:
        raise answer.error(Reason.UNREADABLE, detail=answer.text)
    return task_id


def estimate_s(task: Record) -> float | None:
    said = number(record(task, "task_info"), "estimated_time")
    return said if said is not None and isfinite(said) else None


LATE = 0.95
"""A task that takes longer than was estimated isn't done yet."""


def part_done(task: Record, waited_s: float = 0.0, estimated_s: float | None = None) -> float | None:
    """As the task tells, or as far as the time that was estimated for it has passed, whichever is more."""
    done = number(task, "progress")
    told = min(max(done / 100, 0.0), 1.0) if done is not None and isfinite(done) else None
    if not estimated_s or estimated_s < 0 or not isfinite(estimated_s):
        return told
    return max(told or 0.0, min(waited_s / estimated_s, LATE))


def has_ended(task: Record) -> bool:
    """Whether it is completed. Raises TASK_FAILED, TASK_CANCELLED or CONTENT_REFUSED; unknown states still run."""
    status = text(task, "status").lower()
    if status in _CANCELLED:
        raise _ended(task, Reason.TASK_CANCELLED, status)
    if status in _FAILED:
        raise _ended(task, Reason.TASK_FAILED, status)
    return status == "completed"


def finished(task: Record) -> Finished:
    """`result_data` is an object in some tasks and a list in others; `results` holds links."""
    pieces = [record(task, "result_data"), *records(task, "result_data"), *records(task, "results")]
    return Finished(
        voice_id=next((name for piece in pieces if (name := text(piece, "voice"))), ""),
        target_model=next((name for piece in pieces if (name := text(piece, "target_model"))), ""),
        sounds=tuple(dict.fromkeys(_sounds(task, pieces))),
    )


def credits_left(said: Record) -> float | None:
    """What can be spent: the account's rest, or the key's own where that is less and limited."""
    data = record(said, "data")
    token = record(data, "token")
    rests = [number(record(data, "user"), "remaining_credits")]
    if token.get("unlimited_credits") is not True:
        rests.append(number(token, "remaining_credits"))
    return min((rest for rest in rests if rest is not None), default=None)


def _ended(task: Record, reason: Reason, status: str) -> StudioError:
    said = _said({"error": task.get("error")})
    code, words = (said.code, said.words) if said else ("", "")
    if reason is Reason.TASK_FAILED and _REASONS.get(code) is Reason.CONTENT_REFUSED:
        reason = Reason.CONTENT_REFUSED
    return StudioError(
        reason, system=EVOLINK, code=code or status, detail=words or status, request_id=text(task, "request_id", "id")
    )


def _sounds(task: Record, pieces: list[Record]) -> Iterator[str]:
    for piece in pieces:
        yield from (piece[name] for name in ("audio_url", "audio", "url") if isinstance(piece.get(name), str))
    results = task.get("results")
    listed = cast("list[object]", results) if isinstance(results, list) else [results]
    yield from (one for one in listed if isinstance(one, str))


def _said(body: Record) -> _Said | None:
    """None where there is no word of an error."""
    error = body.get("error")
    request_id = text(body, "request_id")
    if isinstance(error, dict):
        told = cast("Record", error)
        words = text(told, "message", "msg") or json.dumps(told, ensure_ascii=False)
        request_id = text(told, "request_id") or request_id
        return _Said(text(told, "code"), text(told, "type"), words, request_id)
    if isinstance(error, str) and error:
        return _Said(text(body, "code") or error, "", text(body, "error_description", "message") or error, request_id)
    if body.get("success") is False:
        return _Said(text(body, "code"), "", text(body, "msg", "message"), request_id)
    return None


def _bare(body: Record) -> _Said | None:
    """Words without a frame, as gateways of its kind send them."""
    words = text(body, "msg", "message", "detail")
    return _Said(text(body, "code"), text(body, "type"), words, text(body, "request_id")) if words else None


def _coded(body: Record) -> _Said | None:
    """A code alone, in an answer of status 200: bad unless it is one of success."""
    code = text(body, "code").lower()
    if code in _GOOD_CODES or (code.isdecimal() and 200 <= int(code) < 300):
        return None
    return _Said(code, text(body, "type"), text(body, "msg", "message", "detail"), text(body, "request_id"))
