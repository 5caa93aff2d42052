"""Any text with a kept voice: heard from the first piece on, kept as a take, and gone on with after a break."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from studio.domain.audio import Pcm
from studio.domain.errors import StudioError
from studio.domain.narrations import Narration
from studio.domain.voices import StoredClip, Voice
from studio.flows.flow import Flow
from studio.flows.library import LibraryFlow
from studio.flows.narrating import Narrating
from studio.flows.telling import Listener, Telling
from studio.tasks import TaskOwner

if TYPE_CHECKING:
    import asyncio


@dataclass(frozen=True, slots=True)
class SpeakingState:
    """What is being spoken, or was last.

    `voice` is the one that speaks, `part` of `parts` the one under way (from 1), `progress` 0..1 where it is known,
    `seconds` the sound that came so far, `live` whether it is heard while it comes. `spoken` is the take that came of
    it, partial if it was stopped or broke off. `unfinished` can be gone on with, newest first: those of `shown`.
    """

    voice: Voice | None = None
    speaking: bool = False
    live: bool = False
    part: int = 0
    parts: int = 0
    progress: float | None = None
    seconds: float = 0.0
    spoken: StoredClip | None = None
    shown: UUID | None = None
    unfinished: tuple[Narration, ...] = ()
    error: StudioError | None = None


class SpeakingFlow(Flow[SpeakingState]):
    """`on_live` is given the name and the sound of what is being spoken, while it comes; `on_spoken` every take that
    came of it, with whether it was heard already; `on_stopped` when the person has heard enough."""

    def __init__(self, library: LibraryFlow, narrating: Narrating, tasks: TaskOwner) -> None:
        super().__init__(SpeakingState(), tasks)
        self._library = library
        self._narrating = narrating
        self.on_live: Callable[[str, AsyncIterator[Pcm]], None] = lambda _, __: None
        self.on_spoken: Callable[[Voice, StoredClip, bool], None] = lambda _, __, ___: None
        self.on_stopped: Callable[[], None] = lambda: None

    # -- what the person can ask ------------------------------------------------------------------

    def speak(self, library_id: UUID, text: str) -> None:
        if voice := self._library.voice(library_id):
            self._begin(voice)
            self._start("speaking.speak", self._speak, voice, text)

    def go_on(self, narration_id: UUID) -> None:
        """With one that broke off."""
        found = next((one for one in self.state.unfinished if one.narration_id == narration_id), None)
        if found and (voice := self._library.voice(found.library_id)):
            self._begin(voice)
            self._start("speaking.speak", self._go_on, voice, narration_id)

    def stop(self) -> None:
        """What came until now is kept."""
        self._tasks.cancel("speaking.speak")
        if self.state.live:
            self.on_stopped()

    def stop_with(self, voices: tuple[Voice, ...]) -> None:
        """Where one of them speaks: it is being deleted."""
        if self.state.speaking and self.state.voice in voices:
            self.stop()

    def forget(self, narration_id: UUID) -> None:
        """Nobody will go on with it; takes that came of it stay."""
        self._start("speaking.forget", self._forget, narration_id)

    def show_for(self, library_id: UUID | None) -> None:
        """What is unfinished of this voice."""
        self._set(replace(self.state, shown=library_id, unfinished=()))
        if library_id:
            self._start("speaking.show", self._show_for, library_id)

    # -- how it is done -----------------------------------------------------------------------------

    def _begin(self, voice: Voice) -> None:
        self._set(
            replace(
                self.state,
                voice=voice,
                speaking=True,
                live=False,
                part=0,
                parts=0,
                progress=None,
                seconds=0.0,
                spoken=None,
                error=None,
            )
        )

    async def _speak(self, voice: Voice, text: str) -> None:
        await self._tell(self._narrating.begin(voice, text))

    async def _go_on(self, voice: Voice, narration_id: UUID) -> None:
        await self._tell(self._narrating.go_on(voice, narration_id))

    async def _tell(self, beginning: Awaitable[Telling]) -> None:
        """Whatever ends it, what came is a take: whole, or partial."""
        try:
            telling = await beginning
        except BaseException:
            self._set(replace(self.state, speaking=False))
            raise
        live = _Live() if self._narrating.streams(telling.voice) or len(telling.narration.parts) > 1 else None
        if live:
            self._set(replace(self.state, live=True))
            self.on_live(telling.voice.name, live.pieces())
        try:
            await self._narrating.run(telling, self._listener(live))
        except StudioError as error:
            await self._to_its_end(self._broke_off(telling, error))
        except BaseException:
            await self._to_its_end(self._broke_off(telling, None))
            raise
        else:
            await self._to_its_end(self._keep(telling, heard=live is not None))
        finally:
            if live:
                live.end()

    async def _to_its_end(self, keeping: Coroutine[Any, Any, None]) -> None:
        """A Stop that comes while a take is being kept keeps it all the same."""
        import asyncio  # late, as in tasks.py

        kept = asyncio.ensure_future(keeping)
        try:
            await asyncio.shield(kept)
        except asyncio.CancelledError:
            await kept
            raise

    def _listener(self, live: _Live | None) -> Listener:
        def piece(sound: Pcm) -> None:
            self._set(replace(self.state, seconds=self.state.seconds + sound.seconds))
            if live:
                live.put(sound)

        def part(number: int, count: int) -> None:
            self._set(replace(self.state, part=number, parts=count))

        def progress(done: float | None) -> None:
            self._set(replace(self.state, progress=done))

        return Listener(piece, part, progress)

    async def _keep(self, telling: Telling, *, heard: bool) -> None:
        stored = await self._narrating.keep(telling, partial=False)
        await self._narrating.end(telling)
        self._set(replace(self.state, speaking=False, live=False, progress=None, spoken=stored))
        self.on_spoken(telling.voice, stored, heard)
        await self._look_again(telling.voice)

    async def _broke_off(self, telling: Telling, error: StudioError | None) -> None:
        """By the system, the network or the person. Where nothing came beyond what was there, all stays as it was."""
        stored = None
        try:
            if telling.fresh and not telling.empty:
                stored = await self._narrating.keep(telling, partial=True)
            await self._narrating.let_go(telling, told=stored is not None)
        finally:
            self._set(replace(self.state, speaking=False, live=False, progress=None, spoken=stored, error=error))
        if stored:
            self.on_spoken(telling.voice, stored, True)
        await self._look_again(telling.voice)

    async def _look_again(self, voice: Voice) -> None:
        if self.state.shown == voice.library_id:
            await self._show_for(voice.library_id)

    async def _show_for(self, library_id: UUID) -> None:
        unfinished = await self._narrating.unfinished(library_id)
        self._show_unfinished(library_id, unfinished)
        for narration in unfinished:
            await self._rescue(narration)
        if not all(narration.told for narration in unfinished):
            self._show_unfinished(library_id, await self._narrating.unfinished(library_id))

    def _show_unfinished(self, library_id: UUID, unfinished: tuple[Narration, ...]) -> None:
        if self.state.shown == library_id:
            self._set(replace(self.state, unfinished=unfinished))

    async def _rescue(self, narration: Narration) -> None:
        """The program died over it: what was heard becomes a take like that of any other break."""
        voice = self._library.voice(narration.library_id)
        if voice and (stored := await self._narrating.rescued(voice, narration)):
            self.on_spoken(voice, stored, True)

    async def _forget(self, narration_id: UUID) -> None:
        await self._narrating.forget(narration_id)
        if self.state.shown:
            await self._show_for(self.state.shown)

    def _failed(self, error: StudioError) -> SpeakingState:
        return replace(self.state, speaking=False, live=False, progress=None, error=error)


class _Live:
    """Sound that comes on one side and is played on the other."""

    def __init__(self) -> None:
        import asyncio  # late, as in tasks.py

        self._pieces: asyncio.Queue[Pcm | None] = asyncio.Queue()

    def put(self, piece: Pcm) -> None:
        self._pieces.put_nowait(piece)

    def end(self) -> None:
        self._pieces.put_nowait(None)

    async def pieces(self) -> AsyncGenerator[Pcm]:
        while piece := await self._pieces.get():
            yield piece
