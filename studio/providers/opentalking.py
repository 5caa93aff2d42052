"""OpenTalking: a server of one's own that clones through two providers and speaks through four.

Sources: seed 004; what real servers do differently, api/opentalking.md. It needs no key.
"""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from uuid import uuid4

from studio.domain.accounts import OPENTALKING, Probed, account_name
from studio.domain.audio import AudioFormat, Clip
from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import CloneModel, Handle, SampleLimits, Speech, SystemInfo
from studio.domain.samples import Sample
from studio.domain.voices import Cloned, Origin, Voice
from studio.ports import Codec, CodeKind, Page, Progress, no_page
from studio.providers import direct_examples, examples
from studio.providers import opentalking_answers as answers
from studio.providers.calls import PARSED_AT_ONCE
from studio.providers.forms import sample_part
from studio.providers.pages import Gathered
from studio.providers.reading import Record, language, text
from studio.providers.received import sound_of
from studio.providers.speaking import spoken
from studio.providers.transport import AUDIO_MAX, JSON_WITH_AUDIO_MAX, PROBE_READ_S, Auth, Call, Transport

DASHSCOPE = "dashscope"
COSYVOICE = "cosyvoice"
EDGE = "edge"
SPEAKERS = (EDGE, DASHSCOPE, COSYVOICE, "elevenlabs")
CLONERS = (DASHSCOPE, COSYVOICE)


def _sample_limits(handle: Handle, speech_min_s: float) -> SampleLimits:
    """What Model Studio behind it takes (api/dashscope.md 2.1); the server makes 24 kHz mono of any sound itself."""
    return SampleLimits(bytes_min=256, bytes_max=12_000_000, seconds_max=60.0, speech_min_s=speech_min_s, handle=handle)


SPEECH = Speech(part_max=200)

INFO = SystemInfo(
    system=OPENTALKING,
    label="OpenTalking",
    needs_key=False,
    note="A server of your own. It clones through Alibaba Model Studio, with the key that is set on the server.",
    clones=(
        CloneModel(
            "qwen3-tts-vc-realtime-2026-01-15",
            _sample_limits(Handle("a-z0-9_", 20, lower_case=True, starts_with_letter=True), 3.0),
            None,
            backend=DASHSCOPE,
        ),
        CloneModel(
            "cosyvoice-v3-flash",
            _sample_limits(Handle("a-z0-9", 9, lower_case=True), 5.0),
            None,
            backend=COSYVOICE,
            note="The server must be reachable from the internet, because CosyVoice fetches the sample from it.",
        ),
    ),
    speech=SPEECH,
    deletion="OpenTalking forgets the voice; the copy at the provider behind it stays there.",
)

SPEAK = "/tts/preview"
LIST_READ_S = 60.0  # a server that clones answers nothing else meanwhile
WORK_READ_S = 200.0  # the server itself gives up after 180 s
RATE_HZ = 16_000
_EDGE_VOICE = re.compile(r"[a-z]{2,3}-[A-Za-z]+(?:-[A-Za-z]+)*-[A-Za-z]+Neural")
_HANDLE_FIELDS = {DASHSCOPE: "preferred_name", COSYVOICE: "prefix"}


def clone_call(brief: CloneBrief, sample: Sample) -> Call:
    backend, model = _backend_of(brief)
    form = {"provider": backend, "target_model": model, "display_label": brief.name}
    if brief.handle and backend in _HANDLE_FIELDS:
        form[_HANDLE_FIELDS[backend]] = brief.handle
    files = {"audio": sample_part(sample)}
    return Call("POST", "/voices/clone", form=form, files=files, paid=True, read_s=WORK_READ_S)


def speech_request(voice: Voice, piece: str) -> Record:
    """Provider and model in both spellings: real servers read the second, the document has the first."""
    body: Record = {"text": piece, "voice": answers.bare_id(voice)}
    if voice.recipe:
        body |= {"provider": voice.recipe, "tts_provider": voice.recipe}
    if voice.target_model:
        body |= {"model": voice.target_model, "tts_model": voice.target_model}
    return body


