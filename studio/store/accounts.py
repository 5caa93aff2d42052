"""Keys, addresses and the ids that stand for vendor accounts, put together from environment, keyring and settings."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from studio.domain.accounts import (
    Access,
    AccountInfo,
    KeySource,
    Place,
    Standing,
    Urls,
    account_info,
    cleaned_key,
)
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field
from studio.store.addresses import bad, cleaned_base_url, cleaned_place, cleaned_proxy, with_key_in_mind
from studio.store.rows import now
from studio.store.transactions import transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

    from studio.store.database import Database
    from studio.store.keys import Keyring
    from studio.store.settings import Addresses, SettingsFile

SHOWN = 4
SHORTEST_SHOWN = 12
"""Characters of a key that are told, and of the shortest key of which any are."""

_NO_KEYRING = (Reason.KEYRING_MISSING, Reason.KEYRING_LOCKED, Reason.KEYRING_SLOW)
"""Where a key is the person's choice, a keyring that can't be read is no reason to ask nothing of their own server."""

_NEWEST = "SELECT account, created FROM accounts WHERE system = ? AND region = ? ORDER BY created DESC, rowid DESC"
_INSERT = "INSERT INTO accounts (account, system, region, created) VALUES (?, ?, ?, ?)"


class LibraryAccounts:
    """Implements `ports.Accounts`. What is asked before every request is in memory after the first time."""

    def __init__(self, database: Database, keyring: Keyring, settings: SettingsFile) -> None:
        self._database = database
        self._keyring = keyring
        self._settings = settings
        self._addresses: Addresses | None = None
        self._file = asyncio.Lock()

    # -- asked before every request -----------------------------------------------------------------

    async def access(self, account: str) -> Access:
        """Addresses end with the API's own path: requests name what stands behind it. Of roles, those that have one.

        Raises BAD_INPUT, too, for what the environment or the file has wrong.
        """
        info = account_info(account)
        place = await self._place(info)
        base_url = _base_url_of(info, place)
        urls = tuple((role, url + info.path) for role, url in _urls_of(info, place))
        try:
            key = (await self._key(info))[0]
        except StudioError as error:
            if error.reason not in (_NO_KEYRING if info.key_optional else (Reason.KEYRING_MISSING,)):
                raise
            key = ""
        if info.needs_key and not key:
            raise StudioError(Reason.KEY_MISSING, detail=account)
        return Access(account, base_url + info.path if base_url else "", key, place.workspace, urls)

    async def proxy(self) -> str:
        return cleaned_proxy((await self._told()).proxy)

    # -- keys ---------------------------------------------------------------------------------------

    async def standing(self, name: str) -> Standing:
        """Looks into the keyring again where no key was found. Raises NO_SUCH_ACCOUNT."""
        info = account_info(name)
        source, key, trouble = KeySource.NONE, "", None
        try:
            key, source = await self._key(info, anew=True)
        except StudioError as error:
            trouble = error
            source = KeySource.ENVIRONMENT if _key_variable(info) else KeySource.NONE
        place, base_url, urls = Place(), "", ()
        try:
            place = await self._place(info)
            base_url, urls = _base_url_of(info, place), _urls_of(info, place)
        except StudioError as error:
            trouble = trouble or error
        return Standing(
            info=info,
            source=source,
            ending=key[-SHOWN:] if len(key) >= SHORTEST_SHOWN else "",
            place=place,
            base_url=base_url,
            url_from_environment=bool(_variable(info.url_variable)),
            trouble=trouble,
            urls=urls,
            roles_from_environment=tuple(one.role for one in info.roles if _variable(one.url_variable)),
        )

    async def save_key(self, name: str, key: str, *, session_only: bool = False) -> None:
        """A key in the keyring takes the place of one for this session."""
        if not account_info(name).takes_key:
            raise bad(Field.API_KEY, Fault.NOT_OFFERED)
        if session_only:
            self._keyring.hold(name, key)
        else:
            await self._keyring.save(name, key)

    async def forget_key(self, name: str) -> None:
        if account_info(name).takes_key:
            await self._keyring.forget(name)

    async def _key(self, info: AccountInfo, *, anew: bool = False) -> tuple[str, KeySource]:
        if not info.takes_key:
            return "", KeySource.NONE
        if told := _key_variable(info):
            return cleaned_key(told), KeySource.ENVIRONMENT
        if held := self._keyring.of_session(info.name):
            return held, KeySource.SESSION
        kept = await self._keyring.read(info.name, anew=anew)
        return (cleaned_key(kept), KeySource.KEYRING) if kept.strip() else ("", KeySource.NONE)

    # -- addresses ----------------------------------------------------------------------------------

    async def urls(self, name: str) -> Urls:
        info = account_info(name)
        return _urls_of(info, await self._place(info))

    async def set_place(self, name: str, place: Place) -> None:
        info = account_info(name)
        place = with_key_in_mind(cleaned_place(place, info), info)
        await self._save(partial(self._settings.save_place, name, place))

    async def set_proxy(self, proxy: str) -> None:
        await self._save(partial(self._settings.save_proxy, cleaned_proxy(proxy)))

    async def _place(self, info: AccountInfo) -> Place:
        """Checked again: the file may have been written by hand."""
        return cleaned_place((await self._told()).places.get(info.name, Place()), info)

    async def _told(self) -> Addresses:
        if self._addresses is None:
            async with self._file:
                self._addresses = await asyncio.to_thread(self._settings.addresses)
        return self._addresses

    async def _save(self, save: Callable[[], None]) -> None:
        async with self._file:
            await asyncio.to_thread(save)
            self._addresses = await asyncio.to_thread(self._settings.addresses)

    # -- ids of vendor accounts -----------------------------------------------------------------------

    async def current(self, name: str) -> str:
        """This computer's name is one too."""
        return await self._database.run(partial(_current, system=name, region=_region_of(name)))

    async def start_anew(self, name: str) -> str:
        return await self._database.run(partial(_start_anew, system=name, region=_region_of(name)))


