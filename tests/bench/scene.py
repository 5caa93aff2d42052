"""A scene played in the real window, clicked by names, timed from the inside; figures go to stdout as JSON.

`python -m tests.bench.scene clicks|generating|playing`: the last two say "busy" and go on until they are asked to end.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections.abc import Awaitable, Callable

from studio import main
from studio.tour import Hands

SENTENCE = "Good evening, and welcome to the river and the sea."
LONG = "The river runs from its source to the sea, and nobody has ever seen it run back. " * 12
ROUNDS = 12
BEAT_S = 0.002


class Scene:
    def __init__(self) -> None:
        self.app, window = main.painted()
        self.first_blocks: list[float] = []
        self.stage = main.Stage(window, lambda: self.first_blocks.append(time.perf_counter()))
        self.hands = Hands(window)

    def play(self, what: Callable[[Scene], Awaitable[None]]) -> None:
        main.in_loop(self.app, self._played(what))

    async def _played(self, what: Callable[[Scene], Awaitable[None]]) -> int:
        async with self.stage:
            await main.warm_up(self.stage.parts)
            self.hands.tab("Design")
            await what(self)
        return 0

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(30):
            while not true():  # noqa: ASYNC110 - a stopwatch, not a listener
                await asyncio.sleep(0.001)

    async def generate(self, text: str) -> None:
        design = self.stage.parts.design
        made = len(design.state.candidates)
        self.hands.type("Preview text", text)
        self.hands.press("Generate")
        await self.until(lambda: len(design.state.candidates) > made)

    async def silence(self) -> None:
        self.stage.audition.stop()
        await asyncio.sleep(0.3)

    async def click_to_block(self, click: Callable[[], None]) -> float:
        """Milliseconds from a click to the first block of the clip that it asked for."""
        heard = len(self.first_blocks)
        start = time.perf_counter()
        click()
        await self.until(lambda: len(self.first_blocks) > heard)
        return (self.first_blocks[heard] - start) * 1000


async def clicks(scene: Scene) -> None:
    figures: dict[str, list[float]] = {"generate": [], "play": [], "speak": [], "rtf": [], "stalls": []}
    beating = asyncio.create_task(heartbeat(figures["stalls"]))
    for _ in range(ROUNDS):
        start = time.perf_counter()
        await scene.generate(SENTENCE)
        figures["generate"].append((time.perf_counter() - start) * 1000)
        await asyncio.sleep(0.1)  # decoded ahead meanwhile, as for a person
        figures["play"].append(await scene.click_to_block(lambda: scene.hands.press("Play")))
        await scene.silence()
    for _ in range(3):
        start = time.perf_counter()
        await scene.generate(LONG)
        seconds = scene.stage.parts.design.state.candidates[0].preview.seconds
        figures["rtf"].append((time.perf_counter() - start) / seconds)
    await speak(scene, figures["speak"])
    beating.cancel()
    print(json.dumps(figures), flush=True)


async def speak(scene: Scene, figures: list[float]) -> None:
    library = scene.stage.parts.library
    scene.hands.press("Keep")
    await scene.until(lambda: library.state.voices)
    scene.hands.tab("Library")
    library.choose(library.state.voices[0].library_id)
    await scene.until(lambda: library.state.clips)
    scene.hands.type("Text to speak", SENTENCE)
    for _ in range(ROUNDS):
        figures.append(await scene.click_to_block(lambda: scene.hands.press("Speak")))
        await scene.silence()


async def heartbeat(stalls: list[float]) -> None:
    """How late, in milliseconds, the loop comes back to a task that asked for `BEAT_S`."""
    while True:
        start = time.perf_counter()
        await asyncio.sleep(BEAT_S)
        stalls.append(max(0.0, (time.perf_counter() - start - BEAT_S) * 1000))


async def generating(scene: Scene) -> None:
    await scene.generate(SENTENCE)
    await _until_asked_to_end(lambda: scene.stage.parts.design.again(_newest(scene)))


async def playing(scene: Scene) -> None:
    await scene.generate(LONG)
    scene.hands.press("Play")
    await scene.until(lambda: scene.first_blocks)
    await _until_asked_to_end(lambda: None)


def _newest(scene: Scene):
    return scene.stage.parts.design.state.candidates[0].candidate_id


async def _until_asked_to_end(busy: Callable[[], None]) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    print("busy", flush=True)
    while not ended.is_set():
        busy()
        await asyncio.sleep(0.005)


Scene().play({"clicks": clicks, "generating": generating, "playing": playing}[sys.argv[1]])
