"""Accounts: keys set, tested and forgotten, addresses changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from studio.domain.accounts import (
    ACCOUNTS,
    KeySource,
    Place,
    Probed,
    Role,
    Standing,
    Urls,
    account_info,
    cleaned_key,
    other_region,
)
from studio.domain.errors import Reason, StudioError
from studio.flows.flow import Flow
from studio.ports import Accounts, Probe, System
from studio.tasks import TaskOwner


@dataclass(frozen=True, slots=True)
class AccountCard:
    """One account as it is shown. `probed` or `error` is what came of the last thing done with it.

    `replaced` is true after a key took the place of another: it may be another account's.
    """

    standing: Standing
    testing: bool = False
    probed: Probed | None = None
    error: StudioError | None = None
    saved: bool = False
    replaced: bool = False
    other_region_works: bool = False


@dataclass(frozen=True, slots=True)
class AccountsState:
    cards: tuple[AccountCard, ...] = tuple(AccountCard(Standing(info)) for info in ACCOUNTS)
    proxy: str = ""
    error: StudioError | None = None

    def card(self, name: str) -> AccountCard:
        return next(card for card in self.cards if card.standing.info.name == name)

    def without(self, role: Role) -> frozenset[str]:
        """Systems that would do this on a server of its own, for which no address is set."""
        infos = [card.standing for card in self.cards if any(one.role is role for one in card.standing.info.roles)]
        return frozenset(system for one in infos if role not in dict(one.urls) for system in one.info.systems)


class AccountsFlow(Flow[AccountsState]):
    """`on_changed` is told of every account whose key or address is another one now."""

    def __init__(self, accounts: Accounts, systems: Mapping[str, System], tasks: TaskOwner) -> None:
        super().__init__(AccountsState(), tasks)
        self._accounts = accounts
        self._systems = systems
        self.on_changed: Callable[[str], None] = lambda _: None

    # -- what the person can ask ------------------------------------------------------------------

    def load(self) -> None:
        self._start("accounts.load", self._load)

    def look(self) -> None:
        """Which servers have an address; asks no keyring, as `load` does."""
        self._start("accounts.look", self._look)

    def save_key(self, name: str, text: str, *, session_only: bool = False) -> None:
        self._work("key", name, lambda: self.set_key(name, text, session_only=session_only), saved=True)

    def forget_key(self, name: str) -> None:
        self._work("key", name, lambda: self.forget(name))

    def test(self, name: str) -> None:
        self._begin(name, testing=True)
        self._tasks.start(f"accounts.test.{name}", self._test(name))

    def cancel_test(self, name: str) -> None:
        self._tasks.cancel(f"accounts.test.{name}")
        self._change(name, testing=False)

    def set_place(self, name: str, base_url: str, workspace: str = "") -> None:
        place = Place(base_url.strip(), workspace.strip())
        self._work("place", name, lambda: self._accounts.set_place(name, place), saved=True)

    def set_urls(self, name: str, urls: Urls) -> None:
        """Of an account with roles: all that it shall have."""
        self._work("place", name, lambda: self._accounts.set_place(name, Place(urls=urls)), saved=True)

    def another_account(self, name: str) -> None:
        """The key in use belongs to another vendor account than the one before."""
        self._work("account", name, lambda: self._anew(name))

    def try_other_region(self, name: str) -> None:
        """Only when the person says so: the same key at the other region's address; kept there if it is known."""
        if other := other_region(name):
            self._begin(name, testing=True)
            self._tasks.start(f"accounts.test.{name}", self._try_other(name, other.name))

    def set_proxy(self, proxy: str) -> None:
        self._start("accounts.proxy", self._set_proxy, proxy.strip())

    # -- how it is done -----------------------------------------------------------------------------

    async def standings(self) -> tuple[Standing, ...]:
        return tuple([await self._accounts.standing(info.name) for info in ACCOUNTS])

    async def set_key(self, name: str, text: str, *, session_only: bool = False) -> None:
        """Raises BAD_INPUT, NO_SUCH_ACCOUNT, or why the keyring would not take it."""
        account_info(name)
        await self._accounts.save_key(name, cleaned_key(text), session_only=session_only)

    async def set_url(self, name: str, url: str, role: Role | None = None) -> Standing:
        """The address of the account, or of its server for a role; empty takes it away. Raises BAD_INPUT."""
        place = (await self._accounts.standing(name)).place
        place = place.with_url(role, url.strip()) if role else replace(place, base_url=url.strip())
        await self._accounts.set_place(name, place)
        return await self._accounts.standing(name)

    async def forget(self, name: str) -> None:
        """Raises NO_SUCH_ACCOUNT, or why the keyring can't be asked."""
        account_info(name)
        await self._accounts.forget_key(name)

    async def probe(self, name: str) -> Probed:
        """A free call. Raises StudioError."""
        info = account_info(name)
        for system in (self._systems.get(one) for one in info.systems):
            if isinstance(system, Probe):
                return await system.probe(info.region or "")
        raise StudioError(Reason.NOT_OFFERED, system=info.systems[0])

    async def _look(self) -> None:
        for info in ACCOUNTS:
            if info.roles:
                with suppress(StudioError):  # the settings say what is wrong with one, and so does whoever needs it
                    urls = await self._accounts.urls(info.name)
                    self._change(info.name, standing=replace(self.state.card(info.name).standing, urls=urls))

    async def _load(self) -> None:
        standings = await self.standings()
        proxy = await self._accounts.proxy()
        cards = tuple(replace(self.state.card(one.info.name), standing=one) for one in standings)
        self._set(replace(self.state, cards=cards, proxy=proxy, error=None))

    def _work(self, what: str, name: str, work: Callable[[], Awaitable[None]], *, saved: bool = False) -> None:
        """One at a time of each kind: an address that is saved doesn't cut off a key on its way to the keyring."""
        self._begin(name, testing=False)
        self._tasks.start(f"accounts.{what}.{name}", self._worked(name, work, saved=saved))

    def _begin(self, name: str, *, testing: bool) -> None:
        """What the last thing came to is over."""
        nothing: dict[str, object] = {"probed": None, "error": None, "saved": False, "other_region_works": False}
        if not testing:
            self._tasks.cancel(f"accounts.test.{name}")
            nothing["replaced"] = False
        self._change(name, testing=testing, **nothing)

    async def _worked(self, name: str, work: Callable[[], Awaitable[None]], *, saved: bool) -> None:
        had_key = self.state.card(name).standing.source in (KeySource.KEYRING, KeySource.SESSION)
        before = self.state.card(name).standing
        try:
            await work()
        except StudioError as error:
            self._change(name, error=error, saved=False, testing=False, probed=None)
            return
        standing = await self._accounts.standing(name)
        changed_key = (standing.ending, standing.source) != (before.ending, before.source)
        replaced = saved and had_key and changed_key
        self._change(name, standing=standing, error=None, saved=saved, replaced=replaced, testing=False, probed=None)
        self.on_changed(name)

    async def _test(self, name: str) -> None:
        """At the address that is being saved just now; not at all if that was refused."""
        for saving in (f"accounts.place.{name}", "accounts.proxy"):
            await self._tasks.wait(saving)
        if self.state.card(name).error or self.state.error:
            self._change(name, testing=False)
            return
        try:
            probed = await self.probe(name)
        except StudioError as error:
            self._change(name, testing=False, error=error)
        else:
            self._change(name, testing=False, probed=probed, error=None)

    async def _try_other(self, name: str, other: str) -> None:
        """For this session first; in the keyring only once the other region knows the key. A key there stays."""
        free = (await self._accounts.standing(other)).source is KeySource.NONE
        works = False
        try:
            key = (await self._accounts.access(name)).key
            if free:
                await self._accounts.save_key(other, key, session_only=True)
            probed = await self.probe(other)
            if free and self.state.card(name).standing.source is KeySource.KEYRING:
                await self._accounts.save_key(other, key)
            works = True
        except StudioError as error:
            self._change(name, testing=False, error=error)
            return
        finally:
            if free and not works:
                await self._accounts.forget_key(other)
        await self._load()
        self._change(name, testing=False, other_region_works=True, error=None)
        self._change(other, probed=probed, error=None)
        self.on_changed(other)

    async def _anew(self, name: str) -> None:
        await self._accounts.start_anew(name)

    async def _set_proxy(self, proxy: str) -> None:
        await self._accounts.set_proxy(proxy)
        self._set(replace(self.state, proxy=proxy, error=None))

    def _change(self, name: str, **changes: object) -> None:
        cards = tuple(
            replace(card, **changes) if card.standing.info.name == name else card for card in self.state.cards
        )
        self._set(replace(self.state, cards=cards))

    def _failed(self, error: StudioError) -> AccountsState:
        return replace(self.state, error=error)
