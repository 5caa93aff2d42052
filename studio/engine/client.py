"""The on-device voice maker as the program uses it: plain asyncio in front of one worker process.

Nothing here blocks the loop, needs asyncio's own subprocesses (which qasync lacks on some systems), or imports
numpy before there is sound.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.engine.process import Child, Command, default_command
from studio.engine.protocol import Kind, Message

if TYPE_CHECKING:
    from studio.domain.audio import Pcm
    from studio.engine.reading import Reading

Progress = Callable[[float | None], None]

SEED_MAX = 2**31 - 1
RATE_HZ = 22_050


@dataclass(frozen=True, slots=True)
class Design:
    """A voice made from words. `recipe` is all that `speak` needs; `name` is made from what was understood."""

    recipe: str
    seed: int
    pcm: Pcm
    name: str
    understood: tuple[str, ...]
    unused_words: tuple[str, ...]


class LocalEngine:
    """One request at a time; several callers wait for each other. A dead or mute worker is replaced at the next one.

    `command` starts the worker, for a frozen program that has no `python -m`; a folder is added to it.
    `patience_s` is how long the worker may give no sign of life while it is asked for something.
    """

    def __init__(self, command: Command | None = None, patience_s: float = 15.0) -> None:
        self._command = command or default_command()
        self._patience_s = patience_s
        self._turn = asyncio.Lock()
        self._child: Child | None = None
        self._inbox: asyncio.Queue[Message | None] = asyncio.Queue()
        self._number = 0
        self._closed = False

    @property
    def worker_pid(self) -> int | None:
        """Of the process that runs now, if one does."""
        return self._child.pid if self._child and self._child.alive else None

    async def start(self) -> None:
        """Starts the worker and loads what the first request would have to. Raises ENGINE_MISSING or ENGINE_STOPPED."""
        async with self._turn:
            await self._ready_child()
        await asyncio.to_thread(_warm_up)

    async def design(
        self, description: str, seed: int | None, text: str, language: Language, progress: Progress = lambda _: None
    ) -> Design:
        """A new voice, and `text` in it. Without a seed one is drawn. Raises as `speak` does."""
        seed = int.from_bytes(os.urandom(4), "little") & SEED_MAX if seed is None else seed
        recipe, read = await asyncio.to_thread(_drawn, description, seed)
        pcm = await self.speak(recipe, text, language, progress)
        return Design(recipe, seed, pcm, read.name, read.understood, read.unused_words)

    async def speak(self, recipe: str, text: str, language: Language, progress: Progress = lambda _: None) -> Pcm:
        """22,050 Hz mono, levelled; `progress` is the part of the sentences that are done.

        Raises NOTHING_TO_SAY, CANNOT_SPEAK for what is no recipe, ENGINE_MISSING, ENGINE_STOPPED.
        """
        return await asyncio.to_thread(_pcm, await self.render(recipe, text, language, progress))

    async def render(
        self, recipe: str, text: str, language: Language, progress: Progress = lambda _: None
    ) -> list[bytes]:
        """As the synthesiser gives it, not levelled: 16-bit little-endian mono at 22,050 Hz, a piece per sentence.

        Raises as `speak` does.
        """
        sound: list[bytes] = []
        async with aclosing(self.sentences(recipe, text, language)) as spoken:
            async for piece, done in spoken:
                sound.append(piece)
                progress(done)
        return sound

    async def sentences(self, recipe: str, text: str, language: Language) -> AsyncGenerator[tuple[bytes, float], None]:
        """The same while it is made: each sentence, and the part of the text that is done with it; 1 at the end.

        Other callers wait until it is through or closed. Raises as `speak` does.
        """
        await asyncio.to_thread(_check, recipe, text)
        async with self._turn:
            child = await self._ready_child()
            self._number += 1
            number = self._number
            child.send(Kind.SPEAK, number, recipe=recipe, text=text, language=language.value)
            ended = False
            try:
                while (message := await self._answer(number)).kind is Kind.SOUND:
                    yield message.payload, message.amount("done")
                ended = True
            finally:
                if not ended:
                    child.send(Kind.CANCEL, number)
        if message.kind is not Kind.DONE:
            raise StudioError(Reason.ENGINE_STOPPED, detail=message.text("detail"), retryable=True)

    async def aclose(self) -> None:
        """Ends the worker; nothing is left of it. A request under way ends with ENGINE_STOPPED."""
        self._closed = True
        await self._drop()
        async with self._turn:  # what was under way has ended, and may just have started a worker
            await self._drop()

    # -- a request ----------------------------------------------------------------------------------

    async def _answer(self, number: int) -> Message:
        """The next message to this request. Raises ENGINE_STOPPED when the worker dies or gives no sign of life."""
        while True:
            try:
                message = await asyncio.wait_for(self._inbox.get(), self._patience_s)
            except TimeoutError:
                if self._child:
                    self._child.kill()
                code = await self._drop()
                raise _stopped(f"no answer within {self._patience_s:g} s (exit code {code})") from None
            if message is None:
                raise _stopped(f"exit code {await self._drop()}")
            if message.number == number:
                return message

    # -- the worker ---------------------------------------------------------------------------------

    async def _ready_child(self) -> Child:
        while not self._inbox.empty():  # what is left of requests that were cancelled
            if self._inbox.get_nowait() is None:
                await self._drop()
        if self._child is None:
            await self._start_child()
        if self._child is None or self._closed:
            raise _stopped("closed")
        return self._child

    async def _start_child(self) -> None:
        if self._closed:
            return
        inbox = self._inbox = asyncio.Queue()  # a former child's last words go nowhere
        loop = asyncio.get_running_loop()

        def hand_over(message: Message | None) -> None:
            with suppress(RuntimeError):  # the loop is closed, and nobody waits any more
                loop.call_soon_threadsafe(inbox.put_nowait, message)

        starting = asyncio.ensure_future(asyncio.to_thread(Child.start, self._command, hand_over))
        try:
            self._child = await asyncio.shield(starting)
        except asyncio.CancelledError:
            self._child = await starting
            raise
        except OSError as error:
            raise StudioError(Reason.ENGINE_MISSING, detail=str(error)) from error
        message = await self._answer(0)
        if message.kind is not Kind.READY:
            await self._drop()
            raise StudioError(Reason.ENGINE_MISSING, detail=message.text("detail"))

    async def _drop(self) -> int:
        """Ends the child there is; its exit code."""
        child, self._child = self._child, None
        return await asyncio.shield(asyncio.to_thread(child.end)) if child else 0


def _stopped(detail: str) -> StudioError:
    return StudioError(Reason.ENGINE_STOPPED, detail=detail, retryable=True)


def _warm_up() -> None:
    """numpy and the tables of words."""
    from studio.engine import loudness, reading

    loudness.levelled(b"\0\0" * RATE_HZ, RATE_HZ)
    reading.read("")


def _drawn(description: str, seed: int) -> tuple[str, Reading]:
    from studio.engine import reading, targets, variant

    read = reading.read(description)
    return variant.write(targets.targets(read.traits, seed)), read


def _check(recipe: str, text: str) -> None:
    from studio.engine import sentences, variant

    if not variant.is_recipe(recipe):
        raise StudioError(Reason.CANNOT_SPEAK)
    if not sentences.speakable(text):
        raise StudioError(Reason.NOTHING_TO_SAY)


def _pcm(sound: list[bytes]) -> Pcm:
    """Raises NOTHING_TO_SAY for silence."""
    from studio.domain.audio import Pcm
    from studio.engine.loudness import levelled

    samples = levelled(b"".join(sound), RATE_HZ)
    if len(samples) == 0:
        raise StudioError(Reason.NOTHING_TO_SAY)
    return Pcm(samples.reshape(-1, 1), RATE_HZ)
