"""One system on a real transport, in front of its pretend server, with a clock that pauses move."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import pytest

from studio.audio.codec import SoundFileCodec
from studio.ports import Codec
from studio.providers.transport import Transport
from tests.fakes.gate import FixedGate
from tests.fakes.server import App, PretendServer

TSystem = TypeVar("TSystem")
TApp = TypeVar("TApp", bound=App)


@dataclass
class Clock:
    """Sleeping takes no time, and is what passes it. `stopped`, a sleep lasts until it is cancelled."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)
    stopped: bool = False
    asleep: asyncio.Event = field(default_factory=asyncio.Event)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        if self.stopped:
            self.asleep.set()
            await asyncio.Event().wait()


@dataclass
class Scene(Generic[TSystem, TApp]):
    system: TSystem
    app: TApp
    server: PretendServer
    clock: Clock

    @property
    def asked(self) -> list[tuple[str, str]]:
        return [(request.method, request.path) for request in self.server.requests]


@asynccontextmanager
async def played(
    build: Callable[[Transport, Codec], TSystem], app: TApp, key: str, base_path: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Scene[TSystem, TApp], None]:
    """No request that the documents don't allow goes unnoticed."""
    clock = Clock()
    monkeypatch.setattr("studio.providers.polling.monotonic", lambda: clock.now)
    async with PretendServer(app) as server:
        transport = Transport(FixedGate(server.url + base_path, key), clock.sleep)
        yield Scene(build(transport, SoundFileCodec()), app, server, clock)
        await transport.aclose()
        assert server.complaints == []