def _current(connection: Connection, system: str, region: str) -> str:
    found = connection.execute(_NEWEST, (system, region)).fetchone()
    if found is None:
        with transaction(connection):  # another process may have been first
            found = connection.execute(_NEWEST, (system, region)).fetchone()
            if found is None:
                return _insert(connection, system, region, now())
    return found["account"]


def _start_anew(connection: Connection, system: str, region: str) -> str:
    with transaction(connection):
        newest = connection.execute(_NEWEST, (system, region)).fetchone()
        created = max(now(), newest["created"] + 1) if newest else now()  # a clock may have been set back
        return _insert(connection, system, region, created)


def _insert(connection: Connection, system: str, region: str, created: int) -> str:
    account = uuid4().hex
    connection.execute(_INSERT, (account, system, region, created))
    return account


def _region_of(name: str) -> str:
    """Raises NO_SUCH_ACCOUNT."""
    return "" if name == ON_DEVICE else account_info(name).region or ""


def _variable(name: str) -> str:
    return os.environ.get(name, "").strip()


def _key_variable(info: AccountInfo) -> str:
    return _variable(info.key_variable) if info.key_variable else ""


def _base_url_of(info: AccountInfo, place: Place) -> str:
    """As a person sets it. Raises BAD_INPUT for a wrong one in the environment."""
    return cleaned_base_url(_variable(info.url_variable), info) or place.base_url or info.base_url


def _urls_of(info: AccountInfo, place: Place) -> Urls:
    """Of roles, as a person sets them; the environment goes first. Raises BAD_INPUT for a wrong one there."""
    for one in info.roles:
        if told := cleaned_base_url(_variable(one.url_variable), info):
            place = place.with_url(one.role, told)
    return place.urls
