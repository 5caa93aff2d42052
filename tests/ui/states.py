"""States as the flows make them, for views to draw: real-looking voices, clips and errors."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import sin
from uuid import UUID

from studio.domain.audio import AudioFormat, Envelope, OutputDevice
from studio.domain.briefs import ON_DEVICE, Brief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Fault, Field, Limits, Problem, SystemInfo
from studio.domain.voices import Candidate, ClipKind, Origin, StoredClip, Voice
from studio.flows.audition import Audible, AuditionState
from studio.flows.design import DesignState
from studio.flows.library import LibraryState

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

LIMITS = Limits(
    description_max=500,
    preview_max=1000,
    name_max=60,
    text_max=2000,
    languages=tuple(Language),
    rates_hz=(8_000, 16_000, 24_000, 48_000),
    formats=tuple(AudioFormat),
    seed_max=2**31 - 1,
)
HERE = SystemInfo(
    ON_DEVICE,
    "This computer",
    LIMITS,
    needs_key=False,
    price_usd=0.0,
    note="A draft voice made on this computer: quick and private, plainer than a recorded one.",
)
AFAR = SystemInfo(
    "afar",
    "Far away",
    replace(LIMITS, description_max=200, languages=(Language.ZH, Language.EN), rates_hz=(24_000,)),
    needs_key=True,
    price_usd=0.2,
    note="Made on a server.",
)

WORDS = {
    "Announcer": "A calm middle-aged man with a deep, warm voice and a steady, unhurried pace, for a museum guide.",
    "Mira": "A bright young woman, quick and cheerful, for adverts.",
    "Grandfather Oskar": "A slightly husky old man, slow, telling a story by the fire.",
    "小雨": "温柔的年轻女声,语速稍慢,适合睡前故事。",
}

UNDERSTOOD = {
    "Announcer": ("man", "middle-aged", "deep", "warm", "steady pace"),
    "Mira": ("woman", "young", "bright", "quick"),
    "Grandfather Oskar": ("man", "old", "slightly husky", "slow"),
    "小雨": ("女", "年轻", "温柔", "稍慢"),
}


def number(value: int) -> UUID:
    return UUID(int=value)


def envelope(seed: int = 1, columns: int = 900) -> Envelope:
    """Syllables: bursts of unlike height with pauses between the phrases."""
    pairs = bytearray()
    for column in range(columns):
        phrase = max(0.0, sin(column / columns * 3.1416 * 3 + seed * 0.2)) ** 0.4
        syllable = abs(sin(column * 0.075 + seed)) * (0.6 + 0.4 * sin(column * 0.031 * seed))
        high = int(6 + 110 * phrase * abs(syllable))
        low = -int(high * (0.75 + 0.2 * sin(column * 0.9)))
        pairs += bytes((max(low, -127) & 0xFF, min(high, 127)))
    return Envelope(bytes(pairs))


def clip(
    value: int = 1, *, kind: ClipKind = ClipKind.PREVIEW, seconds: float = 7.2, text: str = "Good evening."
) -> StoredClip:
    return StoredClip(
        clip_id=number(10_000 + value),
        kind=kind,
        text=text,
        file=f"{value}.wav",
        format=AudioFormat.WAV,
        rate_hz=24_000,
        seconds=seconds,
        channels=1,
        created=NOON,
        envelope=envelope(value),
    )


def voice(value: int = 1, name: str = "Announcer", *, language: Language = Language.EN, notes: str = "") -> Voice:
    return Voice(
        library_id=number(value),
        system=ON_DEVICE,
        account="a1",
        voice_id=f"vs-{value:06d}",
        name=name,
        origin=Origin.DESIGNED,
        target_model="espeak-ng 1.52",
        language=language,
        created=NOON - timedelta(hours=value),
        description=WORDS.get(name, f"A voice called {name}."),
        preview_text="Good evening, and welcome. Tonight we follow the river from its source to the sea.",
        notes=notes,
    )


def candidate(value: int = 1, name: str = "Announcer", *, unused: tuple[str, ...] = ()) -> Candidate:
    made = voice(value, name, language=Language.ZH if name == "小雨" else Language.EN)
    return Candidate(
        candidate_id=number(value),
        brief=Brief(ON_DEVICE, made.description, made.preview_text, made.language),
        voice=made,
        preview=clip(value, seconds=5.0 + value),
        created=NOON,
        seed=48_000 + value,
        understood=UNDERSTOOD.get(name, ("man", "deep")),
        unused_words=unused,
    )


def three() -> tuple[Candidate, ...]:
    return (
        candidate(3, "Mira"),
        candidate(2, "Grandfather Oskar", unused=("fire", "story")),
        candidate(1, "Announcer", unused=("museum",)),
    )


def design(**changes: object) -> DesignState:
    return replace(DesignState(systems=(HERE,)), **changes)  # pyright: ignore[reportArgumentType]


def library(count: int = 0, **changes: object) -> LibraryState:
    names = tuple(WORDS)
    voices = tuple(
        voice(
            value,
            names[(value - 1) % len(names)] + (f" {value}" if value > len(names) else ""),
            language=tuple(Language)[value % 10],
        )
        for value in range(1, count + 1)
    )
    return replace(LibraryState(voices=voices, loaded=True), **changes)  # pyright: ignore[reportArgumentType]


def takes(count: int = 3) -> tuple[StoredClip, ...]:
    said = ("The next tour starts at three, by the main stairs.", "欢迎来到河流博物馆。", "Mind the step, please.")
    return tuple(
        clip(100 + value, kind=ClipKind.SPOKEN, seconds=2.0 + value, text=said[value % 3]) for value in range(count)
    )


def sounding(stored: StoredClip, title: str = "Announcer", *, playing: bool = True) -> AuditionState:
    return AuditionState(
        audible=Audible(stored, title),
        playing=playing,
        devices=(OutputDevice("", "System default"), OutputDevice("hp", "Studio headphones")),
    )


STOPPED = StudioError(
    Reason.ENGINE_STOPPED, system=ON_DEVICE, detail="synthesiser ended with code 3", request_id="r-77", retryable=True
)
TOO_LONG = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.DESCRIPTION, Fault.TOO_LONG, 500, 545),))
NO_TEXT = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.TEXT, Fault.MISSING),))
NO_LOUDSPEAKER = StudioError(Reason.NO_OUTPUT_DEVICE, detail="no default output", retryable=True)
