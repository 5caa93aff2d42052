"""A stage for flows that work with systems elsewhere: a real library on disk, the systems in this process."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import Callable
from dataclasses import replace

from studio.audio.codec import SoundFileCodec
from studio.domain.accounts import EVOLINK, QWEN
from studio.domain.audio import Clip
from studio.domain.briefs import ON_DEVICE, Brief, CloneBrief
from studio.domain.languages import Language
from studio.domain.samples import Media, Sample
from studio.domain.voices import Voice
from studio.flows.clone import CloneFlow
from studio.flows.deletion import DeletionFlow
from studio.flows.design import DesignFlow
from studio.flows.library import LibraryFlow
from studio.flows.narrating import Narrating
from studio.flows.ordering import Ordering
from studio.flows.orders import OrdersFlow
from studio.flows.outcome import Outcome
from studio.flows.refreshing import Refreshing
from studio.flows.remote import RemoteVoices
from studio.flows.reviews import ReviewFlow
from studio.flows.sampling import Sampling
from studio.flows.saying import Saying
from studio.flows.speaking import SpeakingFlow
from studio.flows.takes import TakesFlow
from studio.flows.usage import UsageFlow
from studio.store import Store
from studio.tasks import TaskOwner
from tests.fakes.recording import FakeDarkroom, FakeGauge, FakeImporter, FakeRights, FakeTakes
from tests.fakes.systems import FarSystem, TaskSystem
from tests.fakes.voices import FakeSystem


class FarStage:
    """One start of the program; `restarted` is the next one on the same library, with the same systems."""

    def __init__(
        self, qwen: FarSystem | None = None, evolink: TaskSystem | None = None, *, undo_s: float = 0.01
    ) -> None:
        self.store = Store()
        self.qwen = qwen or FarSystem()
        self.evolink = evolink or TaskSystem()
        self.bugs: list[str] = []
        self.arrived: list[Voice] = []
        self.tasks = TaskOwner(lambda name, error: self.bugs.append(f"{name}: {error!r}"))
        store, tasks, codec = self.store, self.tasks, SoundFileCodec()
        self.systems = {ON_DEVICE: FakeSystem(), QWEN: self.qwen, EVOLINK: self.evolink}
        self.ordering = Ordering(self.systems, store.accounts, store.pending, store.shelf, store.clips, store.ledger)
        self.refreshing = Refreshing(self.systems, store.accounts, store.shelf)
        self.remote = RemoteVoices(self.systems, store.accounts, store.shelf)
        spoken = (self.remote, store.shelf, store.clips, store.narrations, store.ledger, codec)
        self.narrating = Narrating(self.systems, *spoken)
        self.saying = Saying(self.systems, self.narrating, codec, store.exporter)
        self.design = DesignFlow(self.systems, store.tray, store.clips, self.ordering, tasks)
        self.kept_takes, self.rights = FakeTakes(), FakeRights()
        parts = (FakeImporter(), FakeGauge(), FakeDarkroom())
        self.takes = TakesFlow(self.kept_takes, Sampling(self.kept_takes, *parts, codec, store.exporter), tasks)
        made_of = (self.systems, self.takes, self.ordering, self.saying)
        self.clone = CloneFlow(*made_of, store.samples, self.rights, store.clips, codec, tasks)
        kept = (store.shelf, store.clips)
        self.library = LibraryFlow(*kept, self.refreshing, self.saying, store.rights, tasks)
        self.deletion = DeletionFlow(self.library, *kept, self.remote, store.rights, store.takes, tasks, undo_s)
        self.speaking = SpeakingFlow(self.library, self.narrating, tasks)
        self.usage = UsageFlow(self.library, self.saying, store.accounts, store.ledger, self.systems, tasks)
        self.orders = OrdersFlow(self.ordering, tasks, pauses_s=(0.01, 0.01))
        self.reviews = ReviewFlow(store.shelf, self.systems, tasks)
        self.orders.on_arrived = self.arrived.append
        self.ended = False

    async def settled(self) -> list[Outcome]:
        """What came of every order that is open."""
        outcomes: list[Outcome] = []
        await self.ordering.settle_all(await self.ordering.left(), outcomes.append)
        return outcomes

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110 - the flows have one listener each, and they are under test
                await asyncio.sleep(0.001)

    async def end(self) -> None:
        if self.ended:
            return
        self.ended = True
        assert await self.tasks.aclose() == ()
        await self.store.aclose()
        assert self.bugs == []

    async def restarted(self) -> FarStage:
        await self.end()
        return FarStage(self.qwen, self.evolink)


async def nowhere(_: Clip) -> None:
    """Where speech goes that nobody keeps."""


def far_brief(system: str = QWEN, **changes: object) -> Brief:
    made = Brief(system, "A composed announcer", "Good evening.", Language.EN, name="Announcer")
    return replace(made, **{"region": "intl" if system == QWEN else "", **changes})


def wav(seconds: float = 0.2) -> bytes:
    sink = io.BytesIO()
    with wave.open(sink, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24_000)
        file.writeframes(bytes(round(seconds * 48_000) // 2 * 2))
    return sink.getvalue()


def clone_brief(**changes: object) -> CloneBrief:
    sample = Sample(wav(), Media.WAV, "me.wav", "5u0")
    return replace(CloneBrief(QWEN, "Mine", sample, has_right=True, region="intl"), **changes)
