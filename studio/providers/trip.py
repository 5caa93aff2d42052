"""One request and its whole answer, and what a network can do on the way, in the program's terms."""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.domain.errors import Reason, StudioError
from studio.providers.calls import PASSING, Answer, Call
from studio.providers.unpacking import Unpacker

if TYPE_CHECKING:
    import httpx

CONNECT_S = 10.0


@dataclass(slots=True)
class Course:
    """How far a request came."""

    sent: bool = False
    answered: bool = False


async def trip(client: httpx.AsyncClient, system: str, call: Call, url: str, headers: Mapping[str, str]) -> Answer:
    """Whatever the status; redirects are not followed. Raises StudioError for all that never became an answer."""
    course = Course()
    with reported(system, call, course):
        async with asyncio.timeout(CONNECT_S + 2 * call.read_s):
            response = await sent(client, call, url, headers, course)
            try:
                data = await _read(response, system, call)
            finally:
                await response.aclose()
    return Answer(system, response.status_code, data, response.headers, call.paid)


@contextmanager
def reported(system: str, call: Call, course: Course) -> Generator[None, None, None]:
    """What a network does leaves as StudioError."""
    import httpx

    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, UnicodeError) as error:
        raise _failure(error, system, call, course) from error


async def sent(
    client: httpx.AsyncClient, call: Call, url: str, headers: Mapping[str, str], course: Course
) -> httpx.Response:
    """Its head; who gets it closes it. Raises what httpx raises."""

    def build() -> httpx.Request:
        """Not a `partial`: loops log what they hand to threads, and that would show the headers."""
        return _request(client, call, url, headers, course)

    request = await asyncio.to_thread(build) if call.paid else build()  # a sample in JSON takes 40 ms
    response = await client.send(request, stream=True)
    course.answered = True
    return response


async def _read(response: httpx.Response, system: str, call: Call) -> bytes:
    """Counted after decompression: a small body can unpack to gigabytes."""
    with unreadable(system, call, response.status_code):
        unpacker = Unpacker(response.headers.get("content-encoding", ""), call.largest)
        async for chunk in response.aiter_raw():
            unpacker.feed(chunk)
        return unpacker.whole()


@contextmanager
def unreadable(system: str, call: Call, status: int) -> Generator[None, None, None]:
    """What is wrong with a body: of a paid call that went well, the voice may be there all the same."""
    try:
        yield
    except StudioError as error:
        error.system = system
        error.maybe_done = call.paid and status < 300
        error.retryable = error.reason in PASSING and not error.maybe_done
        raise


def _failure(error: Exception, system: str, call: Call, course: Course) -> StudioError:
    reason = _reason_of(error, course)
    lost = call.paid and course.sent and reason is not Reason.BAD_INPUT
    if call.paid and not course.sent and reason is Reason.TIMED_OUT:
        reason = Reason.UNREACHABLE  # nothing was sent yet
    detail = told(error)
    return StudioError(
        Reason.ANSWER_LOST if lost else reason,
        system=system,
        detail=detail,
        retryable=reason in PASSING and not lost and "CERTIFICATE_VERIFY" not in detail,
        maybe_done=lost,
    )


def _request(
    client: httpx.AsyncClient, call: Call, url: str, headers: Mapping[str, str], course: Course
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


def _reason_of(error: Exception, course: Course) -> Reason:
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


def told(error: BaseException) -> str:
    """Its words, and the ones of what lies under it: "all attempts failed" says little."""
    words = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    under: BaseException | None = error
    while under := under.__cause__ or under.__context__:
        if isinstance(under, OSError) and str(under) not in words:
            words += f" ({under})"
    return words