class OpenTalking:
    """A `Cloner`, `Catalogue`, `Speaker`, `Probe` and `Exemplar`."""

    def __init__(self, transport: Transport, codec: Codec) -> None:
        self._account = account_name(OPENTALKING)
        self._line = transport.line(OPENTALKING, Auth.NONE, answers.refused)
        self._codec = codec

    @property
    def info(self) -> SystemInfo:
        return INFO

    async def clone(self, brief: CloneBrief, progress: Progress) -> Cloned:
        """A file only. The label may come back with a suffix, where another voice has it already."""
        if brief.sample is None:
            raise StudioError(Reason.NOT_OFFERED, system=OPENTALKING, detail="cloning from an address")
        progress(None)
        backend, model = _backend_of(brief)
        answer = await self._line.send(self._account, clone_call(brief, brief.sample))
        made = answers.cloned(answer)
        voice = _voice(
            text(made, "voice_id"),
            text(made, "display_label") or brief.name,
            Origin.CLONED,
            text(made, "provider") or backend,
            text(made, "target_model") or model,
        )
        return Cloned(voice, text(made, "request_id") or answer.request_id)

    async def voices(
        self, region: str, origin: Origin | None, keyword: str, progress: Progress, page: Page = no_page
    ) -> tuple[Voice, ...]:
        """One page with all voices. The server has no search: a keyword is looked for here."""
        if origin is Origin.DESIGNED:
            return ()
        progress(None)
        gathered = Gathered(page, keyword)
        listed = (row.voice for row in await self._rows())
        await gathered.add(voice for voice in listed if voice.origin is (origin or Origin.CLONED))
        return gathered.voices

    async def look_up(self, voice_id: str, region: str) -> Voice:
        """From the list; else one that no list shows: `provider/voice`, or a voice of edge under its own name."""
        for row in await self._rows():
            if voice_id in (row.voice.voice_id, f"{row.provider}/{row.bare_id}"):
                return row.voice
        provider, slash, name = voice_id.partition("/")
        if not slash:
            provider, name = EDGE, voice_id
        if _EDGE_VOICE.fullmatch(name) and provider == EDGE:
            return _voice(name, name, Origin.BUILT_IN, EDGE, "")
        if slash and name and provider in SPEAKERS:
            return _voice(voice_id, name, Origin.BUILT_IN, provider, "")
        raise StudioError(Reason.NO_SUCH_VOICE, system=OPENTALKING, detail=voice_id[:200])

    async def delete(self, voice: Voice) -> None:
        """A delete names the entry, which only the list tells. Servers differ in what they answer to it."""
        if voice.origin is Origin.BUILT_IN:
            raise StudioError(Reason.NOT_DELETABLE, system=OPENTALKING)
        rows = await self._rows(voice.recipe if voice.recipe in CLONERS else "")
        row = next((row for row in rows if row.is_of(voice)), None)
        if row is None:
            return
        if row.voice.origin is Origin.BUILT_IN or row.entry_id is None:
            raise StudioError(Reason.NOT_DELETABLE, system=OPENTALKING)
        try:
            answer = await self._line.send(self._account, Call("DELETE", f"/voices/{row.entry_id}", read_s=LIST_READ_S))
        except StudioError as error:
            if error.code != "404":
                raise
            return
        if answer.data.strip():
            answer.record()

    async def speak(
        self, voice: Voice, text: str, rate_hz: int | None, audio_format: AudioFormat, progress: Progress
    ) -> Clip:
        async def part(piece: str) -> Clip:
            body = speech_request(voice, piece)
            call = Call("POST", SPEAK, json=body, paid=True, read_s=WORK_READ_S, largest=AUDIO_MAX)
            return await sound_of(await self._line.send(self._account, call), self._codec, AudioFormat.WAV, RATE_HZ)

        return await spoken(text, SPEECH.part_max, part, self._codec, rate_hz, audio_format, progress)

    def examples(self, voice: Voice) -> tuple[CodeKind, ...]:
        return tuple(CodeKind)

    async def example(self, voice: Voice, text: str, kind: CodeKind) -> str:
        door = await examples.door(self._line, self._account, Auth.NONE)
        body = speech_request(voice, examples.words(voice, text, SPEECH.part_max))
        return direct_examples.example(door, SPEAK, body, kind)

    async def probe(self, region: str) -> Probed:
        return Probed(voices=len(await self._rows(read_s=PROBE_READ_S)))

    async def _rows(self, provider: str = "", read_s: float = LIST_READ_S) -> tuple[answers.Row, ...]:
        query = {"provider": provider} if provider else None
        call = Call("GET", "/voices", query=query, largest=JSON_WITH_AUDIO_MAX, read_s=read_s)
        answer = await self._line.send(self._account, call)
        if len(answer.data) <= PARSED_AT_ONCE:
            return answers.rows(answer)
        return await asyncio.to_thread(answers.rows, answer)  # 10,000 voices: 150 to 250 ms


def _backend_of(brief: CloneBrief) -> tuple[str, str]:
    """Backend and model: the one asked for, else the model's, else by the model's name."""
    known = next((one for one in INFO.clones if one.model == brief.model), None)
    named = COSYVOICE if COSYVOICE in brief.model else DASHSCOPE
    backend = brief.backend or (known.backend if known else named)
    return backend, brief.model or INFO.clone_model("", backend).model


def _voice(voice_id: str, name: str, origin: Origin, provider: str, model: str) -> Voice:
    is_edge = provider == EDGE and origin is Origin.BUILT_IN
    return Voice(
        library_id=uuid4(),
        system=OPENTALKING,
        account="",
        voice_id=voice_id,
        name=name,
        origin=origin,
        target_model=model,
        language=language(voice_id) if is_edge else None,
        created=datetime.now(UTC),
        recipe=provider,
    )
