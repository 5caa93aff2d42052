"""What lighter speech servers answer with while they speak: events with odd fields, WAV files in every shape."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator, Sequence
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
CUT = 7_001
"""Bytes in a piece: neither headers nor samples begin where one does."""


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


# -- WAV files without events ----------------------------------------------------------------------------------------


def wav(sound: bytes, size: int | None = None) -> bytes:
    """With a header that tells so many bytes of samples."""
    head = tone(0.1, AudioFormat.WAV)[:40]
    return head + (len(sound) if size is None else size).to_bytes(4, "little") + sound


def bare(*sent: bytes, cut: int = CUT) -> Reply:
    data = b"".join(sent)
    pieces = tuple(data[at : at + cut] for at in range(0, len(data), cut))
    return Reply(pieces=pieces, headers={"content-type": "audio/wav"})


@pytest.mark.parametrize("cut", [CUT, 48_044])
@pytest.mark.parametrize(
    "sent",
    [
        [wav(SECOND)] * 3,
        [wav(SECOND, 0)] * 3,
        [wav(SECOND, 0xFFFFFFFF)] * 3,
        [wav(SECOND * 3, 0xFFFFFFFF)],
        [wav(SECOND * 3, 0)],
        [wav(SECOND), SECOND, SECOND],
        [wav(SECOND), wav(SECOND * 2, len(SECOND))],
        [wav(SECOND * 3), b"LIST\x06\0\0\0ABCDEF"],
    ],
    ids=["in a row", "without a size", "endless", "endless one", "one of 0", "grew", "second grew", "note behind"],
)
async def test_every_sound_is_heard_once_and_whole(stage: Stage, sent: Sequence[bytes], cut: int) -> None:
    stage.says = bare(*sent, cut=cut)
    await stage.hear()
    assert b"".join((piece.samples * 32_768).astype("<i2").tobytes() for piece in stage.heard) == SECOND * 3


@pytest.mark.parametrize(
    ("sent", "detail"),
    [
        ([wav(SECOND, 3 * len(SECOND)), SECOND[:24_000]], "72000 bytes less"),
        ([wav(SECOND), wav(SECOND[:24_000], len(SECOND))], "24000 bytes less"),
        ([wav(SECOND[:24_000], len(SECOND)), wav(SECOND)], "24000 bytes less"),
        ([wav(SECOND), wav(SECOND)[:30]], "in the middle of a header"),
    ],
    ids=["half", "the last of two", "the first of two", "header"],
)
async def test_less_than_a_header_promises_is_cut(stage: Stage, sent: Sequence[bytes], detail: str) -> None:
    stage.says = bare(*sent)
    assert detail in await stage.cut()
    assert stage.seconds > 0


async def test_events_may_each_hold_a_file(stage: Stage) -> None:
    stage.says = events(delta(wav(SECOND)), delta(wav(SECOND)), delta(SECOND), {"type": "speech.audio.done"})
    await stage.hear()
    assert stage.seconds == 3.0
