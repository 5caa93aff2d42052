"""What lighter speech servers answer with while they speak: events with odd fields."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest

from studio.audio.codec import SoundFileCodec
from studio.domain.audio import AudioFormat, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Origin
from studio.providers.speech_server import SpeechServer
from studio.providers.transport import Transport
from tests.fakes.exchange import Reply, Request
from tests.fakes.gate import FixedGate, Pauses
from tests.fakes.model_studio import tone
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.server import PretendServer
from tests.fakes.speech_server import SpeechServer as Pretend
from tests.fakes.voices import voice

VIVIAN = voice(system="speech-server", voice_id="vivian", origin=Origin.BUILT_IN, language=None, recipe="")
SECOND = tone(1.0, AudioFormat.PCM)


@dataclass
class Stage:
    """`says` is what is streamed, whatever was asked for."""

    system: SpeechServer
    says: Reply = field(default_factory=Reply)
    heard: tuple[Pcm, ...] = ()

    @property
    def seconds(self) -> float:
        return sum(piece.seconds for piece in self.heard)

    async def hear(self) -> None:
        self.heard = ()
        async with aclosing(self.system.stream(VIVIAN, "Good evening.")) as pieces:
            async for piece in pieces:
                self.heard += (piece,)

    async def cut(self) -> str:
        with pytest.raises(StudioError) as caught:
            await self.hear()
        assert (caught.value.reason, caught.value.retryable) == (Reason.SPEECH_CUT, True)
        return caught.value.detail


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    pretend = Pretend()

    def app(request: Request) -> Reply:
        return made.says if request.method == "POST" else pretend(request)

    async with PretendServer(app) as server:
        transport = Transport(FixedGate(f"{server.url}/v1", ""), Pauses())
        made = Stage(SpeechServer(transport, SoundFileCodec(), MemoryProfiles()))
        yield made
        await transport.aclose()


def events(*told: dict[str, object]) -> Reply:
    pieces = tuple(f"data: {json.dumps(one)}\n\n".encode() for one in told)
    return Reply(pieces=pieces, headers={"content-type": "text/event-stream"})


def delta(sound: bytes, **more: object) -> dict[str, object]:
    return {"type": "speech.audio.delta", "audio": base64.b64encode(sound).decode(), **more}


@pytest.mark.parametrize("error", [None, "", {}, False])
async def test_an_error_that_is_none_is_none(stage: Stage, error: object) -> None:
    stage.says = events(delta(SECOND, error=error), delta(SECOND, error=error), {"type": "speech.audio.done"})
    await stage.hear()
    assert stage.seconds == 2.0


@pytest.mark.parametrize("error", [{"message": "out of memory"}, "out of memory"])
async def test_an_error_in_any_event_is_one(stage: Stage, error: object) -> None:
    stage.says = events(delta(SECOND), {"error": error})
    assert "out of memory" in await stage.cut()
    assert stage.seconds == 1.0
