"""One sound at a time, whoever asked for it: a clip, one clip after the other, or speech that is still arriving."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from uuid import UUID

from studio.domain.audio import OutputDevice, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import StoredClip
from studio.flows.flow import Flow
from studio.ports import Clips, Codec, Player
from studio.tasks import TaskOwner

DECODED_AHEAD_BYTES = 64 << 20
SAMPLE_BYTES = 4

_OF_THE_CLIP = frozenset({Reason.NO_SUCH_CLIP, Reason.UNREADABLE_AUDIO, Reason.EMPTY_AUDIO})
"""Errors that say nothing of the next clip."""


@dataclass(frozen=True, slots=True)
class Audible:
    """A clip with the name that the player shows for it; `pcm` where it is no clip of the library.

    A `loop` sounds again and again until it is stopped, whatever the player is set to.
    """

    clip: StoredClip
    title: str
    pcm: Pcm | None = field(default=None, compare=False, repr=False)
    loop: bool = False


@dataclass(frozen=True, slots=True)
class AuditionState:
    """All that the player strip shows; `playing` from the click to the last sample.

    `live` is the title of sound that is still arriving; there is no `audible` then. `queue` are the clips that sound
    one after the other, `place` is which of them this is, from 0. With `loop` a clip, or the queue, begins anew.
    """

    audible: Audible | None = None
    playing: bool = False
    live: str | None = None
    queue: tuple[Audible, ...] = ()
    place: int = 0
    loop: bool = False
    volume: float = 1.0
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
        self._ahead: deque[Audible] = deque()
        self._offered: Audible | None = None

    # -- what the person can ask ------------------------------------------------------------------

    def play(self, audible: Audible, start_s: float = 0.0) -> None:
        """A clip of the queue is its next place, whatever else ends the queue."""
        queue, place = self.state.queue, self.state.place
        if audible not in queue:
            queue, place = (), 0
        elif queue[place] != audible:
            place = queue.index(audible)
        self._begin(queue, place, audible, start_s)

    def play_all(self, audibles: Sequence[Audible]) -> None:
        """One after the other, from the first."""
        if audibles:
            self._begin(tuple(audibles), 0, audibles[0])

    def next(self) -> None:
        """The clip behind the one that sounds; behind the last comes the first if it loops."""
        self._go(self.state.place + 1)

    def previous(self) -> None:
        self._go(self.state.place - 1)

    def play_live(self, title: str, pieces: AsyncIterator[Pcm]) -> None:
        """Stays on the device where it began. Stopping ends `pieces`."""
        self._offered = None
        self._set(replace(self.state, audible=None, live=title, queue=(), place=0, playing=True, error=None))
        self._start("audition.play", self._play_live, pieces)

    def offer(self, audible: Audible) -> None:
        """The take that came of the live sound, in its place as soon as that is over; silent. Nothing where another
        clip has taken that place.
        """
        if self.state.live is not None:
            self._offered = audible
            if not self.state.playing:
                self._end()

    def toggle(self, audible: Audible) -> None:
        """Stops the clip if it is the one that sounds, plays it otherwise."""
        if self.sounds(audible.clip.clip_id):
            self.stop()
        else:
            self.play(audible)

    def stop(self) -> None:
        self._tasks.cancel("audition.play")
        self._end()

    def seek(self, audible: Audible, part: float) -> None:
        """Plays from `part` (0..1) of the clip."""
        self.play(audible, max(0.0, min(part, 1.0)) * audible.clip.seconds)

    def prepare(self, audible: Audible) -> None:
        """Decodes ahead of the click, and wakes the sound system for the first one."""
        self.prepare_all((audible,))

    def prepare_all(self, audibles: Sequence[Audible]) -> None:
        """The same for several, the likeliest first and before all that were asked for earlier; as many as fit."""
        wanted = [*audibles, *(one for one in self._ahead if one not in audibles)]
        self._ahead = deque(one for one in fitting(wanted) if one.pcm is None)
        self._once("audition.prepare", self._prepare)

    def set_loop(self, loop: bool) -> None:
        self._set(replace(self.state, loop=loop))

    def set_volume(self, volume: float) -> None:
        """0..1."""
        volume = max(0.0, min(volume, 1.0))
        self._player.set_volume(volume)
        self._set(replace(self.state, volume=volume))

    def choose_device(self, device_id: str) -> None:
        """Takes effect at once: a clip that sounds goes on there. Sound that is still arriving stays where it is."""
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

    def _begin(self, queue: tuple[Audible, ...], place: int, audible: Audible, start_s: float = 0.0) -> None:
        self._offered = None
        self._set(replace(self.state, audible=audible, live=None, queue=queue, place=place, playing=True, error=None))
        self._start("audition.play", self._play, audible, start_s)

    def _go(self, place: int) -> None:
        queue = self.state.queue
        if queue and (self.state.loop or 0 <= place < len(queue)):
            place %= len(queue)
            self._begin(queue, place, queue[place])

    def _end(self) -> None:
        offered, self._offered = self._offered, None
        if offered:
            self._set(replace(self.state, audible=offered, live=None, playing=False))
            self.prepare(offered)
        else:
            self._set(replace(self.state, playing=False))

    async def _play(self, audible: Audible, start_s: float) -> None:
        """The clip, and what comes after it: itself, or the queue."""
        unheard = 0
        while True:
            try:
                await self._play_one(audible, start_s)
                unheard = 0
            except StudioError as error:
                unheard += 1
                if error.reason not in _OF_THE_CLIP or unheard >= max(len(self.state.queue), 1):
                    raise
                self._set(replace(self.state, error=error))
            following = self._following()
            if following is None:
                break
            audible, start_s = self.state.queue[following] if self.state.queue else audible, 0.0
            if following != self.state.place:
                self._set(replace(self.state, audible=audible, place=following))
        self._end()

    async def _play_one(self, audible: Audible, start_s: float) -> None:
        pcm = audible.pcm or await self._pcm(audible.clip)
        queue, after = self.state.queue, self.state.place + 1
        if after < len(queue):
            self.prepare(queue[after])
        await self._player.play(pcm, self.state.device_id, start_s)
        while audible.loop:
            await self._player.play(pcm, self.state.device_id, 0.0)

    def _following(self) -> int | None:
        """The place of what sounds next."""
        after = self.state.place + 1
        if after < len(self.state.queue):
            return after
        return 0 if self.state.loop else None

    async def _play_live(self, pieces: AsyncIterator[Pcm]) -> None:
        await self._player.play_live(pieces, self.state.device_id)
        self._end()

    async def _prepare(self) -> None:
        await self._decode_ahead()
        if not self.state.devices:
            await self._find_devices()
            await self._decode_ahead()

    async def _decode_ahead(self) -> None:
        while self._ahead:
            with suppress(StudioError):  # the click will say it
                await self._pcm(self._ahead.popleft().clip)

    async def _find_devices(self) -> None:
        devices = await self._player.devices()
        self._set(replace(self.state, devices=devices))

    def _failed(self, error: StudioError) -> AuditionState:
        self._end()
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


def fitting(audibles: Sequence[Audible]) -> list[Audible]:
    """The first of them whose samples can be kept together; one, whatever its size."""
    found: list[Audible] = []
    size = 0
    for one in audibles:
        size += round(one.clip.seconds * one.clip.rate_hz) * one.clip.channels * SAMPLE_BYTES
        if found and size > DECODED_AHEAD_BYTES:
            break
        found.append(one)
    return found
