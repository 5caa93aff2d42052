"""What was spent through this program, and how an account's voices stand against what it may hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from studio.domain.briefs import Brief, CloneBrief
from studio.domain.limits import SystemInfo
from studio.domain.voices import Origin, Status, Voice
from studio.domain.whereabouts import deleted_on

NEARLY_FULL = 0.9
SOON = timedelta(days=60)
"""A voice that is deleted within this time is told of."""


class Spent(StrEnum):
    """On what."""

    DESIGN = "design"
    CLONE = "clone"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Spending:
    """One thing that was paid for; `usd` None where the vendor publishes no price. `region` is the voice's, which may
    be gone when the spending is looked at."""

    system: str
    account: str
    spent: Spent
    usd: float | None
    when: datetime
    library_id: UUID | None = None
    region: str = ""


@dataclass(frozen=True, slots=True)
class Expiring:
    """A voice, and in how many days its system deletes it if nobody speaks with it; 0 for today or past."""

    voice: Voice
    days: int


@dataclass(frozen=True, slots=True)
class Usage:
    """One system of one account: `voices` of `voices_max` (None: no limit is known), spending in dollars.

    `unpriced` counts things that were paid for at prices nobody publishes. `losers` are candidates that lost: designed
    from the same words as a voice that is in use, and never used themselves.
    """

    system: str
    account: str
    region: str
    voices: int
    voices_max: int | None
    expiring: tuple[Expiring, ...] = ()
    losers: tuple[Voice, ...] = ()
    usd: float = 0.0
    usd_this_month: float = 0.0
    unpriced: int = 0

    @property
    def nearly_full(self) -> bool:
        return self.voices_max is not None and self.voices >= self.voices_max * NEARLY_FULL


def spending_of(brief: Brief | CloneBrief, voice: Voice, info: SystemInfo) -> Spending | None:
    """What making the voice cost; None where it is free."""
    designed = isinstance(brief, Brief)
    usd = info.design_model(brief.model).price_usd if designed else info.clone_model(brief.model).price_usd
    spent = Spent.DESIGN if designed else Spent.CLONE
    if usd == 0.0 or not info.needs_key:
        return None
    return Spending(voice.system, voice.account, spent, usd, datetime.now(UTC), voice.library_id, voice.region)


def usage_of(
    voices: Iterable[Voice], spendings: Iterable[Spending], infos: dict[str, SystemInfo], now: datetime
) -> tuple[Usage, ...]:
    """A row for every system and account that has a voice or a spending, in the order of `infos`."""
    kept: dict[tuple[str, str], list[Voice]] = {}
    for voice in voices:
        if voice.origin is not Origin.BUILT_IN and voice.system in infos:
            kept.setdefault((voice.system, voice.account), []).append(voice)
    paid: dict[tuple[str, str], list[Spending]] = {}
    for spending in spendings:
        if spending.system in infos:
            paid.setdefault((spending.system, spending.account), []).append(spending)
    order = list(infos)
    keys = sorted({*kept, *paid}, key=lambda key: (order.index(key[0]), key[1]))
    return tuple(_usage(key, kept.get(key, []), paid.get(key, []), infos[key[0]], now) for key in keys)


def _usage(key: tuple[str, str], kept: list[Voice], paid: list[Spending], info: SystemInfo, now: datetime) -> Usage:
    there = [voice for voice in kept if voice.status is not Status.GONE]
    month = now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return Usage(
        system=key[0],
        account=key[1],
        region=next((one.region for one in (*kept, *reversed(paid)) if one.region), ""),
        voices=len(there),
        voices_max=info.voices_max,
        expiring=expiring(there, info, now),
        losers=losers(there),
        usd=sum(one.usd or 0.0 for one in paid),
        usd_this_month=sum(one.usd or 0.0 for one in paid if one.when >= month),
        unpriced=sum(one.usd is None for one in paid),
    )


def expiring(voices: Iterable[Voice], info: SystemInfo, now: datetime) -> tuple[Expiring, ...]:
    """Those that are deleted soon, the nearest first."""
    found = [
        Expiring(voice, max(0, (due - now).days))
        for voice in voices
        if (due := deleted_on(voice, info)) is not None and due - now <= SOON
    ]
    return tuple(sorted(found, key=lambda one: (one.days, one.voice.created)))


def losers(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """Designed here from the same words for the same model as another that the person chose, and left alone since."""
    alike: dict[tuple[str, str, str, str], list[Voice]] = {}
    for voice in voices:
        if voice.origin is Origin.DESIGNED and voice.description and voice.has_clips:
            alike.setdefault((voice.system, voice.account, voice.target_model, voice.description), []).append(voice)
    return tuple(voice for group in alike.values() if any(map(_chosen, group)) for voice in group if not _chosen(voice))


def _chosen(voice: Voice) -> bool:
    told = (voice.favourite, voice.rating, voice.tags, voice.collection, voice.notes, voice.last_used)
    return any(told)
