"""Under which account of this library a voice of an archive is looked for and taken in.

Voices of accounts that aren't known here become those of the account in use. Where an archive has a voice of one
system, region and id more than once, under several accounts, only one of them can be that: the others stay apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.store.archive_rows import accounts_known, is_here

if TYPE_CHECKING:
    from collections.abc import Mapping
    from sqlite3 import Connection

    from studio.domain.voices import Voice


class AccountsInUse:
    """`accounts` are those in use, by system and region. Every voice is told of before any is asked about."""

    def __init__(self, accounts: Mapping[tuple[str, str], str]) -> None:
        self._accounts = accounts
        self._theirs: dict[tuple[str, str, str], list[str]] = {}
        self._taker: dict[tuple[str, str, str], str] = {}

    def tell(self, voice: Voice) -> None:
        if in_use := self._in_use(voice):
            theirs = self._theirs.setdefault((voice.system, in_use, voice.voice_id), [])
            if voice.account not in theirs:
                theirs.append(voice.account)

    def settle(self, connection: Connection) -> None:
        """Of several, the very account in use has it, else the first that is neither known nor here as its own."""
        known = accounts_known(connection)
        for key, theirs in self._theirs.items():
            system, in_use, voice_id = key
            if len(theirs) > 1:
                free = (one for one in theirs if one not in known and not is_here(connection, system, one, voice_id))
                self._taker[key] = in_use if in_use in theirs else next(free, "")
        self._theirs.clear()

    def of(self, voice: Voice) -> str:
        """The account in use for it; empty if there is none, or if another voice of the archive has it."""
        in_use = self._in_use(voice)
        taker = self._taker.get((voice.system, in_use, voice.voice_id), voice.account)
        return in_use if taker == voice.account else ""

    def _in_use(self, voice: Voice) -> str:
        return self._accounts.get((voice.system, voice.region), "")
