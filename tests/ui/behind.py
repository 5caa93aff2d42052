"""Everything behind a window but engine, network, microphone and loudspeaker: real flows on a real library."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from studio.domain.accounts import EVOLINK, QWEN, Probed
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Voice
from studio.flows.accounts import AccountsFlow
from studio.flows.audition import AuditionFlow
from studio.flows.booth import BoothFlow
from studio.flows.clone import CloneFlow
from studio.flows.deletion import UNDO_S, DeletionFlow
from studio.flows.design import DesignFlow
from studio.flows.desk import DeskFlow
from studio.flows.hearing import HearingFlow
from studio.flows.library import LibraryFlow
from studio.flows.moving import MovingFlow
from studio.flows.narrating import Narrating
from studio.flows.ordering import Ordering
from studio.flows.orders import OrdersFlow
from studio.flows.pitches import PitchFlow
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
from studio.ui import wiring
from studio.ui.clone.tab import CloneTab
from studio.ui.design.candidate_card import CandidateCard
from studio.ui.library.tab import LibraryTab
from studio.ui.window import Window
from tests.fakes.recording import FakeDarkroom, FakeGauge, FakeImporter, FakeRecorder, FakeTakes
from tests.fakes.sound import FakeCodec, FakePlayer
from tests.fakes.systems import FarSystem, TaskSystem
from tests.fakes.voices import FakeSystem, clip


class Tasks(TaskOwner):
    """pytest-qt empties Qt's queue between the phases of a test, where no loop runs: nothing is started then."""

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> Any:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            work.close()
            return None
        return super().start(name, work)


class Codec(FakeCodec):
    """Takes any sample for a short silence."""

    async def measured(self, data: bytes, audio_format: AudioFormat, rate_hz: int) -> Clip:
        return clip()


class SilentPitch:
    async def median_hz(self, pcm: Pcm) -> float:
        return 0.0


class TwoRegions(FarSystem):
    """Knows its key in the regions of `known` alone."""

    known: tuple[str, ...] = ("intl", "cn")

    async def probe(self, region: str) -> Probed:
        self._check(region)
        return await super().probe(region)

    async def voices(self, region: str, *args: Any) -> tuple[Voice, ...]:
        self._check(region)
        return await super().voices(region, *args)

    def _check(self, region: str) -> None:
        if region not in self.known:
            raise StudioError(Reason.KEY_REFUSED, system=QWEN, code="InvalidApiKey")


class Studio:
    def __init__(self, window: Window, undo_s: float = UNDO_S, qwen: TwoRegions | None = None) -> None:
        self.window = window
        self.store = store = Store()
        self.here, self.qwen, self.evolink = FakeSystem(), qwen or TwoRegions(), TaskSystem()
        self.player, self.recorder = FakePlayer(), FakeRecorder()
        self.kept_takes, self.importer = FakeTakes(), FakeImporter()
        self.gauge, self.darkroom = FakeGauge(), FakeDarkroom(rate_hz=2_000)
        self.bugs: list[str] = []
        self.tasks = tasks = Tasks(lambda name, error: self.bugs.append(f"{name}: {error!r}"))
        self.codec = codec = Codec()
        systems = {ON_DEVICE: self.here, QWEN: self.qwen, EVOLINK: self.evolink}
        ordering = Ordering(systems, store.accounts, store.pending, store.shelf, store.clips, store.ledger)
        remote = RemoteVoices(systems, store.accounts, store.shelf)
        refreshing = Refreshing(systems, store.accounts, store.shelf)
        narrating = Narrating(systems, remote, store.shelf, store.clips, store.narrations, store.ledger, codec)
        saying = Saying(systems, narrating, codec, store.exporter)
        self.design = DesignFlow(systems, store.tray, store.clips, ordering, tasks)
        files = (self.kept_takes, self.importer, self.gauge, self.darkroom)
        sampling = Sampling(*files, codec, store.exporter)
        self.booth = BoothFlow(self.recorder, self.kept_takes, self.gauge, tasks)
        self.takes = TakesFlow(self.kept_takes, sampling, tasks)
        self.hearing = HearingFlow(sampling, tasks)
        made_of = (systems, self.takes, ordering, saying)
        self.clone = CloneFlow(*made_of, store.samples, store.rights, store.clips, codec, tasks)
        kept = (store.shelf, store.clips)
        self.library = LibraryFlow(*kept, refreshing, saying, store.rights, tasks)
        samples = (store.rights, self.kept_takes)
        self.deletion = DeletionFlow(self.library, *kept, remote, *samples, tasks, undo_s)
        self.speaking = SpeakingFlow(self.library, narrating, tasks)
        self.pitches = PitchFlow(*kept, codec, SilentPitch(), tasks)
        self.usage = UsageFlow(self.library, saying, store.accounts, store.ledger, systems, tasks)
        self.moving = MovingFlow(store.archive, store.upkeep, store.accounts, tasks)
        self.accounts = AccountsFlow(store.accounts, systems, tasks)
        self.orders = OrdersFlow(ordering, tasks, pauses_s=(0.01,))
        self.reviews = ReviewFlow(store.shelf, systems, tasks)
        self.audition = AuditionFlow(self.player, codec, store.clips, tasks)
        self.desk = DeskFlow(store.memory, tasks)
        making = (self.design, self.clone, self.booth, self.takes, self.hearing)
        voices = (self.library, self.deletion, self.speaking, self.pitches, self.usage, self.moving)
        keeping = (*voices, self.accounts, self.orders, self.reviews)
        wiring.connect(window, wiring.Flows(*making, *keeping, self.audition, self.desk, saying))

    @property
    def card(self) -> CandidateCard:
        return next(iter(self.window.design_tab.cards.cards.values()))

    @property
    def tab(self) -> LibraryTab:
        assert self.window.library_tab is not None
        return self.window.library_tab

    @property
    def cloning(self) -> CloneTab:
        assert self.window.clone_tab is not None
        return self.window.clone_tab

    @property
    def status(self) -> str:
        return self.window.strip.status.text()

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110 - what is drawn tells nobody
                await asyncio.sleep(0.001)

    async def generated(self, description: str = "A calm man") -> CandidateCard:
        await self.asked(description)
        await self.until(lambda: self.window.design_tab.cards.cards and not self.design.state.generating)
        return self.card

    async def asked(self, description: str = "A calm man") -> None:
        self.window.design_tab.form.description.set_text(description)
        self.window.design_tab.form.preview.set_text("Good evening.")
        self.window.design_tab.busy.start.click()

    async def kept(self) -> None:
        (await self.generated()).decide.click()
        await self.until(lambda: self.library.state.voices)

    async def end(self) -> None:
        await self.booth.aclose()
        assert await self.tasks.aclose() == ()
        await self.store.aclose()
        assert self.bugs == []


def lost() -> StudioError:
    return StudioError(Reason.TIMED_OUT, system=QWEN, maybe_done=True)
