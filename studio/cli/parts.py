"""What the commands work with, made in main."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from studio.domain.checkup import Finding
from studio.flows.accounts import AccountsFlow
from studio.flows.booth import BoothFlow
from studio.flows.clone import CloneFlow
from studio.flows.design import DesignFlow
from studio.flows.library import LibraryFlow
from studio.flows.orders import OrdersFlow
from studio.flows.remote import RemoteVoices
from studio.flows.sampling import Sampling
from studio.flows.saying import Saying
from studio.ports import Takes


@dataclass(frozen=True, slots=True)
class Commands:
    design: DesignFlow
    clone: CloneFlow
    booth: BoothFlow
    sampling: Sampling
    takes: Takes
    library: LibraryFlow
    remote: RemoteVoices
    saying: Saying
    accounts: AccountsFlow
    orders: OrdersFlow
    check_up: Callable[[], Awaitable[tuple[Finding, ...]]]
