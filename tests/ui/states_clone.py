"""States of the Clone tab as its flows make them: where a voice is cloned, what came of it, and what went wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from studio.domain.accounts import COSYVOICE, NOIZ, QWEN, account_name
from studio.domain.audio import AudioFormat
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import CloneModel, Fault, Field, Handle, Problem, SampleLimits, Speech, SystemInfo
from studio.domain.takes import Take
from studio.domain.voices import ClipKind, Origin, Status, StoredClip, Voice
from studio.flows.audition import Audible
from studio.flows.clone import CloneState, Consent
from studio.flows.takes import TakesState

from . import states_booth, states_editor

PREFIX = Handle("a-z0-9", 10, lower_case=True, starts_with_letter=True)
QWEN_LIMITS = SampleLimits(
    seconds_max=60.0,
    speech_min_s=3.0,
    rate_min_hz=24_000,
    encoded_max=10_000_000,
    takes_url=True,
    takes_transcript=True,
    languages=tuple(Language),
    name_max=16,
    handle=Handle("A-Za-z0-9_", 16),
)
QWEN_INFO = SystemInfo(
    QWEN,
    "Qwen",
    needs_key=True,
    note="Cloned by Alibaba Model Studio, from 10 to 20 seconds of clear speech.",
    clones=(
        CloneModel("qwen3-tts-vc-2026-01-22", QWEN_LIMITS, 0.01),
        CloneModel("qwen3-tts-vc-realtime-2026-01-15", replace(QWEN_LIMITS, handle=None), 0.01, speaks=False),
    ),
    speech=Speech(part_max=600, usd_per_10k=0.13, han_weight=2),
    regions=("intl", "cn"),
)
COSY_INFO = SystemInfo(
    COSYVOICE,
    "CosyVoice",
    needs_key=True,
    note="",
    clones=(CloneModel("cosyvoice-v3.5-plus", SampleLimits(takes_url=True, handle=PREFIX), 0.0, speaks=False),),
    regions=("intl", "cn"),
)
NOIZ_INFO = SystemInfo(
    NOIZ,
    "Noiz",
    needs_key=True,
    note="The sample stays with Noiz when the voice is deleted.",
    clones=(CloneModel("", SampleLimits(takes_url=True, takes_denoise=True, languages=tuple(Language)), None),),
    speech=Speech(part_max=5_000, usd_per_10k=0.15),
)
HERE_INFO = SystemInfo(
    ON_DEVICE,
    "This computer",
    needs_key=False,
    note="A draft voice made on this computer.",
    clones=(
        CloneModel(
            "timbre-match-1",
            SampleLimits(seconds_min=3.0, seconds_max=120.0, takes_strength=True, languages=tuple(Language)),
            0.0,
            note="Basic match of pitch and colour on this computer. It will not sound like a recording of this person. "
            "For a true clone choose a connected service.",
        ),
    ),
    speech=Speech(part_max=20_000, usd_per_10k=0.0),
)
EVERY = (QWEN_INFO, COSY_INFO, NOIZ_INFO, HERE_INFO)

CONSENT = Consent("c0", "ilse says yes.wav", 6.4)
TAKE = states_editor.take(16.0, "Take 4", number=4, transcript="The river rises in the hills behind the town.")
URL = "https://example.org/a.wav"


def clone(**changes: object) -> CloneState:
    return replace(CloneState(systems=EVERY), **changes)  # pyright: ignore[reportArgumentType]


def takes(take: Take = TAKE, **changes: object) -> TakesState:
    """One is chosen, drawn and measured; others are there."""
    others = (states_booth.RECOVERED, states_booth.BROUGHT)
    return replace(states_editor.chosen(take, takes=(take, *others)), **changes)  # pyright: ignore[reportArgumentType]


def refused() -> TakesState:
    """Too long for Qwen, clipped, and from a telephone."""
    report = states_editor.report(
        limits=QWEN_LIMITS, seconds=72.4, clipped_runs=40, clipped_samples=900, rate_hz=16_000, bandwidth_hz=3_400.0
    )
    return replace(takes(states_editor.take(72.4, "Take 4", number=4), report=report), outline=_loud())


def _loud() -> object:
    return states_editor.outline(states_editor.take(72.4, "Take 4", number=4), loud=1.7)


def cloned(name: str = "Grandmother Ilse", status: Status = Status.READY) -> Voice:
    return Voice(
        library_id=UUID(int=7),
        system=QWEN,
        account="a7",
        voice_id="qwen-tts-vc-ilse-voice-20261120120000000-1a2b",
        name=name,
        origin=Origin.CLONED,
        target_model="qwen3-tts-vc-2026-01-22",
        language=Language.DE,
        created=datetime(2026, 11, 20, 12, 0, tzinfo=UTC),
        status=status,
        region="intl",
    )


def matched() -> Voice:
    changes = {"system": ON_DEVICE, "voice_id": "vs-00ff12ab34", "target_model": "timbre-match-1", "region": ""}
    return replace(cloned(), **changes)  # pyright: ignore[reportArgumentType]


def spoken(text: str = "Hallo. So klinge ich von jetzt an.") -> Audible:
    when = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
    clip = StoredClip(UUID(int=8), ClipKind.SPOKEN, text, "8.wav", AudioFormat.WAV, 24_000, 4.2, 1, when)
    return Audible(clip, "Grandmother Ilse")


NO_KEY = StudioError(Reason.KEY_MISSING, system=QWEN, detail=account_name(QWEN, "intl"))
SERVER_FAILED = StudioError(Reason.SERVER_FAILED, system=QWEN, detail="InternalError", request_id="r-9", retryable=True)
LOST = StudioError(Reason.ANSWER_LOST, system=QWEN, maybe_done=True)
NOT_WORD_FOR_WORD = StudioError(
    Reason.TRANSCRIPT_REFUSED, system=QWEN, code="Audio.PreprocessError", detail="audio preprocess failed"
)
IN_REVIEW = StudioError(Reason.IN_REVIEW, system=COSYVOICE)
MUCH_WRONG = StudioError(
    Reason.BAD_INPUT,
    system=QWEN,
    problems=(
        Problem(Field.NAME, Fault.MISSING),
        Problem(Field.HANDLE, Fault.NOT_PLAIN, 16, 5),
        Problem(Field.LANGUAGE, Fault.NOT_OFFERED),
        Problem(Field.RIGHT, Fault.NOT_ACCEPTED),
    ),
)
NO_RIGHT = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.RIGHT, Fault.NOT_ACCEPTED),))
NO_ADDRESS = StudioError(Reason.BAD_INPUT, system=NOIZ, problems=(Problem(Field.SAMPLE_URL, Fault.NOT_READABLE),))
