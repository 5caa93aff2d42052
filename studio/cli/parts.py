"""What the commands work with, made in main."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from studio.domain.checkup import Finding
from studio.domain.limits import SystemInfo
from studio.domain.voices import Voice
from studio.domain.whereabouts import Whereabouts, whereabouts_of
from studio.flows.accounts import AccountsFlow
from studio.flows.booth import BoothFlow
from studio.flows.clone import CloneFlow
from studio.flows.design import DesignFlow
from studio.flows.library import LibraryFlow
from studio.flows.moving import MovingFlow
from studio.flows.orders import OrdersFlow
from studio.flows.refreshing import Refreshing
from studio.flows.remote import RemoteVoices
from studio.flows.sampling import Sampling
from studio.flows.saying import Saying
from studio.flows.usage import UsageFlow
from studio.ports import Shelf, Takes


@dataclass(frozen=True, slots=True)
class Commands:
    design: DesignFlow
    clone: CloneFlow
    booth: BoothFlow
    sampling: Sampling
    takes: Takes
    shelf: Shelf
    library: LibraryFlow
    refreshing: Refreshing
    remote: RemoteVoices
    saying: Saying
    accounts: AccountsFlow
    orders: OrdersFlow
    usage: UsageFlow
    moving: MovingFlow
    infos: Mapping[str, SystemInfo]
    check_up: Callable[[], Awaitable[tuple[Finding, ...]]]

    def where(self, voice: Voice) -> Whereabouts:
        return whereabouts_of(voice, self.infos.get(voice.system))
