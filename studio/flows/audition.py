"""One clip sounds at a time, whoever asked for it."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from uuid import UUID

from studio.domain.audio import OutputDevice, Pcm
from studio.domain.errors import StudioError
from studio.domain.voices import StoredClip
from studio.flows.flow import Flow
from studio.ports import Clips, Codec, Player
from studio.tasks import TaskOwner

DECODED_AHEAD_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Audible:
    """A clip with the name that the player shows for it; `pcm` where it is no clip of the library.

    A `loop` sounds again and again until it is stopped.
    """

    clip: StoredClip
    title: str
    pcm: Pcm | None = field(default=None, compare=False, repr=False)
    loop: bool = False


@dataclass(frozen=True, slots=True)
class AuditionState:
    """All that the player strip shows; `playing` from the click to the last sample."""

    audible: Audible | None = None
    playing: bool = False
    error: StudioError | None = None
    devices: tuple[OutputDevice, ...] = ()
    device_id: str = ""


class AuditionFlow(Flow[AuditionState]):
    """Loads, decodes and plays clips; what was decoded lately is kept, so that a click sounds at once."""

    def __init__(
        self,
        player: Player,
        codec: Codec,
        clips: Clips,
        tasks: TaskOwner,
    ) -> None:
        super().__init__(AuditionState(), tasks)
        self._player = player
        self._codec = codec
        self._clips = clips
        self._decoded: OrderedDict[UUID, Pcm] = OrderedDict()

    # -- what the person can ask ------------------------------------------------------------------

    def play(self, audible: Audible, start_s: float = 0.0) -> None:
        self._set(replace(self.state, audible=audible, playing=True, error=None))
        self._start("audition.play", self._play, audible, start_s)

    def toggle(self, audible: Audible) -> None:
        """Stops the clip if it is the one that sounds, plays it otherwise."""
        if self.sounds(audible.clip.clip_id):
            self.stop()
        else:
            self.play(audible)

    def stop(self) -> None:
        self._tasks.cancel("audition.play")
        self._set(replace(self.state, playing=False))

    def seek(self, audible: Audible, part: float) -> None:
        """Plays from `part` (0..1) of the clip."""
        self.play(audible, max(0.0, min(part, 1.0)) * audible.clip.seconds)

    def prepare(self, audible: Audible) -> None:
        """Decodes ahead of the click, and wakes the sound system for the first one."""
        self._start("audition.prepare", self._prepare, audible)

    def choose_device(self, device_id: str) -> None:
        """Takes effect at once: a clip that sounds goes on there."""
        self._set(replace(self.state, device_id=device_id))
        if self.state.playing and self.state.audible:
            self.play(self.state.audible, self.position_s())

    def find_devices(self) -> None:
        self._start("audition.devices", self._find_devices)

    def sounds(self, clip_id: UUID) -> bool:
        return self.state.playing and self.state.audible is not None and self.state.audible.clip.clip_id == clip_id

    def position_s(self) -> float:
        return self._player.position_s()

    # -- how it is done -----------------------------------------------------------------------------

    async def _play(self, audible: Audible, start_s: float) -> None:
        pcm = audible.pcm or await self._pcm(audible.clip)
        await self._player.play(pcm, self.state.device_id, start_s)
        while audible.loop:
            await self._player.play(pcm, self.state.device_id, 0.0)
        self._set(replace(self.state, playing=False))

    async def _prepare(self, audible: Audible) -> None:
        with suppress(StudioError):  # the click will say it
            if audible.pcm is None:
                await self._pcm(audible.clip)
            if not self.state.devices:
                await self._find_devices()

    async def _find_devices(self) -> None:
        devices = await self._player.devices()
        self._set(replace(self.state, devices=devices))

    def _failed(self, error: StudioError) -> AuditionState:
        return replace(self.state, playing=False, error=error)

    async def _pcm(self, stored: StoredClip) -> Pcm:
        if pcm := self._decoded.get(stored.clip_id):
            self._decoded.move_to_end(stored.clip_id)
            return pcm
        pcm = await self._codec.decode(await self._clips.load(stored))
        self._decoded[stored.clip_id] = pcm
        while (
            len(self._decoded) > 1 and sum(one.samples.nbytes for one in self._decoded.values()) > DECODED_AHEAD_BYTES
        ):
            self._decoded.popitem(last=False)
        return pcm
