"""The contract itself, held against the smallest system there can be."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import numpy as np

from studio.audio.codec import encode
from studio.domain.accounts import Probed
from studio.domain.audio import AudioFormat, Pcm
from studio.domain.briefs import Brief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import SystemInfo
from studio.domain.voices import Designed, Origin, Voice
from studio.ports import Codec, Designer, Probe, Progress, Receipt
from studio.providers import reading
from studio.providers.transport import Answer, Auth, Call, Transport
from tests.fakes.exchange import Complaint, Reply, Request
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.server import App
from tests.providers.contract import Deed, Golden, ProviderContract, forgotten, nothing

BRIEF = Brief("acme", "A deep voice", "Good evening.", Language.EN, name="Otto")


class Acme:
    """A `Designer` and a `Probe`."""

    info = SystemInfo("acme", "Acme", needs_key=True, note="")

    def __init__(self, transport: Transport, codec: Codec) -> None:
        self._line = transport.line("acme", Auth.BEARER, _refused)
        self._codec = codec

    async def design(self, brief: Brief, progress: Progress, receipt: Receipt) -> Designed:
        body = {"words": brief.description, "text": brief.preview_text}
        answer = await self._line.send("acme", Call("POST", "/v1/make", json=body, paid=True))
        told = answer.record()
        voice_id = reading.text(told, "id")
        if not voice_id:
            raise answer.error(Reason.UNREADABLE, detail=answer.text)
        voice = Voice(
            uuid4(), "acme", "", voice_id, brief.name, Origin.DESIGNED, "acme-1", brief.language, datetime.now(UTC)
        )
        try:
            data = reading.base64_bytes(answer, reading.text(told, "audio"))
            return Designed(voice, await self._codec.measured(data, AudioFormat.WAV, 24_000))
        except StudioError as error:
            return Designed(voice, None, trouble=error)

    async def probe(self, region: str) -> Probed:
        answer = await self._line.send("acme", Call("GET", "/v1/voices"))
        return Probed(voices=len(reading.records(answer.record(), "voices")))


def _refused(answer: Answer) -> StudioError | None:
    if answer.status < 400:
        return None
    try:
        told = answer.record()
    except StudioError:
        return answer.refusal()
    return answer.refusal(code=reading.text(told, "code"), detail=reading.text(told, "message"))


@dataclass
class PretendAcme:
    made: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Reply:
        if (request.method, request.path) == ("GET", "/v1/voices"):
            return Reply(json={"voices": [{"id": one} for one in self.made]})
        if set(request.json) != {"words", "text"}:
            raise Complaint(f"fields {set(request.json)}")
        self.made.append(f"acme-{len(self.made)}")
        sound = encode(Pcm(np.full((4_800, 1), 0.1, np.float32), 24_000), 24_000, AudioFormat.WAV).data
        return Reply(json={"id": self.made[-1], "audio": base64.b64encode(sound).decode()})


class TestAcme(ProviderContract):
    account = "acme"
    authorization = f"Bearer {PLANTED_KEY}"
    offers = frozenset({Designer, Probe})
    deeds = (
        Deed(
            "design",
            lambda acme: acme.design(BRIEF, nothing, forgotten),
            (Golden("POST", "/v1/make", {"words": "A deep voice", "text": "Good evening."}),),
            paid=True,
            audio=("audio",),
        ),
        Deed("probe", lambda acme: acme.probe(""), (Golden("GET", "/v1/voices"),)),
    )

    test_later_failures_lose_nothing = None  # pyright: ignore[reportAssignmentType] - nothing of it comes later

    def app(self) -> App:
        return PretendAcme()

    def build(self, transport: Transport, codec: Codec) -> Acme:
        return Acme(transport, codec)
