"""Addresses of accounts, by hand and by the environment, in the file that the window's memory shares."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from studio.domain.accounts import Place, Role
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.domain.memory import Memory
from studio.store import Home
from studio.store.accounts import LibraryAccounts
from studio.store.settings import Addresses, SettingsFile

KEY = "sk-planted-0123456789abcdef"


def refused(reason: Reason) -> Any:
    return pytest.raises(StudioError, match=f"^{reason.value}")


async def stored(place: Home) -> Addresses:
    return await asyncio.to_thread(SettingsFile(place).addresses)


async def test_a_place_set_by_hand_stays(accounts: LibraryAccounts, place: Home) -> None:
    await accounts.save_key("model-studio-intl", KEY)
    await accounts.set_place("model-studio-intl", Place("https://ws-1.example.com/api/v1/", "ws-1"))
    access = await accounts.access("model-studio-intl")
    assert (access.base_url, access.workspace) == ("https://ws-1.example.com/api/v1", "ws-1")
    standing = await accounts.standing("model-studio-intl")
    assert (standing.base_url, standing.place) == (
        "https://ws-1.example.com",
        Place("https://ws-1.example.com", "ws-1"),
    )
    assert (await stored(place)).places == {"model-studio-intl": standing.place}
    await accounts.set_place("model-studio-intl", Place())
    assert (await accounts.access("model-studio-intl")).base_url == "https://dashscope-intl.aliyuncs.com/api/v1"


@pytest.mark.parametrize("bad", [Place("nowhere"), Place("", "no workspace")])
async def test_a_bad_place_changes_nothing(accounts: LibraryAccounts, place: Home, bad: Place) -> None:
    with refused(Reason.BAD_INPUT):
        await accounts.set_place("model-studio-cn", bad)
    assert not place.settings.exists()


async def test_an_address_that_no_key_is_sent_to_is_refused_where_it_is_set(
    accounts: LibraryAccounts, place: Home
) -> None:
    for name in ("model-studio-intl", "evolink", "noiz"):
        with pytest.raises(StudioError) as caught:
            await accounts.set_place(name, Place("http://evil.example"))
        assert caught.value.problems == (Problem(Field.BASE_URL, Fault.INSECURE),)
    assert not place.settings.exists()
    await accounts.set_place("noiz", Place("http://127.0.0.1:8000"))
    await accounts.set_place("opentalking", Place("http://gpu.lan:8000"))
    await accounts.set_place("speech-server", Place(urls=((Role.CLONE, "http://gpu.lan:8091"),)))


async def test_one_that_stands_in_the_file_can_be_taken_away(accounts: LibraryAccounts, place: Home) -> None:
    await asyncio.to_thread(place.make)
    place.settings.write_text(json.dumps({"accounts": {"noiz": {"base_url": "http://evil.example"}}}))
    assert (await accounts.standing("noiz")).base_url == "http://evil.example"
    await accounts.set_place("noiz", Place())
    assert (await accounts.standing("noiz")).base_url == "https://noiz.ai/v1"


async def test_the_environment_moves_an_account(accounts: LibraryAccounts, monkeypatch: pytest.MonkeyPatch) -> None:
    await accounts.set_place("opentalking", Place("http://by.hand:1"))
    assert not (await accounts.standing("opentalking")).url_from_environment
    monkeypatch.setenv("VOICE_STUDIO_OPENTALKING_URL", "http://127.0.0.1:9000/talk/")
    assert (await accounts.access("opentalking")).base_url == "http://127.0.0.1:9000/talk"
    standing = await accounts.standing("opentalking")
    assert (standing.base_url, standing.url_from_environment) == ("http://127.0.0.1:9000/talk", True)
    assert standing.place == Place("http://by.hand:1")
    monkeypatch.setenv("VOICE_STUDIO_OPENTALKING_URL", "http://me:secret@127.0.0.1")
    with refused(Reason.BAD_INPUT):
        await accounts.access("opentalking")
    standing = await accounts.standing("opentalking")
    assert standing.trouble
    assert "secret" not in repr(standing)


async def test_a_path_in_the_environments_url_is_cut_as_by_hand(
    accounts: LibraryAccounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICE_STUDIO_EVOLINK_URL", "http://127.0.0.1:9000/v1")
    monkeypatch.setenv("EVOLINK_API_KEY", KEY)
    assert (await accounts.access("evolink")).base_url == "http://127.0.0.1:9000/v1"


async def test_the_proxy(accounts: LibraryAccounts, place: Home) -> None:
    assert await accounts.proxy() == ""
    await accounts.set_proxy(" http://proxy:3128/ ")
    assert await accounts.proxy() == (await stored(place)).proxy == "http://proxy:3128"
    with refused(Reason.BAD_INPUT):
        await accounts.set_proxy("http://me:secret@proxy")
    assert "secret" not in place.settings.read_text()
    await accounts.set_proxy("")
    assert await accounts.proxy() == ""


async def test_a_file_written_by_hand_is_checked_too(accounts: LibraryAccounts, place: Home) -> None:
    await asyncio.to_thread(place.make)
    wrong = {"accounts": {"opentalking": {"base_url": "gopher://x"}, "noiz": 7}, "proxy": "proxy"}
    place.settings.write_text(json.dumps(wrong))
    with refused(Reason.BAD_INPUT):
        await accounts.access("opentalking")
    with refused(Reason.BAD_INPUT):
        await accounts.proxy()
    standing = await accounts.standing("opentalking")
    assert standing.trouble
    assert (await accounts.standing("noiz")).base_url == "https://noiz.ai/v1"


async def test_memory_and_addresses_share_the_file(
    accounts: LibraryAccounts, settings: SettingsFile, place: Home
) -> None:
    async def remember() -> None:
        for tab in range(25):
            await asyncio.to_thread(settings.save, Memory(voice_name="Anna", tab=tab))

    async def move() -> None:
        for port in range(1, 26):
            await accounts.set_place("opentalking", Place(f"http://h:{port}"))
            await accounts.set_proxy(f"http://p:{port}")

    await asyncio.gather(remember(), move())
    assert await asyncio.to_thread(SettingsFile(place).load) == Memory(voice_name="Anna", tab=24)
    assert await stored(place) == Addresses({"opentalking": Place("http://h:25")}, "http://p:25")


async def test_what_a_newer_version_says_of_an_account_is_left(accounts: LibraryAccounts, place: Home) -> None:
    await asyncio.to_thread(place.make)
    place.settings.write_text(json.dumps({"accounts": {"noiz": {"hue": 1}, "acme": {"base_url": "x"}}}))
    await accounts.set_place("noiz", Place("https://other"))
    assert json.loads(place.settings.read_text())["accounts"] == {
        "noiz": {"hue": 1, "base_url": "https://other", "workspace": ""},
        "acme": {"base_url": "x"},
    }
