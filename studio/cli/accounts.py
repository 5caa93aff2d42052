"""The command `accounts`: how they stand, keys set from stdin, forgotten and tested, addresses set."""

from __future__ import annotations

import sys
from argparse import Namespace

from studio.cli.answers import document, say
from studio.cli.parts import Commands
from studio.domain.accounts import KeySource, Probed, Role, Standing, account_info
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.words import sentence

LONGEST_TYPED = 65_536

_SOURCES = {
    KeySource.NONE: "no key",
    KeySource.ENVIRONMENT: "key from the environment",
    KeySource.KEYRING: "key in the keyring",
    KeySource.SESSION: "key for this session",
}


async def show_all(asked: Namespace, commands: Commands) -> int:
    standings = await commands.accounts.standings()
    for standing in standings:
        say(asked, f"{standing.info.name:18} {_words(standing):34} {standing.base_url}".rstrip())
        urls = dict(standing.urls)
        for one in standing.info.roles:
            say(asked, f"{'':18} {one.role.value:34} {urls.get(one.role, 'no address')}")
        if standing.trouble:
            say(asked, f"{'':18} {sentence(standing.trouble)}")
    document(asked, [_as_json(standing) for standing in standings])
    return 0


async def set_key(asked: Namespace, commands: Commands) -> int:
    info = account_info(asked.account)
    if not info.takes_key:
        raise StudioError(Reason.NOT_OFFERED, system=info.systems[0])
    await commands.accounts.set_key(info.name, _typed_key())
    say(asked, f"The key of {info.label} is in the keyring.")
    document(asked, {"account": info.name, "source": KeySource.KEYRING.value})
    return 0


async def set_url(asked: Namespace, commands: Commands) -> int:
    info = account_info(asked.account)
    role = Role(asked.role) if asked.role else None
    if bool(info.roles) is not bool(role):
        raise StudioError(
            Reason.BAD_INPUT, problems=(Problem(Field.ROLE, Fault.NOT_OFFERED if role else Fault.MISSING),)
        )
    standing = await commands.accounts.set_url(info.name, asked.url, role)
    url = dict(standing.urls).get(role, "") if role else standing.base_url
    whose = f"{info.label}, {role.value}," if role else info.label
    say(asked, f"{whose} is asked at {url}." if url else f"{whose} has no address now.")
    document(asked, {"account": info.name, "role": role.value if role else "", "url": url})
    return 0


async def forget(asked: Namespace, commands: Commands) -> int:
    info = account_info(asked.account)
    await commands.accounts.forget(info.name)
    say(asked, f"The key of {info.label} is forgotten.")
    document(asked, {"account": info.name, "forgotten": True})
    return 0


async def test(asked: Namespace, commands: Commands) -> int:
    info = account_info(asked.account)
    probed = await commands.accounts.probe(info.name)
    say(asked, f"{info.label} answers{_found(probed)}.")
    document(asked, {"account": info.name, "works": True, "voices": probed.voices, "credits": probed.credits})
    return 0


def _typed_key() -> str:
    """From stdin to its end; at a terminal one line, unseen. Raises BAD_INPUT for bytes that are no text."""
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass("Key: ")
    try:
        return sys.stdin.buffer.read(LONGEST_TYPED).decode("ascii")
    except UnicodeDecodeError:
        raise StudioError(Reason.BAD_INPUT, problems=(Problem(Field.API_KEY, Fault.NOT_PLAIN),)) from None


def _words(standing: Standing) -> str:
    if not standing.info.needs_key and standing.source is KeySource.NONE:
        return "needs no key"
    ending = f", ending …{standing.ending}" if standing.ending else ""
    return _SOURCES[standing.source] + ending


def _found(probed: Probed) -> str:
    if probed.voices is not None:
        return f": {probed.voices} voices"
    return f": {probed.credits:g} credits left" if probed.credits is not None else ""


def _as_json(standing: Standing) -> dict[str, object]:
    info = standing.info
    return {
        "account": info.name,
        "label": info.label,
        "systems": list(info.systems),
        "region": info.region.value if info.region else "",
        "needs_key": info.needs_key,
        "key": standing.source.value,
        "base_url": standing.base_url,
        "urls": {role.value: url for role, url in standing.urls},
        "workspace": standing.place.workspace,
        "trouble": standing.trouble.reason.value if standing.trouble else "",
    }
