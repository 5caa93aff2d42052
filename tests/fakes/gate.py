"""What a transport asks before it sends, and pauses that take no time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from studio.domain.accounts import Access, Role
from studio.domain.errors import Reason, StudioError

PLANTED_KEY = "sk-planted-7f3a91c04be2d856"


@dataclass
class FixedGate:
    """Port `Gate`: every account has the same address and key, or the same trouble; `roles` have that address too."""

    base_url: str
    key: str = PLANTED_KEY
    workspace: str = ""
    proxy_url: str = ""
    trouble: Reason | None = None
    asked: list[str] = field(default_factory=list)
    roles: tuple[Role, ...] = tuple(Role)

    async def access(self, account: str) -> Access:
        self.asked.append(account)
        if self.trouble:
            raise StudioError(self.trouble, detail=account)
        urls = tuple((role, self.base_url) for role in self.roles)
        return Access(account, self.base_url, self.key, self.workspace, urls)

    async def proxy(self) -> str:
        return self.proxy_url


@dataclass
class Pauses:
    """Instead of `asyncio.sleep`: remembers, and gives way once. With `endless` a pause lasts until cancelled."""

    taken: list[float] = field(default_factory=list)
    endless: bool = False
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        self.begun.set()
        if self.endless:
            await asyncio.Event().wait()
        await asyncio.sleep(0)
