"""States of the Library's flows beside the catalogue: deletions, speech, voices in and out, accounts and their room."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from studio.domain.accounts import COSYVOICE, NOIZ, QWEN
from studio.domain.errors import Reason, StudioError
from studio.domain.narrations import Narration
from studio.domain.spending import Expiring, Usage
from studio.domain.voices import Status, StoredClip, Voice
from studio.flows.deletion import DeletionState
from studio.flows.library_state import LibraryState
from studio.flows.moving import MovingState
from studio.flows.refreshing import Refreshed
from studio.flows.speaking import SpeakingState
from studio.flows.usage import UsageState
from studio.ports import Backup, Taken

from . import states

LONG = "We follow the river from its source to the sea. " * 40
OFFLINE = StudioError(Reason.UNREACHABLE, system=QWEN, detail="no route to host", retryable=True)
ALL_OFFLINE = tuple(
    replace(one, voices=0, error=StudioError(Reason.UNREACHABLE, system=one.system)) for one in states.REFRESHED
)
PAGES = (
    Refreshed("model-studio-intl", QWEN, 1_200, done=False, part=0.4),
    Refreshed("model-studio-intl", COSYVOICE, 0, done=False),
    Refreshed("noiz", NOIZ, 1),
)
CUT = StudioError(Reason.SPEECH_CUT, system=QWEN, detail="closed before session.finished")


def labelled(value: int = 1, **changes: object) -> Voice:
    """Known of here and there, with all that a person can say of it."""
    made = states.remote(
        value,
        favourite=True,
        rating=4,
        tags=("river", "museum"),
        collection="Museum",
        pitch_hz=112.3,
        listed=states.NOON,
        has_clips=True,
        last_used=states.NOON,
    )
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


def chosen(voice: Voice | None = None, *clips: StoredClip, **changes: object) -> LibraryState:
    """A voice among others, with a preview unless other clips are named."""
    voice = voice or labelled()
    others = states.elsewhere()[1:]
    made = LibraryState(
        voices=(voice, *others),
        loaded=True,
        complete=True,
        chosen=voice,
        selected=(voice.library_id,),
        clips=clips or (states.clip(1),),
    )
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


def narration(value: int = 1, **changes: object) -> Narration:
    parts = tuple(f"Part {part}." for part in range(5))
    made = Narration(states.number(500 + value), states.number(1), LONG, parts, states.NOON, done=2)
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


def speaking(**changes: object) -> SpeakingState:
    """Live, in the second part of five."""
    made = SpeakingState(
        voice=labelled(), speaking=True, live=True, part=2, parts=5, progress=0.3, seconds=8.2, shown=states.number(1)
    )
    return replace(made, **changes)  # pyright: ignore[reportArgumentType]


def unfinished(count: int = 1, **changes: object) -> SpeakingState:
    """Broken off, and not gone on with yet."""
    told = tuple(narration(value) for value in range(1, count + 1))
    return replace(SpeakingState(shown=states.number(1), unfinished=told), **changes)  # pyright: ignore


def asked(*voices: Voice, **changes: object) -> DeletionState:
    return replace(DeletionState(asked=voices), **changes)  # pyright: ignore[reportArgumentType]


def gone(value: int = 5, *, unused: bool = False) -> Voice:
    """Deleted at its system: because nobody spoke with it for a year, or from elsewhere."""
    last = states.NOON - timedelta(days=400 if unused else 20)
    return labelled(value, name="Grandfather Oskar", status=Status.GONE, gone=states.NOON, last_used=last)


def nearly_full() -> UsageState:
    mira = states.remote(2, "Mira")
    return UsageState(
        usages=(
            Usage(QWEN, "a1", "intl", 987, 1_000, usd=12.4, usd_this_month=1.2),
            Usage(COSYVOICE, "a1", "cn", 12, 1_000, expiring=(Expiring(mira, 9), Expiring(states.remote(3), 40))),
        ),
        loaded=True,
    )


SPEAKING_AND_KEPT = (
    replace(states.THE_QWEN, retention_days=365, voices_max=1_000),
    states.THE_COSYVOICE,
    states.THE_NOIZ,
)
"""Systems of the board of accounts."""


def usage(*rows: Usage, **changes: object) -> UsageState:
    labels = (("a1", "Alibaba Model Studio · International"), ("a2", "Noiz"))
    return replace(UsageState(usages=rows, labels=labels, loaded=True), **changes)  # pyright: ignore


def one_account() -> UsageState:
    return usage(Usage(QWEN, "a1", "intl", 12, 1_000, usd=2.4, usd_this_month=0.2))


def full_accounts() -> UsageState:
    """Nearly full, with voices that expire and candidates that lost; one of old; one without known prices."""
    far = replace(states.remote(2, "Mira"), name="Mira of the river museum, for the evening tours and the adverts")
    expiring = (Expiring(states.remote(1), 0), Expiring(far, 1), Expiring(states.remote(3, "小雨"), 40))
    losers = (states.remote(4), states.remote(5))
    return usage(
        Usage(QWEN, "a1", "intl", 987, 1_000, expiring, losers, usd=212.4, usd_this_month=1.2, unpriced=2),
        Usage(COSYVOICE, "a3", "cn", 1, 1_000, losers=losers[:1]),
        Usage(NOIZ, "a2", "", 1, None, unpriced=3),
        keeping=(far.library_id,),
    )


def backups(count: int = 2) -> tuple[Backup, ...]:
    return tuple(Backup(Path(f"backup-{day}.db"), states.NOON - timedelta(days=day), 212 - day) for day in range(count))


def damaged(count: int = 2) -> MovingState:
    return MovingState(damaged=True, backups=backups(count), error=StudioError(Reason.LIBRARY_DAMAGED))


def taken(came: int, known: int = 0, clips: int = 0) -> MovingState:
    return MovingState(taken=Taken(tuple(states.number(one) for one in range(came)), known, clips))
