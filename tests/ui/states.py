"""States as the flows make them, for views to draw: real-looking voices, clips and errors."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import sin
from uuid import UUID

from studio.domain.accounts import COSYVOICE, EVOLINK, NOIZ, QWEN
from studio.domain.audio import AudioFormat, Envelope, OutputDevice
from studio.domain.briefs import ON_DEVICE, Brief, CloneBrief, Order
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import (
    Fault,
    Field,
    Problem,
)
from studio.domain.voices import Candidate, ClipKind, Origin, Status, StoredClip, Voice
from studio.flows.audition import Audible, AuditionState
from studio.flows.clone import CloneState
from studio.flows.design import DesignState
from studio.flows.library import LibraryState
from studio.flows.orders import OrdersState
from studio.flows.refreshing import Refreshed

from .systems import AFAR, DESIGNERS, EVERY, HERE, LATER, THE_COSYVOICE, THE_EVOLINK, THE_NOIZ, THE_QWEN

__all__ = ["AFAR", "DESIGNERS", "EVERY", "HERE", "LATER", "THE_COSYVOICE", "THE_EVOLINK", "THE_NOIZ", "THE_QWEN"]

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

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


def remote(value: int = 1, name: str = "Announcer", **changes: object) -> Voice:
    """A voice of Qwen in Singapore, unless changed."""
    made = replace(
        voice(value, name),
        system=QWEN,
        region="intl",
        voice_id=f"qwen-tts-vd-voice-{value:06d}",
        target_model="qwen3-tts-vd-2026-01-26",
    )
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


def elsewhere() -> tuple[Voice, ...]:
    """One of each sort, newest first."""
    cosyvoice = {"system": COSYVOICE, "target_model": "cosyvoice-v3.5-plus", "region": "cn"}
    return (
        remote(1),
        remote(2, "Mira", **cosyvoice, status=Status.IN_REVIEW),
        remote(3, "小雨", **cosyvoice, status=Status.REJECTED, language=Language.ZH),
        remote(4, "Old sailor", system=EVOLINK, region="", language=None),
        remote(5, "Grandfather Oskar", status=Status.GONE),
        remote(
            6, "Guide", system=NOIZ, region="", target_model="", language=None, origin=Origin.CLONED, description=""
        ),
        voice(7, "Draft"),
        remote(8, "Built in", system=NOIZ, region="", target_model="", language=None, origin=Origin.BUILT_IN),
        remote(9, "Built in, too", system=NOIZ, region="", target_model="", origin=Origin.BUILT_IN),
    )


def made_elsewhere(value: int = 4, name: str = "Announcer") -> Candidate:
    """In the library at once."""
    made = candidate(value, name)
    brief = replace(made.brief, system=QWEN, region="intl", model="qwen3-tts-vd-2026-01-26")
    return replace(made, brief=brief, voice=remote(value, name), seed=None, understood=(), kept=True)


def orders(count: int = 1, **changes: object) -> OrdersState:
    brief = Brief(QWEN, "A calm man", "Good evening.", Language.EN)
    made = tuple(Order(number(70 + one), "a1", brief, NOON, frozenset()) for one in range(count))
    return replace(OrdersState(open=made), **changes)  # pyright: ignore[reportArgumentType]


def clone_order() -> Order:
    return Order(number(79), "a1", CloneBrief(NOIZ, "Guide"), NOON, frozenset())


def running_order() -> Order:
    brief = Brief(EVOLINK, "A calm man", "Good evening.", Language.EN)
    return Order(number(78), "a1", brief, NOON, None, "task-1")


def three() -> tuple[Candidate, ...]:
    return (
        candidate(3, "Mira"),
        candidate(2, "Grandfather Oskar", unused=("fire", "story")),
        candidate(1, "Announcer", unused=("museum",)),
    )


def design(**changes: object) -> DesignState:
    return replace(DesignState(systems=(HERE,)), **changes)  # pyright: ignore[reportArgumentType]


def cloning(**changes: object) -> CloneState:
    return replace(CloneState(systems=(THE_NOIZ,), cloning=True), **changes)  # pyright: ignore[reportArgumentType]


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


def elsewhere_library(chosen: int | None = None) -> LibraryState:
    """Voices of every system; `chosen` is the place of one of them."""
    voices = elsewhere()
    return LibraryState(voices=voices, loaded=True, chosen=None if chosen is None else voices[chosen])


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
KEY_REFUSED = StudioError(
    Reason.KEY_REFUSED, system=QWEN, code="InvalidApiKey", detail="Invalid API-key provided.", request_id="r-78"
)
REFRESHED = (
    Refreshed("model-studio-intl", QWEN, 3),
    Refreshed("model-studio-intl", COSYVOICE),
    Refreshed("model-studio-cn", QWEN, 1),
    Refreshed("noiz", NOIZ, error=StudioError(Reason.KEY_REFUSED, system=NOIZ, code="401", detail="invalid key")),
)
