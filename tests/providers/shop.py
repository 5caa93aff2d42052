"""The plainest of systems: one that answers with what it was asked, for tests of the way there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from studio.domain.errors import Reason, StudioError
from studio.providers.transport import Answer, Auth, Call, Line, Transport
from tests.fakes.exchange import Reply, Request
from tests.fakes.gate import FixedGate, Pauses
from tests.fakes.server import App, PretendServer

FREE = Call("GET", "/voices")
PAID = Call("POST", "/voices", json={"words": "deep"}, paid=True)


def echo(request: Request) -> Reply:
    return Reply(json={"path": request.path, "query": dict(request.query), "body": request.body.decode("latin-1")})


def judge(answer: Answer) -> StudioError | None:
    """The quota of this shop is full for good, whatever its status says."""
    if answer.status < 400:
        return None
    return answer.refusal(Reason.QUOTA_FULL if b"quota" in answer.data else None)


@dataclass
class Shop:
    server: PretendServer
    gate: FixedGate
    pauses: Pauses
    transport: Transport
    line: Line

    async def refused(self, call: Call) -> StudioError:
        with pytest.raises(StudioError) as caught:
            await self.line.send("shop", call)
        assert caught.value.system == "shop"
        return caught.value

    async def no_link(self, url: str) -> StudioError:
        with pytest.raises(StudioError) as caught:
            await self.line.fetch(url)
        assert caught.value.system == "shop"
        return caught.value


@asynccontextmanager
async def opened(app: App = echo) -> AsyncIterator[Shop]:
    async with PretendServer(app) as server:
        gate, pauses = FixedGate(server.url), Pauses()
        transport = Transport(gate, pauses)
        yield Shop(server, gate, pauses, transport, transport.line("shop", Auth.BEARER, judge, "X-Workspace"))
        await transport.aclose()
