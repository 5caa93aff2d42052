"""Every part that window and commands have in common, built and taken down in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Parts:
    """What window and commands have in common. Making it touches no disk, starts no thread, loads nothing heavy."""

    def __init__(self, on_bug: Callable[[str, BaseException], None]) -> None:
        from studio.audio.codec import SoundFileCodec
        from studio.audio.darkroom import SoundDarkroom
        from studio.audio.importing import SoundImporter
        from studio.audio.measuring.gauge import SoundGauge
        from studio.audio.recorder import PortAudioRecorder
        from studio.engine.client import LocalEngine
        from studio.engine.pitch_meter import MedianPitch
        from studio.flows.accounts import AccountsFlow
        from studio.flows.booth import BoothFlow
        from studio.flows.clone import CloneFlow
        from studio.flows.deletion import DeletionFlow
        from studio.flows.design import DesignFlow
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
        from studio.providers import remote_systems
        from studio.providers.on_device import OnDevice
        from studio.providers.transport import Transport
        from studio.store import Store
        from studio.tasks import TaskOwner

        self.store = store = Store()
        self.codec = codec = SoundFileCodec()
        self.darkroom = darkroom = SoundDarkroom()
        gauge = SoundGauge(darkroom)
        self.engine = LocalEngine()
        self.transport = Transport(store.accounts)
        self.tasks = tasks = TaskOwner(on_bug)
        every = (OnDevice(self.engine, codec, store.profiles), *remote_systems(self.transport, codec, store.profiles))
        systems = {system.info.system: system for system in every}
        self.infos = {name: system.info for name, system in systems.items()}
        ordering = Ordering(systems, store.accounts, store.pending, store.shelf, store.clips, store.ledger)
        self.refreshing = Refreshing(systems, store.accounts, store.shelf)
        self.remote = remote = RemoteVoices(systems, store.accounts, store.shelf)
        self.narrating = narrating = Narrating(
            systems, remote, store.shelf, store.clips, store.narrations, store.ledger, codec
        )
        self.saying = saying = Saying(systems, narrating, codec, store.exporter)
        self.design = DesignFlow(systems, store.tray, store.clips, ordering, tasks)
        self.recorder = PortAudioRecorder()
        self.sampling = sampling = Sampling(store.takes, SoundImporter(), gauge, darkroom, codec, store.exporter)
        self.booth = BoothFlow(self.recorder, store.takes, gauge, tasks)
        self.takes = takes = TakesFlow(store.takes, sampling, tasks)
        self.hearing = HearingFlow(sampling, tasks)
        made_of = (systems, takes, ordering, saying)
        self.clone = CloneFlow(*made_of, store.samples, store.rights, store.clips, codec, tasks)
        kept = (store.shelf, store.clips)
        self.library = library = LibraryFlow(*kept, self.refreshing, saying, store.rights, tasks)
        self.deletion = DeletionFlow(library, *kept, remote, store.rights, store.takes, tasks)
        self.speaking = SpeakingFlow(library, narrating, tasks)
        self.pitches = PitchFlow(*kept, codec, MedianPitch(), tasks)
        self.usage = UsageFlow(library, saying, store.accounts, store.ledger, systems, tasks)
        self.moving = MovingFlow(store.archive, store.upkeep, store.accounts, tasks)
        self.accounts = AccountsFlow(store.accounts, systems, tasks)
        self.orders = OrdersFlow(ordering, tasks)
        self.reviews = ReviewFlow(store.shelf, systems, tasks)

    async def aclose(self) -> None:
        """In order: the microphone, what runs, the network, the engine, the library."""
        import logging

        await self.booth.aclose()
        if left := await self.tasks.aclose():
            logging.getLogger("studio").error("These would not end: %s", ", ".join(left))
        await self.transport.aclose()
        await self.engine.aclose()
        await self.store.aclose()
