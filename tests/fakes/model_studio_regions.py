"""Both regions of the pretend Model Studio, each on a server and with a key of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from studio.audio.codec import SoundFileCodec
from studio.domain.accounts import Access
from studio.domain.errors import Reason, StudioError
from studio.ports import Codec
from studio.providers.transport import Transport
from tests.fakes.exchange import Reply, Request, altered, with_json
from tests.fakes.gate import PLANTED_KEY, Pauses
from tests.fakes.model_studio import ModelStudio
from tests.fakes.server import PretendServer

_System = TypeVar("_System")

INTL, CN = "model-studio-intl", "model-studio-cn"


@dataclass
class RegionGate:
    """Port `Gate`."""

    addresses: dict[str, Access]
    asked: list[str] = field(default_factory=list)

    async def access(self, account: str) -> Access:
        self.asked.append(account)
        if account not in self.addresses:
            raise StudioError(Reason.NO_SUCH_ACCOUNT, detail=account)
        return self.addresses[account]

    async def proxy(self) -> str:
        return ""


@dataclass
class Scene(Generic[_System]):
    """`studio` and `server` are the international region's."""

    system: _System
    studio: ModelStudio
    server: PretendServer
    beijing: ModelStudio
    beijing_server: PretendServer
    gate: RegionGate
    pauses: Pauses

    @property
    def sent(self) -> list[Request]:
        return self.server.requests

    def bodies(self) -> list[Any]:
        return [request.json for request in self.sent if request.method == "POST"]

    def tells(self, whole: object) -> None:
        """The next answer, instead of the one that belongs there; what was asked for is done all the same."""
        self.server.fail(altered("told", lambda _: Reply(json=whole)))

    def changes(self, change: Callable[[Any], object]) -> None:
        """The next answer goes through `change`, which works on the object itself or gives another."""

        def alter(reply: Reply) -> Reply:
            told = reply.json
            return with_json(reply, change(told) or told)

        self.server.fail(altered("changed", alter))


@asynccontextmanager
async def both_regions(build: Callable[[Transport, Codec], _System]) -> AsyncIterator[Scene[_System]]:
    """Complains at the end of whatever a request had wrong."""
    studio, beijing = ModelStudio(), ModelStudio(key="sk-of-beijing")
    async with PretendServer(studio) as server, PretendServer(beijing) as beijing_server:
        studio.host, beijing.host = server.url, beijing_server.url
        gate = RegionGate(
            {
                INTL: Access(INTL, f"{server.url}/api/v1", PLANTED_KEY),
                CN: Access(CN, f"{beijing_server.url}/api/v1", beijing.key, "ws-1"),
            }
        )
        pauses = Pauses()
        transport = Transport(gate, pauses)
        system = build(transport, SoundFileCodec())
        yield Scene(system, studio, server, beijing, beijing_server, gate, pauses)
        await transport.aclose()
        assert server.complaints == []
        assert beijing_server.complaints == []
