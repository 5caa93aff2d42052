"""An account of several servers: an address for each role, by hand or by the environment, and a key if one is set."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from keyring.errors import KeyringLocked, NoKeyringError

from studio.domain.accounts import KeySource, Place, Role
from studio.domain.errors import Reason, StudioError
from studio.store import Home
from studio.store.accounts import LibraryAccounts
from studio.store.settings import SettingsFile
from tests.store.drawer import Drawer

NAME = "speech-server"
KEY = "sk-planted-0123456789abcdef"
DESIGN, CLONE = "http://gpu.lan:8091", "http://gpu.lan:8092"
BOTH = Place(urls=((Role.DESIGN, DESIGN), (Role.CLONE, CLONE)))


def refused(reason: Reason) -> Any:
    return pytest.raises(StudioError, match=f"^{reason.value}")


async def test_no_address_goes_without_saying(accounts: LibraryAccounts) -> None:
    access = await accounts.access(NAME)
    assert (access.base_url, access.urls, access.key) == ("", (), "")
    with refused(Reason.ADDRESS_MISSING):
        access.url(Role.CLONE)
    assert not (await accounts.standing(NAME)).has_address


async def test_each_role_has_an_address_of_its_own(accounts: LibraryAccounts, place: Home) -> None:
    pasted = ((Role.CLONE, f" {CLONE}/v1/ "), (Role.DESIGN, DESIGN), (Role.CUSTOM, ""))
    await accounts.set_place(NAME, Place(urls=pasted))
    access = await accounts.access(NAME)
    assert access.urls == ((Role.DESIGN, f"{DESIGN}/v1"), (Role.CLONE, f"{CLONE}/v1"))
    standing = await accounts.standing(NAME)
    assert (standing.place, standing.urls, standing.base_url) == (BOTH, BOTH.urls, "")
    assert standing.has_address
    assert (await asyncio.to_thread(SettingsFile(place).addresses)).places == {NAME: BOTH}
    await accounts.set_place(NAME, Place(urls=((Role.CLONE, CLONE),)))
    assert (await asyncio.to_thread(SettingsFile(place).addresses)).places == {NAME: Place(urls=((Role.CLONE, CLONE),))}
    await accounts.set_place(NAME, Place())
    assert (await accounts.access(NAME)).urls == ()


async def test_the_environment_goes_first(accounts: LibraryAccounts, monkeypatch: pytest.MonkeyPatch) -> None:
    await accounts.set_place(NAME, BOTH)
    monkeypatch.setenv("VOICE_STUDIO_SPEECH_CLONE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("VOICE_STUDIO_SPEECH_CUSTOM_URL", "http://127.0.0.1:7")
    assert (await accounts.access(NAME)).urls == (
        (Role.DESIGN, f"{DESIGN}/v1"),
        (Role.CLONE, "http://127.0.0.1:9/v1"),
        (Role.CUSTOM, "http://127.0.0.1:7/v1"),
    )
    standing = await accounts.standing(NAME)
    assert standing.roles_from_environment == (Role.CLONE, Role.CUSTOM)
    assert standing.place == BOTH
    monkeypatch.setenv("VOICE_STUDIO_SPEECH_CUSTOM_URL", "nowhere")
    with refused(Reason.BAD_INPUT):
        await accounts.access(NAME)
    assert (await accounts.standing(NAME)).trouble


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        (NAME, Place("http://gpu.lan")),
        (NAME, Place(urls=((Role.DESIGN, "gpu.lan"),))),
        ("noiz", Place(urls=((Role.DESIGN, DESIGN),))),
    ],
)
async def test_what_is_no_address_of_a_role_changes_nothing(
    accounts: LibraryAccounts, place: Home, name: str, wrong: Place
) -> None:
    with refused(Reason.BAD_INPUT):
        await accounts.set_place(name, wrong)
    assert not place.settings.exists()


async def test_a_file_written_by_hand(accounts: LibraryAccounts, place: Home) -> None:
    await asyncio.to_thread(place.make)
    told = {"accounts": {NAME: {"urls": {"design": DESIGN, "clone": 7, "unheard-of": "http://x"}}}}
    place.settings.write_text(json.dumps(told))
    assert (await accounts.access(NAME)).urls == ((Role.DESIGN, f"{DESIGN}/v1"),)


async def test_a_key_may_be_set_and_none_is_needed(
    accounts: LibraryAccounts, drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await accounts.save_key(NAME, KEY)
    assert (await accounts.access(NAME)).key == KEY
    assert (await accounts.standing(NAME)).source is KeySource.KEYRING
    monkeypatch.setenv("VOICE_STUDIO_SPEECH_KEY", "of-the-environment")
    assert (await accounts.access(NAME)).key == "of-the-environment"
    monkeypatch.delenv("VOICE_STUDIO_SPEECH_KEY")
    await accounts.forget_key(NAME)
    assert (await accounts.access(NAME)).key == ""
    assert drawer.kept == {}


@pytest.mark.parametrize("error", [NoKeyringError("none"), KeyringLocked("locked")])
async def test_a_keyring_that_fails_keeps_nobody_from_their_own_server(
    accounts: LibraryAccounts, drawer: Drawer, error: Exception
) -> None:
    await accounts.set_place(NAME, BOTH)
    drawer.error = error
    assert (await accounts.access(NAME)).key == ""
    assert (await accounts.standing(NAME)).trouble
