"""A voice of each of Model Studio's two WebSockets, on a real transport before the pretend one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from studio.audio.codec import SoundFileCodec
from studio.domain.audio import Pcm
from studio.domain.errors import StudioError
from studio.domain.languages import Language
from studio.domain.voices import Voice
from studio.ports import Streamer
from studio.providers.model_studio_cosyvoice import CosyVoice
from studio.providers.model_studio_qwen import Qwen
from studio.providers.sockets import PATIENCE, Patience
from studio.providers.transport import Transport
from tests.fakes.gate import FixedGate, Pauses
from tests.fakes.model_studio import ModelStudio
from tests.fakes.model_studio_sockets import Session, Upset
from tests.fakes.server import PretendServer
from tests.fakes.voices import voice
from tests.providers.announcer import REALTIME
from tests.providers.deeds import check_no_key

TEXT = "Good evening. How are you today?"
IMPATIENT = Patience(open_s=1.0, first_s=1.0, sound_s=0.5, leave_s=0.5)
SPOKEN_WITH = {
    "qwen": voice(
        system="qwen",
        voice_id="qwen-tts-vd-announcer-voice-20251210170454-a1b2",
        target_model=REALTIME,
        language=Language.EN,
        region="intl",
    ),
    "cosyvoice": voice(
        system="cosyvoice",
        voice_id="cosyvoice-v3.5-plus-vd-announcer-xxxxxx",
        target_model="cosyvoice-v3.5-plus",
        language=Language.EN,
        region="intl",
    ),
}
BUILT: dict[str, Any] = {"qwen": Qwen, "cosyvoice": CosyVoice}


@dataclass
class Live:
    system: Streamer
    voice: Voice
    studio: ModelStudio
    server: PretendServer
    gate: FixedGate
    pauses: Pauses
    transport: Transport

    def fail(self, *upsets: Upset) -> None:
        self.studio.sockets.fail(*upsets)

    @property
    def sessions(self) -> list[Session]:
        return self.studio.sockets.sessions

    async def heard(self, text: str = TEXT, into: list[Pcm] | None = None, speaker: Voice | None = None) -> list[Pcm]:
        pieces = [] if into is None else into
        async with aclosing(self.system.stream(speaker or self.voice, text)) as stream:
            async for piece in stream:
                pieces.append(piece)
        return pieces

    async def refused(self, into: list[Pcm] | None = None, speaker: Voice | None = None) -> StudioError:
        with pytest.raises(StudioError) as caught:
            await self.heard(into=into, speaker=speaker)
        assert (caught.value.system, caught.value.maybe_done) == (self.voice.system, False)
        check_no_key(caught.value)
        return caught.value


@asynccontextmanager
async def opened(kind: str, patience: Patience = PATIENCE) -> AsyncIterator[Live]:
    """Complains at the end of whatever the program said against the documents."""
    one = SPOKEN_WITH[kind]
    told = {"voice": one.voice_id, "target_model": one.target_model, "status": "OK"}
    studio = ModelStudio(**{"designs" if kind == "qwen" else "cosyvoices": {one.voice_id: told}})
    async with PretendServer(studio) as server:
        gate, pauses = FixedGate(f"{server.url}/api/v1"), Pauses()
        transport = Transport(gate, pauses)
        system = BUILT[kind](transport, SoundFileCodec(), patience)
        yield Live(system, one, studio, server, gate, pauses, transport)
        await transport.aclose()
        assert server.complaints == []


def samples(pieces: list[Pcm]) -> bytes:
    """As they came over the wire."""
    assert all(piece.channels == 1 for piece in pieces)
    whole = np.concatenate([piece.samples[:, 0] for piece in pieces])
    return (whole * 32_768).astype("<i2").tobytes()
