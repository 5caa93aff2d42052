"""From a key to the next clip's first block, and from the first piece that arrives to the first sound of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

from studio.audio.codec import SoundFileCodec, encode
from studio.audio.player import PortAudioPlayer
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.voices import ClipKind, StoredClip
from studio.flows.audition import Audible, AuditionFlow
from studio.tasks import TaskOwner
from tests.audio.listening import Ears, listening
from tests.audio.test_player import speech_like
from tests.bench.report import Row
from tests.fakes.sound import FakeClips

ROUNDS = 12
RATE_HZ = 24_000
PIECE_S = 0.2
LOUD = 0.003
MIDDLE_S = 0.3


class EncodedClips(FakeClips):
    """Real MP3s, in memory."""

    def __init__(self) -> None:
        self._held: dict[UUID, Clip] = {}

    def add(self, seconds: float) -> Audible:
        clip = encode(speech_like(seconds, RATE_HZ), RATE_HZ, AudioFormat.MP3)
        stored = StoredClip(
            uuid4(), ClipKind.PREVIEW, "", "", clip.format, clip.rate_hz, clip.seconds, 1, datetime.now(UTC)
        )
        self._held[stored.clip_id] = clip
        return Audible(stored, "clip")

    async def load(self, stored: StoredClip) -> Clip:
        return self._held[stored.clip_id]


class Bench:
    def __init__(self, ears: Ears) -> None:
        self.ears = ears
        self.blocks: list[float] = []
        self.player = PortAudioPlayer(lambda: self.blocks.append(time.perf_counter()))
        self.clips = EncodedClips()
        self.tasks = TaskOwner(lambda name, error: print(name, repr(error)))
        self.flow = AuditionFlow(self.player, SoundFileCodec(), self.clips, self.tasks)

    async def key_to_block(self, *, ahead: bool, from_silence: bool) -> float:
        queue = [self.clips.add(4.0) for _ in range(2)]
        if ahead:
            self.flow.prepare_all(queue)
            await self.tasks.wait("audition.prepare")
        if not from_silence:
            await self._first_block(lambda: self.flow.play(queue[0]))
            await asyncio.sleep(MIDDLE_S)
        took = await self._first_block(lambda: self.flow.play(queue[1]))
        self.flow.stop()
        await asyncio.sleep(0.2)
        return took

    async def piece_to_block(self) -> tuple[float, float]:
        """To the block that is handed over, and to the first sample that a listener hears."""
        arrived: list[float] = []
        cut = round(PIECE_S * RATE_HZ)
        samples = speech_like(2.0, RATE_HZ).samples
        waited = asyncio.Event()

        async def pieces() -> AsyncIterator[Pcm]:
            await waited.wait()
            for start in range(0, len(samples), cut):
                arrived.append(time.perf_counter())
                yield Pcm(samples[start : start + cut], RATE_HZ)
                await asyncio.sleep(PIECE_S / 4)

        self.flow.play_live("live", pieces())
        await asyncio.sleep(MIDDLE_S)
        heard, frame = len(self.blocks), self.ears.now()
        waited.set()
        while len(self.blocks) == heard:  # noqa: ASYNC110 - a stopwatch, not a listener
            await asyncio.sleep(0.001)
        sounded = await self._heard_from(frame)
        self.flow.stop()
        await asyncio.sleep(0.4)
        return (self.blocks[heard] - arrived[0]) * 1000, (sounded - arrived[0]) * 1000

    async def aclose(self) -> None:
        await self.tasks.aclose()
        await self.player.aclose()

    async def _heard_from(self, frame: int) -> float:
        while True:
            if (abs(self.ears.heard()[frame:]) > LOUD).any():
                return time.perf_counter()
            await asyncio.sleep(0.002)

    async def _first_block(self, ask: Callable[[], None]) -> float:
        heard, start = len(self.blocks), time.perf_counter()
        ask()
        while len(self.blocks) == heard:  # noqa: ASYNC110 - a stopwatch, not a listener
            await asyncio.sleep(0.001)
        return (self.blocks[heard] - start) * 1000


def measure() -> list[Row]:
    with listening() as ears:
        return asyncio.run(_measured(ears))


async def _measured(ears: Ears) -> list[Row]:
    bench = Bench(ears)
    await bench.player.devices()
    ahead = [await bench.key_to_block(ahead=True, from_silence=False) for _ in range(ROUNDS)]
    silent = [await bench.key_to_block(ahead=True, from_silence=True) for _ in range(ROUNDS)]
    cold = [await bench.key_to_block(ahead=False, from_silence=True) for _ in range(ROUNDS)]
    live = [await bench.piece_to_block() for _ in range(ROUNDS)]
    await bench.aclose()
    return [
        Row("key to the next clip's first block, ahead", "ms", ahead, aim="50"),
        Row("the same out of silence", "ms", silent, aim="50"),
        Row("the same, not decoded ahead (4 s of MP3)", "ms", cold, aim="100"),
        Row("first piece arrived to its first block", "ms", [one for one, _ in live], aim="50"),
        Row("first piece arrived to sound in the air", "ms", [one for _, one in live]),
    ]
