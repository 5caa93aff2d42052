"""A request and its answer as values, and what each status means where a system has no better word for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import Enum
from time import time
from typing import TYPE_CHECKING, Any, cast

from studio.domain.errors import Reason, StudioError
from studio.providers import slices

if TYPE_CHECKING:
    from studio.domain.accounts import Role

JSON_MAX = 8 << 20
JSON_WITH_AUDIO_MAX = 96 << 20
AUDIO_MAX = 64 << 20

FREE_READ_S = 30.0
PROBE_READ_S = 10.0
PAID_READ_S = 300.0  # the longest that Model Studio itself works on a request

PARSED_AT_ONCE = 1 << 20
PARSED_UNCOUNTED = 8 << 20
MARKS_MAX = 2_000_000
"""So many brackets and commas in a bigger document, and reading it would take gigabytes and many seconds."""

DETAIL_MAX = 2_000

PASSING = {
    Reason.UNREACHABLE,
    Reason.TIMED_OUT,
    Reason.RATE_LIMITED,
    Reason.SERVER_FAILED,
    Reason.ANSWER_CUT,
}
"""What may be gone the next time."""

_BY_STATUS = {
    401: Reason.KEY_REFUSED,
    402: Reason.NO_CREDIT,
    403: Reason.NOT_ALLOWED,
    408: Reason.TIMED_OUT,
    429: Reason.RATE_LIMITED,
}


class Auth(Enum):
    """How a system wants the key in `Authorization`."""

    BEARER = "Bearer "
    RAW = ""
    NONE = None


@dataclass(frozen=True, slots=True)
class Call:
    """One request, told from what stands behind the account's base URL, or behind that of its server for the `role`.

    `paid` is anything that may cost money.
    """

    method: str
    path: str
    json: object = field(default=None, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    files: Mapping[str, tuple[str, bytes, str]] | None = field(default=None, repr=False)
    query: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None
    paid: bool = False
    largest: int = JSON_MAX
    read_s: float = FREE_READ_S
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole, without the key. Header names are in lower case.

    `paid` as in its call: an answer that can't be read may then hide a voice.
    """

    system: str
    status: int
    data: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    paid: bool = False

    @property
    def request_id(self) -> str:
        named = (self.headers.get(name, "") for name in ("x-request-id", "x-oneapi-request-id"))
        return next((name for name in named if name), "")

    @property
    def text(self) -> str:
        return self.data[: DETAIL_MAX * 4].decode("utf-8", "replace")[:DETAIL_MAX]

    def object(self) -> dict[str, Any] | None:
        """The JSON object in it, if there is one that `record` would give."""
        try:
            return self.record()
        except StudioError:
            return None

    def record(self) -> dict[str, Any]:
        """The JSON object in it. Raises NOT_JSON, ANSWER_CUT, UNREADABLE or TOO_BIG."""
        if len(self.data) > PARSED_UNCOUNTED and sum(map(self.data.count, (b"[", b"{", b","))) > MARKS_MAX:
            raise self.error(Reason.TOO_BIG, detail=f"{len(self.data)} bytes of more than {MARKS_MAX} values")
        try:
            found = json.loads(self.data) if len(self.data) <= PARSED_AT_ONCE else slices.loads(self.data)
        except (ValueError, RecursionError):
            raise self.error(self._why_no_json(), detail=self.text or "nothing came") from None
        if not isinstance(found, dict):
            raise self.error(Reason.UNREADABLE, detail=self.text)
        return cast("dict[str, Any]", found)

    def error(self, reason: Reason, *, code: str = "", detail: str = "", request_id: str = "") -> StudioError:
        """An answer that makes no sense: of a paid call, the voice may be there all the same."""
        maybe_done = self.paid and (self.status < 300 or self.status == 303)
        return StudioError(
            reason,
            system=self.system,
            code=code,
            detail=detail[:DETAIL_MAX],
            request_id=request_id or self.request_id,
            retryable=reason in PASSING and not maybe_done,
            maybe_done=maybe_done,
        )

    def status_by(self, code: str) -> int:
        """The status, or the one that the code of an error inside a 200 stands for."""
        told = int(code) if code.isascii() and code.isdecimal() and len(code) == 3 else 0
        return told if self.status < 400 <= told < 600 else self.status

    def reason_by(self, code: str) -> Reason:
        status = self.status_by(code)
        return _BY_STATUS.get(status) or (Reason.SERVER_FAILED if status >= 500 else Reason.REFUSED)

    def refusal(
        self,
        reason: Reason | None = None,
        *,
        code: str = "",
        detail: str = "",
        request_id: str = "",
        final: bool = False,
    ) -> StudioError:
        """The system's verdict, by its status where no better reason is known.

        A server that failed at a paid call may have done it all the same, whatever it says, unless the answer is
        `final`: documented to mean that nothing was made.
        """
        status = self.status_by(code)
        reason = reason or self.reason_by(code)
        lost = self.paid and not final and _hides_the_outcome(status, reason)
        return StudioError(
            reason,
            system=self.system,
            code=code or str(self.status),
            detail=(detail or self.text)[:DETAIL_MAX],
            request_id=request_id or self.request_id,
            retryable=reason in PASSING and not lost,
            maybe_done=lost,
            wait_s=retry_after(self.headers),
        )

    def _why_no_json(self) -> Reason:
        start = self.data.lstrip()[:1]
        if start == b"<":
            return Reason.NOT_JSON
        return Reason.ANSWER_CUT if start in (b"{", b"[", b"") else Reason.UNREADABLE


Judge = Callable[[Answer], "StudioError | None"]
"""A system's reading of an answer: None if it is good. Retryable only where waiting helps."""


def _hides_the_outcome(status: int, reason: Reason) -> bool:
    """A quota, the content or the key is a clear no, wherever it comes; a fault of the server is not."""
    if reason is Reason.RATE_LIMITED:
        return status >= 500
    return reason in (Reason.SERVER_FAILED, Reason.TIMED_OUT) and not (400 <= status < 500 and status != 408)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, or a date (RFC 9110, 10.2.3); None for what is neither."""
    said = headers.get("retry-after", "")
    with suppress(ValueError):
        return max(0.0, float(said))
    with suppress(ValueError, TypeError, OverflowError):
        return max(0.0, parsedate_to_datetime(said).timestamp() - time())
    return None
