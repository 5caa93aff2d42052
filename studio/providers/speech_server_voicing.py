"""How a speech server is made to say something: whole or while it comes, with the model that it says it holds."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

from studio.domain.accounts import SPEECH_SERVER, Access, Role, account_name
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Voice
from studio.ports import Codec, Progress
from studio.providers import speech_server_answers as answers
from studio.providers.reading import Record
from studio.providers.received import sound_of
from studio.providers.speaking import spoken
from studio.providers.speech_server_requests import MODELS_PATH, Way, speech_body, speech_call
from studio.providers.speech_server_stream import RATE_HZ, heard
from studio.providers.transport import PROBE_READ_S, Auth, Call, Transport

PART_MAX = 1_000

_STREAMED_AS = ("wav", "pcm")
"""A WAV tells its rate; some servers stream raw samples only."""


class Voicing:
    """Remembers, of each address, how it streams, as long as the program runs."""

    def __init__(self, transport: Transport, codec: Codec) -> None:
        self._transport = transport
        self._account = account_name(SPEECH_SERVER)
        self._line = transport.line(SPEECH_SERVER, Auth.BEARER, answers.refused)
        self._speech_line = transport.line(SPEECH_SERVER, Auth.BEARER, answers.speech_refused)
        self._codec = codec
        self._streamed_as: dict[str, tuple[str, ...]] = {}

    async def access(self) -> Access:
        try:
            return await self._transport.access(self._account)
        except StudioError as error:
            error.system = error.system or SPEECH_SERVER
            raise

    async def url(self, role: Role) -> str:
        """Raises ADDRESS_MISSING."""
        try:
            return (await self.access()).url(role)
        except StudioError as error:
            error.system = error.system or SPEECH_SERVER
            raise

    async def whole(
        self,
        way: Way,
        text: str,
        progress: Progress,
        rate_hz: int | None = None,
        audio_format: AudioFormat = AudioFormat.WAV,
    ) -> Clip:
        """In the rate that the server gives, where none is asked for."""
        model = await self._model(way.role)

        async def part(piece: str) -> Clip:
            answer = await self._speech_line.send(self._account, speech_call(way, piece, model))
            return await sound_of(answer, self._codec, AudioFormat.WAV, RATE_HZ)

        return await spoken(text, PART_MAX, part, self._codec, rate_hz, audio_format, progress)

    async def stream(self, way: Way, text: str, voice: Voice) -> AsyncGenerator[Pcm, None]:
        """Of a server that can't, the whole as one piece."""
        url, model = await self.url(way.role), await self._model(way.role)
        for form in self._streamed_as.get(url, _STREAMED_AS):
            came = False
            try:
                async with aclosing(self._streamed(speech_call(way, text, model, form))) as pieces:
                    async for piece in pieces:
                        came = True
                        yield piece
            except StudioError as error:
                if came or not answers.is_about_streaming(error):
                    raise _as_speech(error, voice, came=came) from error
                self._streamed_as[url] = tuple(one for one in self._streamed_as.get(url, _STREAMED_AS) if one != form)
                continue
            if not came:
                raise _as_speech(StudioError(Reason.NO_SOUND_CAME), voice, came=False)
            return
        yield _mono(await self._codec.decode(await self.whole(way, text, lambda _: None)))

    async def body(self, way: Way, text: str) -> Record:
        """What is sent for a text, with the server's model if it can be asked now."""
        model = ""
        with suppress(StudioError):
            model = await self._model(way.role)
        return speech_body(way, text, model)

    async def _streamed(self, call: Call) -> AsyncGenerator[Pcm, None]:
        async with self._speech_line.stream(self._account, call) as coming, aclosing(heard(coming)) as pieces:
            async for piece in pieces:
                yield piece

    async def _model(self, role: Role) -> str:
        """What the server says it holds now; empty where it has no list of models, and is asked without one."""
        try:
            call = Call("GET", MODELS_PATH, role=role, read_s=PROBE_READ_S)
            return answers.model(await self._line.send(self._account, call))
        except StudioError as error:
            if not answers.is_unknown(error):
                raise
            return ""


def _as_speech(error: StudioError, voice: Voice, *, came: bool) -> StudioError:
    """Speech makes nothing that could be there all the same."""
    lost = error.reason in (Reason.ANSWER_LOST, Reason.SPEECH_CUT)
    reason, detail = error.reason, error.detail
    if came:
        reason = Reason.SPEECH_CUT
    elif reason in (Reason.SPEECH_CUT, Reason.NO_SOUND_CAME):
        reason = Reason.NO_SOUND_CAME
        detail = f"{voice.voice_id[:200]} · {voice.target_model or 'no model'} {detail}".strip()
    elif reason is Reason.ANSWER_LOST:
        reason = Reason.ANSWER_CUT
    return StudioError(
        reason,
        system=SPEECH_SERVER,
        code=error.code,
        detail=detail,
        request_id=error.request_id,
        retryable=error.retryable or lost,
        wait_s=error.wait_s,
    )


def _mono(pcm: Pcm) -> Pcm:
    return pcm if pcm.channels == 1 else Pcm(pcm.samples.mean(axis=1, keepdims=True), pcm.rate_hz)
