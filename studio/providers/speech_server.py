"""Speech servers of one's own: any that speak `POST /v1/audio/speech`, as vLLM-Omni does with Qwen3-TTS.

Sources: engine.md 4. One server holds one model, so designing, cloning and preset voices have an address each. What a
server can't do is found out by asking it. A designed voice is kept here as clip and words, and stays the same because
it is cloned from the clip whenever it speaks; nothing of it is at the server.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from urllib.parse import quote

from studio.domain.accounts import SPEECH_SERVER, Probed, Role, account_name
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.briefs import Brief, CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import CloneModel, DesignModel, Limits, SampleLimits, Speech, SystemInfo
from studio.domain.voices import Cloned, Designed, Origin, Voice
from studio.ports import Codec, CodeKind, Page, Profiles, Progress, Receipt, no_page
from studio.providers import direct_examples, examples
from studio.providers import speech_server_answers as answers
from studio.providers.reading import narrowed
from studio.providers.speech_server_requests import (
    SPEECH_PATH,
    VOICES_PATH,
    Way,
    cloning,
    designing,
    naming,
    trial_words,
)
from studio.providers.speech_server_voices import (
    Recipe,
    Reference,
    found_at,
    is_ours,
    made,
    packed,
    recipe_of,
    unpacked,
)
from studio.providers.speech_server_voicing import PART_MAX, Voicing
from studio.providers.transport import FREE_READ_S, PROBE_READ_S, Auth, Call, Transport

DESIGN_MODEL = "voice-design"
CLONE_MODEL = "voice-clone"
"""What voices made here are bound to: a way of speaking, whichever model the server holds."""

REFERENCE_MAX_S = 28.0
"""vLLM-Omni takes clips of 1 to 30 s; of a longer preview only the beginning is kept, without its words."""

SPEECH = Speech(part_max=PART_MAX, usd_per_10k=0.0)

INFO = SystemInfo(
    system=SPEECH_SERVER,
    label="Speech server",
    needs_key=False,
    note="Servers of your own. A designed voice is kept here as clip and words, and cloned from its clip to speak; "
    "without a clone server it may sound different each time.",
    designs=(
        DesignModel(
            DESIGN_MODEL,
            Limits(
                description_max=2_000,
                preview_max=1_000,
                preview_advised=20,
                languages=tuple(Language),
                rates_hz=(8_000, 16_000, 24_000, 48_000),
                formats=(AudioFormat.WAV, AudioFormat.MP3, AudioFormat.FLAC, AudioFormat.OPUS, AudioFormat.PCM),
            ),
            price_usd=0.0,
        ),
    ),
    clones=(
        CloneModel(
            CLONE_MODEL,
            SampleLimits(
                seconds_min=1.0,
                seconds_max=30.0,
                bytes_max=10_000_000,
                takes_transcript=True,
                languages=tuple(Language),
            ),
            price_usd=0.0,
            note="With a transcript the clone follows the speaker's way of talking, without one the colour alone.",
        ),
    ),
    speech=SPEECH,
    deletion="Voices that were made with this program are kept here alone.",
    lists_own=False,
)


class SpeechServer:
    """A `Designer`, `Cloner`, `Catalogue`, `Streamer`, `Probe` and `Exemplar`, as far as there is a server."""

    def __init__(self, transport: Transport, codec: Codec, profiles: Profiles) -> None:
        self._account = account_name(SPEECH_SERVER)
        self._line = transport.line(SPEECH_SERVER, Auth.BEARER, answers.refused)
        self._voicing = Voicing(transport, codec)
        self._codec = codec
        self._profiles = profiles

    @property
    def info(self) -> SystemInfo:
        return INFO

    # -- making voices ------------------------------------------------------------------------------------

    async def design(self, brief: Brief, progress: Progress, receipt: Receipt) -> Designed:
        """The preview is the voice: what it sounds like is decided here. Its clip is saved before it is given back."""
        way = designing(brief.description, brief.language)
        first = await self._voicing.whole(way, brief.preview_text, progress)
        recipe = Recipe(brief.description, brief.preview_text, brief.language)
        clip, recipe = await self._fitting(first, recipe)
        named = brief.name or " ".join(brief.description.split()[:4])
        voice = made(named, Origin.DESIGNED, DESIGN_MODEL, recipe, brief.preview_text)
        await self._profiles.save(voice.voice_id, packed(Reference(voice, clip.data)))
        return Designed(voice, await self._as_asked(first, brief.rate_hz, brief.format))

    async def clone(self, brief: CloneBrief, progress: Progress) -> Cloned:
        """Whether the server clones, and takes this sample, is found out by having it say a word."""
        if brief.sample is None:
            raise StudioError(Reason.NOT_OFFERED, system=SPEECH_SERVER, detail="cloning from an address")
        recipe = Recipe("", brief.transcript.strip(), brief.language)
        reference = Reference(made(brief.name, Origin.CLONED, CLONE_MODEL, recipe), brief.sample.data)
        way = await asyncio.to_thread(cloning, reference, recipe)  # a clip may have 10 MB
        await self._voicing.whole(way, trial_words(brief.language), progress)
        await self._profiles.save(reference.voice.voice_id, packed(reference))
        return Cloned(reference.voice)

    async def _fitting(self, clip: Clip, recipe: Recipe) -> tuple[Clip, Recipe]:
        if clip.seconds <= REFERENCE_MAX_S:
            return clip, recipe
        pcm = await self._codec.decode(clip)
        start = Pcm(pcm.samples[: int(REFERENCE_MAX_S * pcm.rate_hz)], pcm.rate_hz)
        return await self._codec.encode(start, pcm.rate_hz, AudioFormat.WAV), replace(recipe, ref_text="")

    async def _as_asked(self, clip: Clip, rate_hz: int, audio_format: AudioFormat) -> Clip:
        if (clip.rate_hz, clip.format) == (rate_hz, audio_format):
            return clip
        return await self._codec.encode(await self._codec.decode(clip), rate_hz, audio_format)

    # -- speaking -----------------------------------------------------------------------------------------

    async def speak(
        self, voice: Voice, text: str, rate_hz: int | None, audio_format: AudioFormat, progress: Progress
    ) -> Clip:
        """Raises ADDRESS_MISSING where no server is set that can, CANNOT_SPEAK where the voice's clip is gone."""
        return await self._voicing.whole(await self._way_of(voice), text, progress, rate_hz, audio_format)

    def streams(self, voice: Voice) -> bool:
        """It is asked for; a server that can't gives the whole, which is then one piece."""
        return True

    async def stream(self, voice: Voice, text: str) -> AsyncGenerator[Pcm, None]:
        async with aclosing(self._voicing.stream(await self._way_of(voice), text, voice)) as pieces:
            async for piece in pieces:
                yield piece

    async def _way_of(self, voice: Voice) -> Way:
        if not is_ours(voice.voice_id):
            name, role = found_at(voice.voice_id)
            return naming(name, role, voice.language)
        recipe = recipe_of(voice)
        set_now = dict((await self._voicing.access()).urls)
        if Role.CLONE not in set_now and Role.DESIGN in set_now and recipe.instructions:
            return designing(recipe.instructions, recipe.language)
        return await asyncio.to_thread(cloning, await self._reference(voice.voice_id), recipe)

    async def _reference(self, voice_id: str) -> Reference:
        try:
            return await asyncio.to_thread(unpacked, voice_id, await self._profiles.load(voice_id))
        except StudioError as error:
            error.system = SPEECH_SERVER
            raise

    def examples(self, voice: Voice) -> tuple[CodeKind, ...]:
        return tuple(CodeKind)

    async def example(self, voice: Voice, text: str, kind: CodeKind) -> str:
        """A cloned voice's clip is in it, and may be some megabytes."""
        way = await self._way_of(voice)
        body = await self._voicing.body(way, examples.words(voice, text, PART_MAX))
        door = await examples.door(self._line, self._account, Auth.BEARER, way.role)
        return direct_examples.example(door, SPEECH_PATH, body, kind)

    # -- voices that servers have -------------------------------------------------------------------------

    async def voices(
        self, region: str, origin: Origin | None, keyword: str, progress: Progress, page: Page = no_page
    ) -> tuple[Voice, ...]:
        """Presets, and voices that somebody gave to a server; those made here are on no list. A server without a
        list has the voices that a person knows by name."""
        if origin is Origin.DESIGNED:
            return ()
        progress(None)
        wanted = origin or Origin.CLONED
        asked = await self._asked_for_voices()
        if not asked and wanted is Origin.BUILT_IN:
            await self._voicing.url(Role.CUSTOM)
        listed = [voice for role in asked for voice in await self._listed(role) or () if voice.origin is wanted]
        found = narrowed(listed, keyword)
        await page(found)
        return found

    async def look_up(self, voice_id: str, region: str) -> Voice:
        if is_ours(voice_id):
            return await self._looked_up_here(voice_id)
        name, role = found_at(voice_id)
        listed = await self._listed(role)
        if listed is None:
            return answers.named(name, role)
        for voice in listed:
            if voice.voice_id == voice_id:
                return voice
        raise StudioError(Reason.NO_SUCH_VOICE, system=SPEECH_SERVER, detail=voice_id[:200])

    async def delete(self, voice: Voice) -> None:
        """What was made here is nowhere else: of it nothing is sent."""
        if voice.origin is Origin.BUILT_IN:
            raise StudioError(Reason.NOT_DELETABLE, system=SPEECH_SERVER)
        if is_ours(voice.voice_id):
            return
        name, role = found_at(voice.voice_id)
        try:
            await self._line.send(self._account, Call("DELETE", f"{VOICES_PATH}/{quote(name, safe='')}", role=role))
        except StudioError as error:
            if error.code != "404":
                raise

    async def probe(self, region: str) -> Probed:
        """Every server that has an address, once; the error of the first that fails names it."""
        access = await self._voicing.access()
        if not access.urls:
            await self._voicing.url(Role.DESIGN)
        presets = None
        servers = {url: role for role, url in access.urls}
        for url, role in servers.items():
            try:
                listed = await self._listed(role, PROBE_READ_S)
            except StudioError as error:
                error.detail = f"{role.value}, {url}: {error.detail}"
                raise
            if role is Role.CUSTOM and listed is not None:
                presets = len(listed)
        return Probed(voices=presets)

    async def _looked_up_here(self, voice_id: str) -> Voice:
        try:
            return (await self._reference(voice_id)).voice
        except StudioError as error:
            raise StudioError(Reason.NO_SUCH_VOICE, system=SPEECH_SERVER, detail=voice_id) from error

    async def _listed(self, role: Role, read_s: float = FREE_READ_S) -> tuple[Voice, ...] | None:
        """None from a server that has no list."""
        try:
            call = Call("GET", VOICES_PATH, role=role, read_s=read_s)
            return answers.listed(await self._line.send(self._account, call), role)
        except StudioError as error:
            if error.code in ("404", "405", "501"):
                return None
            raise

    async def _asked_for_voices(self) -> tuple[Role, ...]:
        """One role for each server."""
        urls = dict((await self._voicing.access()).urls)
        both = urls.get(Role.CUSTOM) == urls.get(Role.CLONE)
        return tuple(role for role in (Role.CUSTOM, Role.CLONE) if role in urls and not (both and role is Role.CLONE))
