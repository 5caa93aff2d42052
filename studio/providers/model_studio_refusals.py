"""What Model Studio means when it says no: its codes and messages as reasons.

The same thing is said in several ways: a full quota comes as 400 or 429, an open bill as 400 or 429, and an error may
sit inside a 200 (api/dashscope.md 1.2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from studio.domain.errors import Reason, StudioError
from studio.providers.lasting import in_the_end
from studio.providers.reading import Record, record, text
from studio.providers.transport import Answer, Judge

_NO_ERROR = {"", "0", "200", "ok", "success"}
_TIMEOUT = re.compile(r"\A[^\n]*time_?out")

_MEANINGS: tuple[tuple[Reason, str], ...] = (
    (Reason.KEY_REFUSED, r"\Ainvalid_?api_?key"),
    (Reason.NO_CREDIT, r"\Aarrearage|\A\w*billoverdue|\Acommoditynotpurchased|freetieronly"),
    (Reason.NO_CREDIT, r"in good standing|free allocated quota|free tier of the model has been exhausted"),
    (Reason.TRANSCRIPT_REFUSED, r"\Aaudio\.preprocess"),
    (Reason.SAMPLE_REFUSED, r"\Aaudio\.|\Ainvalidparameter\.datainspection|inputdownloadfailed|unsupportedfileformat"),
    (Reason.CONTENT_REFUSED, r"\Adata_?inspection"),
    (Reason.QUOTA_FULL, r"delete existing voices|(voice|storage)[^\n]*limit exceeded"),
    (
        Reason.NOT_ALLOWED,
        r"\A[^\n]*access_?denied|\Anot authorized|\Aworkspace|not authorized to access this workspace",
    ),
    (Reason.NO_SUCH_VOICE, r"\A[^\n]*(voice|resource)[\w.]*not_?(found|exist)|\bvoice\b[^\n]*not (found|exist)"),
    (Reason.MODEL_NOT_HERE, r"\Amodel[._]?not|\bmodel\b[^\n]*not (found|exist)|preprocess service not found"),
    (Reason.NO_SOUND_CAME, r"requested voice [^\n]*not supported|request voice is invalid|return error code: 41[18]\b"),
    (Reason.QUOTA_FULL, r"\A[^\n]*allocationquota|\Ainsufficient_quota"),
    (Reason.RATE_LIMITED, r"\Athrottling|\Alimit_"),
    (Reason.SERVER_FAILED, r"\Ainternal_?(server_?)?error|\Asystemerror|unavailable\n|\Amodelservicefailed"),
)
"""Looked for, in this order, in lower case: the code, a line break, the message."""


def judging(instead: Mapping[Reason, Reason]) -> Judge:
    """A judge for calls of which some reasons can't be true: `instead` has what is meant there."""

    def judge(answer: Answer) -> StudioError | None:
        if answer.status < 400 and b'"code"' not in answer.data:
            return None
        said = _said(answer)
        code = text(said, "code")
        if answer.status < 400 and code.lower() in _NO_ERROR:
            return None
        return _refusal(answer, said, code, instead)

    return judge


NOTHING_SENT_TO_COMPARE = {Reason.TRANSCRIPT_REFUSED: Reason.SAMPLE_REFUSED}
"""A sample went without a transcript, so only the sample can be at fault."""

NO_VOICE_IS_MADE = {Reason.QUOTA_FULL: Reason.RATE_LIMITED}
"""Of speech, a quota is the allowance of a minute."""


def _said(answer: Answer) -> Record:
    whole = answer.object() or {}
    return {**whole, **record(whole, "error")}


def _refusal(answer: Answer, said: Record, code: str, instead: Mapping[Reason, Reason]) -> StudioError:
    words = text(said, "message", "msg")
    reason = in_the_end(answer, _meaning(code, words), code, words)
    refused = answer.refusal(
        instead.get(reason, reason) if reason else None,
        code=code,
        detail=words,
        request_id=text(said, "request_id"),
    )
    if _TIMEOUT.search(code.lower()) and not 400 <= answer.status < 500:
        _unsure(refused, paid=answer.paid)
    return refused


def _meaning(code: str, words: str) -> Reason | None:
    both = f"{code}\n{words}".lower()
    return next((reason for reason, pattern in _MEANINGS if re.search(pattern, both)), None)


def _unsure(refused: StudioError, *, paid: bool) -> None:
    """The part that answers gave up waiting for the part that works: it may have finished all the same."""
    refused.reason = Reason.ANSWER_LOST if paid else Reason.TIMED_OUT
    refused.maybe_done = paid
    refused.retryable = not paid
