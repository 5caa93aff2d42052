"""States of the Settings window and of the Clone tab, as their flows make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from math import sin
from uuid import UUID

from studio.domain.accounts import ACCOUNTS, COSYVOICE, NOIZ, OPENTALKING, QWEN, KeySource, Standing, account_info
from studio.domain.audio import AudioFormat, Clip, Envelope
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import CloneModel, Fault, Field, Handle, Problem, SampleLimits, SystemInfo
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin, Status, Voice
from studio.flows.accounts import AccountCard, AccountsState
from studio.flows.clone import CloneState

INTL, CN, EVOLINK, NOIZ_ACCOUNT, LOCAL = (info.name for info in ACCOUNTS)

# -- accounts --------------------------------------------------------------------------------------------------------


def standing(name: str, source: KeySource = KeySource.NONE, ending: str = "", **changes: object) -> Standing:
    info = account_info(name)
    made = Standing(info=info, source=source, ending=ending, base_url=info.base_url)
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


def kept(name: str, ending: str = "3f9a") -> Standing:
    return standing(name, KeySource.KEYRING, ending)


def accounts(*cards: AccountCard, **changes: object) -> AccountsState:
    """With these cards, the others as they are at first."""
    given = {card.standing.info.name: card for card in cards}
    every = tuple(given.get(info.name, AccountCard(standing(info.name))) for info in ACCOUNTS)
    return replace(AccountsState(cards=every), **changes)  # pyright: ignore[reportArgumentType]


def refused(system: str) -> StudioError:
    return StudioError(
        Reason.KEY_REFUSED, system=system, code="InvalidApiKey", detail="Invalid API-key provided.", request_id="r-41"
    )


LOCKED = StudioError(Reason.KEYRING_LOCKED, detail="the collection is locked")
BAD_KEY = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.API_KEY, Fault.NOT_PLAIN),))
BAD_URL = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.BASE_URL, Fault.NOT_READABLE),))
BAD_PROXY = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.PROXY, Fault.NOT_READABLE),))
UNREACHABLE = StudioError(Reason.UNREACHABLE, system=OPENTALKING, detail="connection refused", retryable=True)

# -- cloning ---------------------------------------------------------------------------------------------------------

PREFIX = Handle("a-z0-9", 10, lower_case=True, starts_with_letter=True)
QWEN_INFO = SystemInfo(
    QWEN,
    "Qwen",
    needs_key=True,
    note="Cloned by Alibaba Model Studio, from 10 to 20 seconds of clear speech.",
    clones=(
        CloneModel(
            "qwen3-tts-vc-2026-01-22",
            SampleLimits(
                encoded_max=10_000_000,
                takes_url=True,
                takes_transcript=True,
                languages=tuple(Language),
                name_max=16,
                handle=Handle("A-Za-z0-9_", 16),
            ),
            0.01,
        ),
        CloneModel(
            "qwen3-tts-vc-realtime-2026-01-15",
            SampleLimits(takes_url=True, takes_transcript=True, languages=tuple(Language)),
            0.01,
            speaks=False,
        ),
    ),
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
    clones=(CloneModel("", SampleLimits(takes_denoise=True, languages=tuple(Language)), None),),
)
EVERY = (QWEN_INFO, COSY_INFO, NOIZ_INFO)


def envelope(columns: int = 600) -> Envelope:
    pairs = bytearray()
    for column in range(columns):
        high = int(8 + 100 * abs(sin(column * 0.07)) * abs(sin(column * 0.011)))
        pairs += bytes((-high & 0xFF, high))
    return Envelope(bytes(pairs))


SAMPLE = Sample(bytes(1_400_000), Media.WAV, "interview.wav", "9c")
CLIP = Clip(SAMPLE.data, AudioFormat.WAV, 48_000, 14.2, envelope=envelope())
M4A = Sample(bytes(90_000), Media.M4A, "memo.m4a")
M4A_CLIP = Clip(M4A.data, AudioFormat.M4A, 0, 0.0)


def clone(**changes: object) -> CloneState:
    return replace(CloneState(systems=EVERY), **changes)  # pyright: ignore[reportArgumentType]


def read(**changes: object) -> CloneState:
    """A sample was chosen and read."""
    return clone(**{"sample": SAMPLE, "clip": CLIP, **changes})


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


NO_KEY = StudioError(Reason.KEY_MISSING, system=QWEN, detail=INTL)
SERVER_FAILED = StudioError(Reason.SERVER_FAILED, system=QWEN, detail="InternalError", request_id="r-9", retryable=True)
LOST = StudioError(Reason.ANSWER_LOST, system=QWEN, maybe_done=True)
UNREADABLE_FILE = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.SAMPLE, Fault.NOT_READABLE),))
MUCH_WRONG = StudioError(
    Reason.BAD_INPUT,
    system=QWEN,
    problems=(
        Problem(Field.SAMPLE, Fault.MISSING),
        Problem(Field.NAME, Fault.MISSING),
        Problem(Field.HANDLE, Fault.NOT_PLAIN, 16, 5),
        Problem(Field.LANGUAGE, Fault.NOT_OFFERED),
        Problem(Field.RIGHT, Fault.NOT_ACCEPTED),
    ),
)
NO_ADDRESSES = StudioError(Reason.BAD_INPUT, system=NOIZ, problems=(Problem(Field.SAMPLE_URL, Fault.NOT_OFFERED),))
