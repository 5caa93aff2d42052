"""Noiz: a list of voices, clones from a file or an address, and speech.

Sources: seed 003 (the voices), api/evolink-and-noiz.md B (the base URL, the raw key, members of answers, speech).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from urllib.parse import quote

from studio.domain.accounts import NOIZ, Probed, account_name
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import CloneModel, SampleLimits, Speech, SystemInfo
from studio.domain.scripts import language_of
from studio.domain.voices import Cloned, Origin, Voice
from studio.ports import Codec, CodeKind, Page, Progress, no_page
from studio.providers import examples, noiz_examples, noiz_list
from studio.providers import noiz_answers as answers
from studio.providers.forms import fields_only, sample_part
from studio.providers.pages import Gathered
from studio.providers.raw_sound import RawSound
from studio.providers.reading import Record, record, text
from studio.providers.received import no_sound_in, sound_of
from studio.providers.speaking import heard, spoken
from studio.providers.transport import (
    AUDIO_MAX,
    FREE_READ_S,
    PAID_READ_S,
    PROBE_READ_S,
    Answer,
    Auth,
    Call,
    Line,
    Transport,
)

SPEECH = Speech(part_max=5_000, usd_per_10k=0.15)

INFO = SystemInfo(
    system=NOIZ,
    label="Noiz",
    needs_key=True,
    note="Clones voices, and lists voices of its own. 10 to 30 seconds of clear speech make a good sample.",
    clones=(CloneModel("", SampleLimits(takes_url=True, takes_denoise=True, languages=tuple(Language)), None),),
    speech=SPEECH,
    deletion="Noiz only marks the voice as deleted: the sample stays in its storage.",
)

VOICES = "/voices"
SPEAK = "/text-to-speech"
RATE_HZ = 24_000
_PASTE = "Paste the key exactly as the site shows it: what is set now is no base64, as Noiz's keys are."
_SPOKEN_LANGUAGES = (Language.ZH, Language.EN)


def clone_fields(brief: CloneBrief) -> dict[str, str]:
    """Beside the sample. What the person left open is left to Noiz."""
    fields = {"display_name": brief.name}
    if brief.denoise is not None:
        fields["denoise"] = "true" if brief.denoise else "false"
    if brief.language:
        fields["language"] = brief.language.value
    return fields


def clone_call(brief: CloneBrief) -> Call:
    """Exactly one of a file and an address, always as a multipart form."""
    fields = clone_fields(brief)
    if brief.sample is None:
        files = fields_only({"voice_url": brief.sample_url, **fields})
        return Call("POST", VOICES, files=files, paid=True, read_s=PAID_READ_S)
    files = {"file": sample_part(brief.sample)}
    return Call("POST", VOICES, form=fields, files=files, paid=True, read_s=PAID_READ_S)


def speech_fields(voice: Voice, piece: str, audio_format: AudioFormat) -> dict[str, str]:
    fields = {"text": piece, "voice_id": voice.voice_id, "output_format": audio_format.value}
    language = language_of(piece, voice.language) if voice.language else None
    return fields | ({"target_lang": language.value} if language and language in _SPOKEN_LANGUAGES else {})


class Noiz:
    """A `Cloner`, `Catalogue`, `Streamer`, `Probe` and `Exemplar`."""

    def __init__(self, transport: Transport, codec: Codec) -> None:
        self._transport = transport
        self._account = account_name(NOIZ)
        self._line = transport.line(NOIZ, Auth.RAW, answers.refused)
        self._voice_line = transport.line(NOIZ, Auth.RAW, answers.voice_refused)
        self._codec = codec

    @property
    def info(self) -> SystemInfo:
        return INFO

    async def clone(self, brief: CloneBrief, progress: Progress) -> Cloned:
        """The answer tells little of the voice; what its detail adds is welcome, and missed by nobody."""
        progress(None)
        answer = await self._send(clone_call(brief))
        whole = answer.record()
        made, request_id = record(whole, "data"), text(whole, "request_id") or answer.request_id
        voice_id = text(made, "voice_id")
        if not voice_id:
            raise answer.error(Reason.UNREADABLE, detail=answer.text, request_id=request_id)
        voice = answers.voice(made | {"voice_id": voice_id, "voice_type": answers.CUSTOM}, answers.CUSTOM)
        with suppress(StudioError):
            voice = replace(await self.look_up(voice_id, ""), origin=Origin.CLONED)
        name = text(made, "voice_display_name", "display_name") or brief.name
        return Cloned(replace(voice, name=name, language=voice.language or brief.language), request_id)

    async def voices(
        self, region: str, origin: Origin | None, keyword: str, progress: Progress, page: Page = no_page
    ) -> tuple[Voice, ...]:
        """Custom voices count as cloned: Noiz doesn't tell which of them were designed."""
        if origin is Origin.DESIGNED:
            return ()
        kind = answers.BUILT_IN if origin is Origin.BUILT_IN else answers.CUSTOM
        other = answers.CUSTOM if kind == answers.BUILT_IN else answers.BUILT_IN
        gathered = Gathered(page)

        async def ask(skip: int, limit: int) -> noiz_list.Page:
            answer = await self._page(kind, keyword, skip, limit)
            return noiz_list.Page(answers.page(answer), answers.total(answer))

        async def items(told: list[Record]) -> None:
            shown = (item for item in told if not answers.is_deleted(item) and text(item, "voice_type") != other)
            await gathered.add(answers.voice(item, kind) for item in shown)

        await noiz_list.every_item(ask, progress, items)
        return gathered.voices

    async def look_up(self, voice_id: str, region: str) -> Voice:
        answer = await self._send(Call("GET", _path(voice_id)), self._voice_line)
        item = record(answer.record(), "data")
        if not item:
            raise answer.error(Reason.UNREADABLE, detail=answer.text)
        if answers.is_deleted(item):
            raise StudioError(Reason.NO_SUCH_VOICE, system=NOIZ, detail=voice_id[:200])
        return answers.voice(item | {"voice_id": voice_id}, answers.CUSTOM)

    async def delete(self, voice: Voice) -> None:
        if voice.origin is Origin.BUILT_IN:
            raise StudioError(Reason.NOT_DELETABLE, system=NOIZ)
        try:
            answer = await self._send(Call("DELETE", _path(voice.voice_id)), self._voice_line)
        except StudioError as error:
            if error.reason is not Reason.NO_SUCH_VOICE:
                raise
            return
        if answer.data.strip():
            answer.record()

    async def speak(
        self, voice: Voice, text: str, rate_hz: int | None, audio_format: AudioFormat, progress: Progress
    ) -> Clip:
        sent = AudioFormat.MP3 if audio_format is AudioFormat.MP3 else AudioFormat.WAV

        async def part(piece: str) -> Clip:
            files = fields_only(speech_fields(voice, piece, sent))
            call = Call("POST", SPEAK, files=files, paid=True, read_s=PAID_READ_S, largest=AUDIO_MAX)
            return await sound_of(await self._send(call, self._voice_line), self._codec, sent, RATE_HZ)

        return await spoken(text, SPEECH.part_max, part, self._codec, rate_hz, audio_format, progress)

    def streams(self, voice: Voice) -> bool:
        return True

    def stream(self, voice: Voice, text: str) -> AsyncGenerator[Pcm, None]:
        return heard(self._pieces(voice, text), voice)

    async def _pieces(self, voice: Voice, text: str) -> AsyncGenerator[Pcm, None]:
        """One WAV, cut up: the end of the answer is the end of the sound."""
        files = fields_only(speech_fields(voice, text, AudioFormat.WAV) | {"stream": "true"})
        call = Call("POST", SPEAK, files=files, paid=True, read_s=PAID_READ_S, largest=AUDIO_MAX)
        sound = RawSound(RATE_HZ)
        async with self._key_explained(), self._voice_line.stream(self._account, call) as coming:
            if coming.whole:
                raise no_sound_in(coming.whole)
            async for data in coming:
                if piece := sound.feed(data):
                    yield piece
        if piece := sound.feed(b"", last=True):
            yield piece
        if sound.lack:
            raise StudioError(Reason.SPEECH_CUT, system=NOIZ, detail=sound.lack)

    def examples(self, voice: Voice) -> tuple[CodeKind, ...]:
        return tuple(CodeKind)

    async def example(self, voice: Voice, text: str, kind: CodeKind) -> str:
        door = await examples.door(self._line, self._account, Auth.RAW)
        fields = speech_fields(voice, examples.words(voice, text, SPEECH.part_max), AudioFormat.WAV)
        return noiz_examples.example(door, SPEAK, fields, kind)

    async def probe(self, region: str) -> Probed:
        return Probed(voices=answers.total(await self._page(answers.CUSTOM, "", 0, 1, PROBE_READ_S)))

    async def _page(self, kind: str, keyword: str, skip: int, limit: int, read_s: float = FREE_READ_S) -> Answer:
        query = {"voice_type": kind, "skip": str(skip), "limit": str(limit)} | ({"keyword": keyword} if keyword else {})
        return await self._send(Call("GET", VOICES, query=query, read_s=read_s))

    async def _send(self, call: Call, line: Line | None = None) -> Answer:
        async with self._key_explained():
            return await (line or self._line).send(self._account, call)

    @asynccontextmanager
    async def _key_explained(self) -> AsyncGenerator[None, None]:
        try:
            yield
        except StudioError as error:
            if error.reason is Reason.KEY_REFUSED and not await self._key_is_base64():
                error.detail = f"{error.detail} ({_PASTE})".strip()
            raise

    async def _key_is_base64(self) -> bool:
        try:
            return bool(base64.b64decode((await self._transport.access(self._account)).key, validate=True))
        except (binascii.Error, ValueError):
            return False


def _path(voice_id: str) -> str:
    return f"{VOICES}/{quote(voice_id, safe='')}"
