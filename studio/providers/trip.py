"""One request and its whole answer, and what a network can do on the way, in the program's terms."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.domain.errors import Reason, StudioError
from studio.providers.calls import PASSING, Answer, Call
from studio.providers.unpacking import Unpacker

if TYPE_CHECKING:
    import httpx

CONNECT_S = 10.0


@dataclass(slots=True)
class _Course:
    """How far a request came."""

    sent: bool = False
    answered: bool = False


async def trip(client: httpx.AsyncClient, system: str, call: Call, url: str, headers: Mapping[str, str]) -> Answer:
    """Whatever the status; redirects are not followed. Raises StudioError for all that never became an answer."""
    import httpx

    course = _Course()
    try:
        async with asyncio.timeout(CONNECT_S + 2 * call.read_s):

            def build() -> httpx.Request:
                """Not a `partial`: loops log what they hand to threads, and that would show the headers."""
                return _request(client, call, url, headers, course)

            request = await asyncio.to_thread(build) if call.paid else build()  # a sample in JSON takes 40 ms
            response = await client.send(request, stream=True)
            course.answered = True
            try:
                data = await _read(response, system, call)
            finally:
                await response.aclose()
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError) as error:
        raise _failure(error, system, call, course) from error
    return Answer(system, response.status_code, data, response.headers, call.paid)


async def _read(response: httpx.Response, system: str, call: Call) -> bytes:
    """Counted after decompression: a small body can unpack to gigabytes."""
    try:
        unpacker = Unpacker(response.headers.get("content-encoding", ""), call.largest)
        async for chunk in response.aiter_raw():
            unpacker.feed(chunk)
        return unpacker.whole()
    except StudioError as error:
        error.system = system
        error.maybe_done = call.paid and response.status_code < 300
        error.retryable = error.reason in PASSING and not error.maybe_done
        raise


def _failure(error: Exception, system: str, call: Call, course: _Course) -> StudioError:
    reason = _reason_of(error, course)
    lost = call.paid and course.sent and reason is not Reason.BAD_INPUT
    if call.paid and not course.sent and reason is Reason.TIMED_OUT:
        reason = Reason.UNREACHABLE  # nothing was sent yet
    detail = _told(error)
    return StudioError(
        Reason.ANSWER_LOST if lost else reason,
        system=system,
        detail=detail,
        retryable=reason in PASSING and not lost and "CERTIFICATE_VERIFY" not in detail,
        maybe_done=lost,
    )


def _request(
    client: httpx.AsyncClient, call: Call, url: str, headers: Mapping[str, str], course: _Course
) -> httpx.Request:
    import httpx

    async def trace(event: str, told: Mapping[str, Any]) -> None:
        """A proxy's CONNECT is no request yet."""
        if event.endswith("send_request_headers.started") and told["request"].method != b"CONNECT":
            course.sent = True

    return client.build_request(
        call.method,
        url,
        params=call.query,
        json=call.json,
        data=dict(call.form) if call.form is not None else None,
        files=call.files,
        headers=headers,
        timeout=httpx.Timeout(call.read_s, connect=CONNECT_S),
        extensions={"trace": trace} if call.paid else None,
    )


def _reason_of(error: Exception, course: _Course) -> Reason:
    import httpx

    match error:
        case UnicodeError() | httpx.LocalProtocolError():
            return Reason.BAD_INPUT
        case httpx.ConnectError() | httpx.ConnectTimeout() | httpx.ProxyError():
            return Reason.UNREACHABLE
        case httpx.TimeoutException() | TimeoutError():
            return Reason.TIMED_OUT
        case _:
            return Reason.ANSWER_CUT if course.answered else Reason.UNREACHABLE


def _told(error: BaseException) -> str:
    """Its words, and the ones of what lies under it: "all attempts failed" says little."""
    words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    under: BaseException | None = error
    while under := under.__cause__ or under.__context__:
        if isinstance(under, OSError) and str(under) not in words:
            words += f" ({under})"
    return words
