"""Kept voices on a real library; only the speaker and the codec are stand-ins."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from hashlib import sha256

from studio.domain.audio import AudioFormat, Pcm
from studio.domain.briefs import ON_DEVICE
from studio.domain.takes import Take
from studio.domain.voices import ClipKind, Designed, Origin, StoredClip, Voice
from studio.flows.deletion import DeletionFlow
from studio.flows.library import LibraryFlow
from studio.flows.library_state import LibraryState
from studio.flows.narrating import Narrating
from studio.flows.refreshing import Refreshing
from studio.flows.remote import RemoteVoices
from studio.flows.rights import WORDS
from studio.flows.saying import Saying
from studio.flows.speaking import SpeakingFlow
from studio.store import Store
from studio.tasks import TaskOwner
from tests.fakes.sound import FakeCodec
from tests.fakes.voices import FakeSystem, brief, clip, voice
from tests.store.sounds import write_take


class Kept:
    """One start of the program, with this computer's own voices alone."""

    def __init__(self) -> None:
        self.store = store = Store()
        self.system = FakeSystem()
        self.codec = codec = FakeCodec()
        self.bugs: list[str] = []
        self.spoken: list[tuple[str, StoredClip, bool]] = []
        self.live: list[str] = []
        self.samples_told = 0
        self.tasks = tasks = TaskOwner(lambda name, error: self.bugs.append(f"{name}: {error!r}"))
        systems = {ON_DEVICE: self.system}
        refreshing = Refreshing(systems, store.accounts, store.shelf)
        remote = RemoteVoices(systems, store.accounts, store.shelf)
        narrating = Narrating(systems, remote, store.shelf, store.clips, store.narrations, store.ledger, codec)
        self.saying = Saying(systems, narrating, codec, store.exporter)
        kept = (store.shelf, store.clips)
        self.flow = LibraryFlow(*kept, refreshing, self.saying, store.rights, tasks)
        self.deletion = DeletionFlow(self.flow, *kept, remote, store.rights, store.takes, tasks)
        self.deletion.on_samples = self.count_samples
        self.speaking = SpeakingFlow(self.flow, narrating, tasks)
        self.speaking.on_spoken = self._hear
        self.speaking.on_live = self._hear_live

    @property
    def state(self) -> LibraryState:
        return self.flow.state

    async def keep(self, **fields: object) -> Voice:
        """As it is in the library, with its preview."""
        candidate = await self.store.tray.put(brief(), Designed(voice(**fields), clip()))
        kept = await self.store.tray.keep(candidate.candidate_id, "")
        return await self.store.shelf.find(str(kept.library_id))

    def count_samples(self) -> None:
        self.samples_told += 1

    def _hear(self, spoken_with: Voice, stored: StoredClip, heard: bool) -> None:
        self.spoken.append((spoken_with.name, stored, heard))
        self.flow.look_at_clips()

    def _hear_live(self, title: str, pieces: AsyncIterator[Pcm]) -> None:
        self.live.append(title)

    async def cloned(self, **fields: object) -> tuple[Voice, Take]:
        """A voice that was made of a take, and chosen; the take."""
        sample = clip(b"what was sent", format=AudioFormat.WAV)
        take = await self.store.takes.begin("Take 1", 48_000, "")
        await asyncio.to_thread(write_take, take.path, 480)
        take = await self.store.takes.finish(replace(take, frames=480))
        take = replace(take, sent=("another", sha256(sample.data).hexdigest()))
        await self.store.takes.change(take)
        said = json.dumps({"said": WORDS, "whose": "Ann Lee"})
        made = voice(origin=Origin.CLONED, **fields)
        kept = await self.store.shelf.add(made, sample, ClipKind.SAMPLE, "", said)
        await self.shown(kept)
        await self.until(lambda state: state.statements)
        return await self.store.shelf.find(str(kept.library_id)), take

    async def until(self, true: Callable[[LibraryState], object]) -> None:
        async with asyncio.timeout(5):
            while not true(self.state):  # noqa: ASYNC110 - the flow has one listener, and it is under test
                await asyncio.sleep(0.001)

    async def shown(self, kept: Voice) -> None:
        """Chosen, with its clips."""
        self.flow.refresh()
        await self.until(lambda state: state.complete and self.flow.voice(kept.library_id))
        self.flow.choose(kept.library_id)
        await self.until(lambda state: state.clips)

    async def chosen(self, **fields: object) -> Voice:
        kept = await self.keep(**fields)
        await self.shown(kept)
        return kept

    async def end(self) -> None:
        assert await self.tasks.aclose() == ()
        await self.store.aclose()
        assert self.bugs == []
