"""The systems' own lists of voices, brought into the library page by page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from studio.domain.accounts import ACCOUNTS, AccountInfo, KeySource, Region, Standing, account_name
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Origin, Voice
from studio.ports import Accounts, Catalogue, Progress, Shelf, System

OWN = (Origin.DESIGNED, Origin.CLONED)
LONGEST_LIST = 20_000
"""A list of so many voices was cut there: what it lacks may be there all the same."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What asking one system of one account for its voices came to, or has come to so far.

    `part` is how much of the list is here, 0..1, None where that isn't known.
    """

    account: str
    system: str
    voices: int = 0
    error: StudioError | None = None
    done: bool = True
    part: float | None = None


Tell = Callable[[Refreshed], None]

AT_FIRST_S, BETWEEN_LOOKS_S = 0.1, 0.8
"""While lists come in page by page, what has come is shown now and then: the window has other things to draw."""


class SoFar:
    """What has come of a refresh, in `told`; `follow` shows it until it is cancelled."""

    def __init__(self, show: Callable[[tuple[Refreshed, ...]], Awaitable[None]]) -> None:
        self.told: tuple[Refreshed, ...] = ()
        self._show = show

    def tell(self, told: Refreshed) -> None:
        named = {(one.account, one.system): one for one in (*self.told, told)}
        self.told = tuple(named.values())

    async def follow(self) -> None:
        import asyncio  # late, as in tasks.py

        shown: tuple[Refreshed, ...] = ()
        while True:
            if shown is self.told:
                await asyncio.sleep(AT_FIRST_S)
                continue
            shown = self.told
            await self._show(shown)
            await asyncio.sleep(BETWEEN_LOOKS_S)


class Refreshing:
    """Shared by the library's window and commands; holds nothing but its parts."""

    def __init__(self, systems: Mapping[str, System], accounts: Accounts, shelf: Shelf) -> None:
        self._systems = systems
        self._accounts = accounts
        self._shelf = shelf

    def lists(self, system: str) -> bool:
        """Whether the system can be asked for its voices."""
        return isinstance(self._systems.get(system), Catalogue)

    async def refresh(
        self,
        system: str,
        region: str,
        origin: Origin | None,
        keyword: str = "",
        progress: Progress = lambda _: None,
        arrived: Callable[[int], None] = lambda _: None,
    ) -> tuple[Voice, ...]:
        """Lists one system's voices and brings them into the library; each page is there before the next is asked
        for, and `arrived` is told how many that were. Raises StudioError; what came before stays."""
        catalogue = self._systems.get(system)
        if catalogue is None:
            raise StudioError(Reason.NO_SUCH_SYSTEM, detail=system)
        if not isinstance(catalogue, Catalogue):
            raise StudioError(Reason.NOT_OFFERED, system=system)
        region = catalogue.info.region(region)
        account = await self._accounts.current(account_name(system, region))
        since, merged = datetime.now(UTC), dict[str, Voice]()

        async def take(page: tuple[Voice, ...]) -> None:
            """Whatever is done for all voices at once would hold up the window."""
            came = _at_home(page, account, region)
            await self._shelf.merge(system, account, came, (), since)
            merged.update((voice.voice_id, voice) for voice in came)
            arrived(len(merged))

        listed = await catalogue.voices(region, origin, keyword, progress, take)
        left = _at_home([voice for voice in listed if voice.voice_id not in merged], account, region)
        own = OWN if origin is None else (origin,)
        partly = keyword or len(listed) >= LONGEST_LIST or origin is Origin.BUILT_IN  # which it may not list at all
        lacks = () if partly or not catalogue.info.lists_own else own
        await self._shelf.merge(system, account, left, lacks, since)
        return listed

    async def refresh_all(self, origin: Origin | None, tell: Tell, region: str = "") -> tuple[Refreshed, ...]:
        """Every system of every account that can be asked, accounts side by side; an error is that system's alone.

        `tell` hears of every page and of every end. With a region, only that one of the accounts that have several.
        """
        import asyncio  # late, as in tasks.py

        asked, told = await self._to_ask(region)
        for one in told:
            tell(one)

        async def of_account(info: AccountInfo) -> list[Refreshed]:
            """One system after the other: they share the account's limits."""
            return [await self._refreshed(info, system, origin, tell) for system in self._listing(info)]

        came = await asyncio.gather(*map(of_account, asked))
        return (*told, *(one for of_one in came for one in of_one))

    async def _to_ask(self, region: str) -> tuple[list[AccountInfo], list[Refreshed]]:
        """The accounts that can be asked, and why others can't."""
        asked: list[AccountInfo] = []
        told: list[Refreshed] = []
        for info in ACCOUNTS:
            if region and info.region and info.region != region:
                continue
            standing = await self._accounts.standing(info.name)
            trouble = _keyring_trouble(standing)
            if trouble and not told:  # one keyring has one word to say
                told.append(Refreshed(info.name, info.systems[0], error=trouble))
            if await self._can_be_asked(standing, named=bool(region)):
                asked.append(info)
        return asked, told

    def _listing(self, info: AccountInfo) -> tuple[str, ...]:
        return tuple(system for system in info.systems if self.lists(system))

    async def _can_be_asked(self, standing: Standing, *, named: bool) -> bool:
        """With a key, or where none is needed and the person gave an address.

        The environment's key goes to Beijing only if that is named, or the library has voices from there: it may be
        Singapore's.
        """
        info = standing.info
        if not info.needs_key:
            return standing.has_address
        if standing.source is KeySource.ENVIRONMENT and info.region is Region.CN and not named:
            return any(voice.region == Region.CN for voice in await self._shelf.voices())
        return standing.source is not KeySource.NONE

    async def _refreshed(self, info: AccountInfo, system: str, origin: Origin | None, tell: Tell) -> Refreshed:
        so_far = Refreshed(info.name, system, done=False)

        def progress(part: float | None) -> None:
            nonlocal so_far
            so_far = replace(so_far, part=part)

        def arrived(count: int) -> None:
            nonlocal so_far
            so_far = replace(so_far, voices=count)
            tell(so_far)

        tell(so_far)
        try:
            voices = await self.refresh(system, info.region or "", origin, "", progress, arrived)
            came = Refreshed(info.name, system, len(voices))
        except StudioError as error:
            came = Refreshed(info.name, system, so_far.voices, error)
        tell(came)
        return came


def _at_home(voices: Iterable[Voice], account: str, region: str) -> tuple[Voice, ...]:
    return tuple(replace(voice, account=account, region=region) for voice in voices)


def _keyring_trouble(standing: Standing) -> StudioError | None:
    """Why a key that may be there can't be read; a computer without a keyring has none."""
    trouble = standing.trouble
    hidden = trouble and standing.source is KeySource.NONE and trouble.reason is not Reason.KEYRING_MISSING
    return trouble if hidden else None
