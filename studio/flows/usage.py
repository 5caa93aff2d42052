"""Voices held, voices that will expire, and what was spent: the board per account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from studio.domain.accounts import account_info, account_name
from studio.domain.audio import Clip
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import StudioError
from studio.domain.spending import Usage, usage_of
from studio.domain.voices import Voice
from studio.flows.flow import Flow
from studio.flows.library import LibraryFlow
from studio.flows.saying import Saying
from studio.ports import Accounts, Ledger, System
from studio.tasks import TaskOwner

KEEP_ALIVE_TEXT = {"zh": "你好。", "ja": "こんにちは。", "ko": "안녕하세요."}
KEEP_ALIVE_ELSE = "Hello."
"""What a voice says to be kept: as short as a sentence can be."""


@dataclass(frozen=True, slots=True)
class UsageState:
    """`usages` has a row for every system and account; `labels` is how each account is called, by its random id.
    `keeping` are the ids of voices that are being kept alive, `kept` those that were."""

    usages: tuple[Usage, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    loaded: bool = False
    keeping: tuple[UUID, ...] = ()
    kept: tuple[UUID, ...] = ()
    error: StudioError | None = None


class UsageFlow(Flow[UsageState]):
    """`on_kept_alive` is told when a voice was spoken with so that its system keeps it."""

    def __init__(
        self,
        library: LibraryFlow,
        saying: Saying,
        accounts: Accounts,
        ledger: Ledger,
        systems: Mapping[str, System],
        tasks: TaskOwner,
    ) -> None:
        super().__init__(UsageState(), tasks)
        self._library = library
        self._saying = saying
        self._accounts = accounts
        self._ledger = ledger
        self._infos = {name: system.info for name, system in systems.items() if name != ON_DEVICE}
        self.on_kept_alive: Callable[[], None] = lambda: None

    def load(self) -> None:
        """Of the voices as the library shows them now."""
        self._start("usage.load", self._load, self._library.state.voices)

    def keep_alive(self, library_id: UUID) -> None:
        """A word with the voice: what it costs is said before, by whoever asks."""
        voice = self._library.voice(library_id)
        if voice and library_id not in self.state.keeping:
            self._set(replace(self.state, keeping=(*self.state.keeping, library_id), error=None))
            self._start(f"usage.keep.{library_id}", self._keep_alive, voice)

    async def usages(self, voices: Iterable[Voice]) -> tuple[tuple[Usage, ...], dict[str, str]]:
        """A row for every system and account, and how the accounts are called."""
        rows = usage_of(voices, await self._ledger.spendings(), self._infos, datetime.now(UTC))
        return rows, await self._labels(rows)

    async def _load(self, voices: tuple[Voice, ...]) -> None:
        rows, labels = await self.usages(voices)
        self._set(replace(self.state, usages=rows, labels=tuple(labels.items()), loaded=True))

    async def _labels(self, rows: tuple[Usage, ...]) -> dict[str, str]:
        """The account in use of each system and region has its name; of others only their ids are known here."""
        names = {account_name(row.system, row.region) for row in rows}
        return {await self._accounts.current(name): account_info(name).label for name in sorted(names)}

    async def _keep_alive(self, voice: Voice) -> None:
        try:
            await self._saying.say(voice, keep_alive_text(voice), _nowhere)
        except StudioError as error:
            self._set(replace(self.state, keeping=self._others(voice), error=error))
            return
        kept = (*self.state.kept, voice.library_id)
        self._set(replace(self.state, keeping=self._others(voice), kept=kept))
        await self._library.refreshed()
        await self._load(self._library.state.voices)
        self.on_kept_alive()

    def _others(self, voice: Voice) -> tuple[UUID, ...]:
        return tuple(one for one in self.state.keeping if one != voice.library_id)

    def _failed(self, error: StudioError) -> UsageState:
        return replace(self.state, error=error)


async def _nowhere(_: Clip) -> None:
    """What is said to be kept alive is for nobody's ears."""


def keep_alive_text(voice: Voice) -> str:
    return KEEP_ALIVE_TEXT.get(voice.language.value if voice.language else "", KEEP_ALIVE_ELSE)
