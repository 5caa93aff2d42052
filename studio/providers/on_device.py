"""This computer as a voice system: drafts of voices and matches of samples, free, and with nothing sent anywhere."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.briefs import ON_DEVICE, Brief, CloneBrief
from studio.domain.errors import StudioError
from studio.domain.languages import Language
from studio.domain.limits import DesignModel, Limits, Speech, SystemInfo
from studio.domain.scripts import language_of
from studio.domain.voices import Cloned, Designed, Origin, Voice
from studio.engine.client import SEED_MAX, Design, LocalEngine
from studio.engine.streaming import streamed
from studio.ports import Codec, CodeKind, Profiles, Progress, Receipt
from studio.providers.on_device_examples import example
from studio.providers.on_device_match import MATCH_MODEL, MODEL, Matches

TARGET_MODEL = "espeak-ng-1.52"

INFO = SystemInfo(
    system=ON_DEVICE,
    label="This computer",
    needs_key=False,
    note="A draft voice made on this computer. It sounds synthetic, needs no key and sends nothing anywhere.",
    designs=(
        DesignModel(
            TARGET_MODEL,
            Limits(
                description_max=2048,
                preview_max=1024,
                languages=tuple(Language),
                rates_hz=(8_000, 16_000, 24_000, 48_000),
                formats=(AudioFormat.WAV, AudioFormat.MP3, AudioFormat.OPUS, AudioFormat.PCM, AudioFormat.FLAC),
                seed_max=SEED_MAX,
            ),
            price_usd=0.0,
        ),
    ),
    clones=(MODEL,),
    speech=Speech(part_max=20_000, usd_per_10k=0.0),
    lists_own=False,
)
RATE_HZ = 24_000


class OnDevice:
    """A `Designer`, a `Cloner` by timbre match, a `Streamer` and an `Exemplar`. Who made the engine closes it."""

    def __init__(self, engine: LocalEngine, codec: Codec, profiles: Profiles) -> None:
        self._engine = engine
        self._codec = codec
        self._matches = Matches(engine, codec, profiles)

    @property
    def info(self) -> SystemInfo:
        return INFO

    async def design(self, brief: Brief, progress: Progress, receipt: Receipt) -> Designed:
        with _named():
            language = language_of(brief.preview_text, brief.language)
            design = await self._engine.design(brief.description, brief.seed, brief.preview_text, language, progress)
        preview = await self._codec.encode(design.pcm, brief.rate_hz, brief.format)
        return Designed(_voice(brief, design), preview, design.seed, design.understood, design.unused_words)

    async def clone(self, brief: CloneBrief, progress: Progress) -> Cloned:
        """The same recipe and profile for the same sample. Raises SAMPLE_REFUSED for too little voiced speech."""
        with _named():
            return await self._matches.clone(brief, progress)

    async def speak(
        self, voice: Voice, text: str, rate_hz: int | None, audio_format: AudioFormat, progress: Progress
    ) -> Clip:
        """In the voice's language, or the text's where its script is another. Raises CANNOT_SPEAK without a recipe."""
        language = _language(voice, text)
        with _named():
            if voice.target_model == MATCH_MODEL:
                pcm = await self._matches.speak(voice, text, language, progress)
            else:
                pcm = await self._engine.speak(voice.recipe, text, language, progress)
        return await self._codec.encode(pcm, rate_hz or RATE_HZ, audio_format)

    def streams(self, voice: Voice) -> bool:
        return True

    async def stream(self, voice: Voice, text: str) -> AsyncGenerator[Pcm, None]:
        """Sentence by sentence. Until it is closed or through, other wishes to this computer wait."""
        language = _language(voice, text)
        if voice.target_model == MATCH_MODEL:
            spoken = self._matches.stream(voice, text, language)
        else:
            spoken = streamed(self._engine, voice.recipe, text, language)
        with _named():
            async with aclosing(spoken) as pieces:
                async for piece in pieces:
                    yield piece

    def examples(self, voice: Voice) -> tuple[CodeKind, ...]:
        return tuple(CodeKind)

    async def example(self, voice: Voice, text: str, kind: CodeKind) -> str:
        return example(voice, text, kind)


@contextmanager
def _named() -> Generator[None, None, None]:
    """Errors leave with the system's id."""
    try:
        yield
    except StudioError as error:
        error.system = ON_DEVICE
        raise


def _language(voice: Voice, text: str) -> Language:
    return language_of(text, voice.language or Language.EN)


def _voice(brief: Brief, design: Design) -> Voice:
    return Voice(
        library_id=uuid4(),
        system=ON_DEVICE,
        account="",
        voice_id=f"vs-{secrets.token_hex(5)}",
        name=" ".join(brief.name.split()) or design.name,
        origin=Origin.DESIGNED,
        target_model=TARGET_MODEL,
        language=brief.language,
        created=datetime.now(UTC),
        description=brief.description,
        preview_text=brief.preview_text,
        recipe=design.recipe,
    )
