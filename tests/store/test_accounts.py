"""Whose key goes where: environment before session before keyring, and addresses by hand or by the environment."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from keyring.errors import KeyringLocked, NoKeyringError

from studio.domain.accounts import ACCOUNTS, Access, KeySource, Place
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.memory import Memory
from studio.domain.voices import Designed
from studio.store import Home, Store
from studio.store.accounts import LibraryAccounts
from studio.store.database import Database
from studio.store.keys import Keyring
from studio.store.settings import SettingsFile
from tests.fakes.voices import brief, clip, voice
from tests.store.drawer import Drawer

KEY = "sk-planted-0123456789abcdef"


def refused(reason: Reason) -> Any:
    return pytest.raises(StudioError, match=f"^{reason.value}")


# -- access -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("model-studio-intl", "https://dashscope-intl.aliyuncs.com/api/v1"),
        ("model-studio-cn", "https://dashscope.aliyuncs.com/api/v1"),
        ("evolink", "https://api.evolink.ai/v1"),
        ("noiz", "https://noiz.ai/v1"),
    ],
)
async def test_an_account_as_the_vendor_has_it(accounts: LibraryAccounts, drawer: Drawer, name: str, url: str) -> None:
    with refused(Reason.KEY_MISSING):
        await accounts.access(name)
    await accounts.save_key(name, KEY)
    assert await accounts.access(name) == Access(name, url, KEY)
    assert drawer.kept == {name: KEY}
    await accounts.forget_key(name)
    with refused(Reason.KEY_MISSING):
        await accounts.access(name)


async def test_one_that_needs_no_key_asks_no_keyring(accounts: LibraryAccounts, drawer: Drawer) -> None:
    drawer.error = KeyringLocked("locked")
    assert await accounts.access("opentalking") == Access("opentalking", "http://localhost:8000")
    assert (await accounts.standing("opentalking")).source is KeySource.NONE
    await accounts.forget_key("opentalking")
    with refused(Reason.BAD_INPUT):
        await accounts.save_key("opentalking", KEY)


async def test_no_such_account(accounts: LibraryAccounts) -> None:
    for ask in (
        accounts.access("acme"),
        accounts.standing("acme"),
        accounts.current("acme"),
        accounts.start_anew("acme"),
        accounts.save_key("acme", KEY),
        accounts.forget_key("acme"),
        accounts.set_place("acme", Place()),
    ):
        with refused(Reason.NO_SUCH_ACCOUNT):
            await ask


async def test_environment_then_session_then_keyring(
    accounts: LibraryAccounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accounts.save_key("noiz", "of-the-keyring")
    assert (await accounts.access("noiz")).key == "of-the-keyring"
    await accounts.save_key("noiz", "of-the-session", session_only=True)
    assert (await accounts.access("noiz")).key == "of-the-session"
    assert (await accounts.standing("noiz")).source is KeySource.SESSION
    monkeypatch.setenv("NOIZ_API_KEY", " of-the-environment\n")
    assert (await accounts.access("noiz")).key == "of-the-environment"
    assert (await accounts.standing("noiz")).source is KeySource.ENVIRONMENT
    await accounts.forget_key("noiz")
    assert (await accounts.access("noiz")).key == "of-the-environment"
    monkeypatch.setenv("NOIZ_API_KEY", " ")
    with refused(Reason.KEY_MISSING):
        await accounts.access("noiz")


@pytest.mark.parametrize("wrong", ["sk-\nx", "schlüssel", "sk x"])
async def test_a_key_of_the_environment_that_is_none(
    accounts: LibraryAccounts, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("NOIZ_API_KEY", wrong)
    with refused(Reason.BAD_INPUT) as caught:
        await accounts.access("noiz")
    assert caught.value.problems == (Problem(Field.API_KEY, Fault.NOT_PLAIN),)
    standing = await accounts.standing("noiz")
    assert standing.source is KeySource.ENVIRONMENT
    assert standing.trouble
    assert standing.trouble.reason is Reason.BAD_INPUT


async def test_another_tools_line_break_in_the_keyring_is_cut(accounts: LibraryAccounts, drawer: Drawer) -> None:
    drawer.kept["evolink"] = f"{KEY}\n"
    assert (await accounts.access("evolink")).key == KEY


@pytest.mark.parametrize(
    ("error", "reason", "trouble"),
    [
        (NoKeyringError("none"), Reason.KEY_MISSING, Reason.KEYRING_MISSING),
        (KeyringLocked("locked"), Reason.KEYRING_LOCKED, Reason.KEYRING_LOCKED),
    ],
)
async def test_a_keyring_that_fails(
    accounts: LibraryAccounts, drawer: Drawer, error: Exception, reason: Reason, trouble: Reason
) -> None:
    drawer.error = error
    with refused(reason) as caught:
        await accounts.access("noiz")
    assert caught.value.system == ""
    standing = await accounts.standing("noiz")
    assert standing.source is KeySource.NONE
    assert standing.trouble
    assert standing.trouble.reason is trouble
    with refused(trouble):
        await accounts.save_key("noiz", KEY)
    await accounts.save_key("noiz", KEY, session_only=True)
    assert (await accounts.access("noiz")).key == KEY


async def test_a_key_that_another_process_saved_is_seen_when_accounts_are_looked_at(
    accounts: LibraryAccounts, drawer: Drawer
) -> None:
    with refused(Reason.KEY_MISSING):
        await accounts.access("noiz")
    drawer.kept["noiz"] = KEY
    assert (await accounts.standing("noiz")).source is KeySource.KEYRING
    assert (await accounts.access("noiz")).key == KEY


@pytest.mark.parametrize(("key", "ending"), [("0123456789ab", "89ab"), ("0123456789a", ""), ("!", "")])
async def test_only_the_end_of_a_long_key_is_told(accounts: LibraryAccounts, key: str, ending: str) -> None:
    await accounts.save_key("noiz", key)
    standing = await accounts.standing("noiz")
    assert standing.ending == ending
    assert key not in repr(standing)


# -- the ids of vendor accounts -----------------------------------------------------------------------------------


async def test_an_id_is_made_once_and_a_new_one_when_the_person_says_so(open_store: Callable[..., Store]) -> None:
    accounts = open_store().accounts
    first = await accounts.current("model-studio-cn")
    assert len(first) == 32
    assert await open_store().accounts.current("model-studio-cn") == first
    assert await accounts.current("model-studio-intl") != first
    news = [await accounts.start_anew("model-studio-cn") for _ in range(3)]
    assert len({first, *news}) == 4
    assert await open_store().accounts.current("model-studio-cn") == news[-1]


async def test_several_processes_agree_on_the_id(open_store: Callable[..., Store]) -> None:
    assert len(set(await asyncio.gather(*(open_store().accounts.current("evolink") for _ in range(6))))) == 1


async def test_this_computer_has_the_account_it_always_had(store: Store, place: Home) -> None:
    account = uuid4().hex
    await store.shelf.voices()
    database = Database(place)
    await database.run(
        lambda connection: connection.execute(
            "INSERT INTO accounts (account, system, created) VALUES (?, 'on-device', 1)", (account,)
        )
    )
    await database.aclose()
    assert await store.accounts.current("on-device") == account


# -- a planted key ------------------------------------------------------------------------------------------------


async def test_a_key_is_nowhere_but_where_it_belongs(
    place: Home, drawer: Drawer, caplog: pytest.LogCaptureFixture, open_store: Callable[..., Store]
) -> None:
    caplog.set_level(logging.DEBUG)
    store = open_store()
    settings = SettingsFile(place)
    accounts = LibraryAccounts(Database(place), Keyring(lambda: drawer), settings)
    await accounts.save_key("model-studio-intl", KEY)
    await accounts.save_key("noiz", KEY, session_only=True)
    seen = [repr(accounts), repr(vars(accounts))]
    for info in ACCOUNTS:
        seen.append(repr(await accounts.standing(info.name)))
        await accounts.current(info.name)
        if info.name in ("model-studio-intl", "noiz"):
            seen.append(repr(await accounts.access(info.name)))
    await accounts.set_place("model-studio-intl", Place("https://host", "ws"))
    await accounts.set_proxy("http://proxy")
    await asyncio.to_thread(settings.save, Memory())
    await store.tray.put(brief(), Designed(voice(), clip()))
    await accounts._database.aclose()
    await store.aclose()
    assert KEY not in "".join([*seen, caplog.text])
    assert not [path for path in await asyncio.to_thread(files_of, place.root) if KEY.encode() in path.read_bytes()]


def files_of(root: Path) -> list[Path]:
    found = [path for path in root.rglob("*") if path.is_file()]
    assert {"settings.json", "library.db"} <= {path.name for path in found}
    return found
