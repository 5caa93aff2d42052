"""Where a system is tried: on a real transport, before its pretend server; and what may come of each failure."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from studio.domain.errors import Reason, StudioError
from studio.ports import Catalogue, Cloner, Designer, Probe, Speaker, TaskDesigner
from tests.fakes.exchange import Fault, Reply, Request, altered, bomb, dropped, half, page, status
from tests.fakes.gate import PLANTED_KEY, FixedGate, Pauses
from tests.fakes.server import App, PretendServer
from tests.providers.deeds import Deed, check_no_key

AT_ONCE_S = 5.0
ALWAYS = 1_000


@dataclass(frozen=True)
class Expected:
    """Of a fault in the main request: the reason where it was free, where it was paid, whether the voice may exist."""

    fault: Fault
    free: Reason
    paid: Reason
    maybe_done: bool

    def __str__(self) -> str:
        return self.fault.name


EXPECTED = (
    Expected(status(401), Reason.KEY_REFUSED, Reason.KEY_REFUSED, False),
    Expected(status(402), Reason.NO_CREDIT, Reason.NO_CREDIT, False),
    Expected(status(403), Reason.NOT_ALLOWED, Reason.NOT_ALLOWED, False),
    Expected(status(404), Reason.REFUSED, Reason.REFUSED, False),
    Expected(status(408), Reason.TIMED_OUT, Reason.TIMED_OUT, True),
    Expected(status(500), Reason.SERVER_FAILED, Reason.SERVER_FAILED, True),
    Expected(page(502), Reason.SERVER_FAILED, Reason.SERVER_FAILED, True),
    Expected(page(200), Reason.NOT_JSON, Reason.NOT_JSON, True),
    Expected(dropped(), Reason.UNREACHABLE, Reason.ANSWER_LOST, True),
    Expected(dropped(handled=True), Reason.UNREACHABLE, Reason.ANSWER_LOST, True),
    Expected(half(), Reason.ANSWER_CUT, Reason.ANSWER_LOST, True),
    Expected(bomb(), Reason.TOO_BIG, Reason.TOO_BIG, True),
    Expected(altered("cut", lambda said: Reply(body=said.content[:-2])), Reason.ANSWER_CUT, Reason.ANSWER_CUT, True),
)
LATER = (status(401), status(500), page(200), dropped(), half(), status(200), status(200, "null"), bomb())

FITTING = {
    *(Reason.UNREADABLE, Reason.NOT_JSON, Reason.ANSWER_CUT, Reason.ANSWER_LOST, Reason.TOO_BIG),
    *(Reason.UNREADABLE_AUDIO, Reason.EMPTY_AUDIO, Reason.PREVIEW_LOST, Reason.LINK_EXPIRED, Reason.NO_SUCH_VOICE),
    *(Reason.REFUSED, Reason.SERVER_FAILED, Reason.STILL_RUNNING, Reason.TIMED_OUT, Reason.UNREACHABLE),
    *(Reason.TASK_FAILED, Reason.TASK_CANCELLED, Reason.INSECURE_ADDRESS, Reason.IN_REVIEW, Reason.REJECTED),
}
"""What a broken answer may be called: never a fault of the person or of the key."""

METHODS = {
    Designer: {"design"},
    TaskDesigner: {"resume"},
    Cloner: {"clone"},
    Catalogue: {"voices", "look_up", "delete"},
    Speaker: {"speak"},
    Probe: {"probe"},
}


@dataclass
class Stage:
    """A system on a real transport, before its pretend server; what isn't keyed is served `elsewhere`."""

    app: Callable[[], App]
    server: PretendServer
    elsewhere: PretendServer
    gate: FixedGate
    pauses: Pauses
    system: Any

    @property
    def requests(self) -> list[Request]:
        return [*self.server.requests, *self.elsewhere.requests]

    def refresh(self) -> None:
        """The vendor forgets everything."""
        for server in (self.server, self.elsewhere):
            server.heal()
            server.requests.clear()
        self.pauses.taken.clear()
        self.server.app = self.elsewhere.app = app = self.app()
        if hasattr(app, "host"):
            app.host = self.elsewhere.url

    def fail(self, fault: Fault, *, since: int = 0, times: int = ALWAYS) -> None:
        """From the request of that number on."""
        for server in (self.server, self.elsewhere):
            server.fail(fault, times, lambda _: len(self.requests) > since)

    async def attempt(self, deed: Deed) -> object:
        """What came of it: a result, or a StudioError; anything else is a bug. The key is in neither."""
        try:
            async with asyncio.timeout(30):
                outcome: object = await deed.act(self.system)
        except StudioError as error:
            outcome = error
        if isinstance(outcome, StudioError):
            assert outcome.system == self.system.info.system
            check_no_key(outcome)
            return outcome
        check_no_key(getattr(outcome, "trouble", None))
        assert PLANTED_KEY not in repr(outcome)
        return outcome

    async def refused(self, deed: Deed) -> StudioError:
        outcome = await self.attempt(deed)
        assert isinstance(outcome, StudioError), outcome
        return outcome

    def sent(self, deed: Deed) -> int:
        """How often the main request was sent."""
        return sum(deed.golden[deed.main].matches(one) for one in self.requests)


def json_of(reply: Reply) -> object:
    try:
        return json.loads(reply.content)
    except ValueError:
        return {}


async def cancelled(task: asyncio.Future[object]) -> None:
    task.cancel()
    done, _ = await asyncio.wait((task,), timeout=AT_ONCE_S)
    assert done
    assert task.cancelled()


async def address_of_nobody() -> str:
    async with PretendServer(lambda _: Reply()) as server:
        return server.url
