"""What both systems at Model Studio have in common: speech while it is being made, and how to ask for it elsewhere."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from studio.domain.audio import Pcm
from studio.domain.voices import Voice
from studio.ports import Codec, CodeKind
from studio.providers.model_studio import line_to
from studio.providers.model_studio_examples import example, kinds
from studio.providers.model_studio_refusals import NO_VOICE_IS_MADE, judging
from studio.providers.model_studio_routes import can_be_reached, live
from studio.providers.sockets import PATIENCE, Patience
from studio.providers.transport import Transport


class SpokenAtModelStudio:
    """The `Exemplar`, and of a `Streamer` all but `speak`. `patience` is for speech over WebSockets."""

    def __init__(self, transport: Transport, system: str, codec: Codec, patience: Patience = PATIENCE) -> None:
        self._codec = codec
        self._patience = patience
        self._speech = line_to(transport, system, judging(NO_VOICE_IS_MADE))

    def streams(self, voice: Voice) -> bool:
        return can_be_reached(voice)

    def stream(self, voice: Voice, text: str) -> AsyncGenerator[Pcm]:
        return live(self._speech, voice, text, self._patience)

    def examples(self, voice: Voice) -> tuple[CodeKind, ...]:
        return kinds(self._speech, voice)

    async def example(self, voice: Voice, text: str, kind: CodeKind) -> str:
        return await example(self._speech, voice, text, kind)
