"""Voices in review at their system: asked for with growing pauses until the review ends, also after a restart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Status, Voice
from studio.ports import Catalogue, Shelf, System
from studio.tasks import TaskOwner

SHORTEST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 60.0


class ReviewFlow:
    """`on_ended` is told of every voice whose review has ended."""

    def __init__(self, shelf: Shelf, systems: Mapping[str, System], tasks: TaskOwner) -> None:
        self._shelf = shelf
        self._systems = systems
        self._tasks = tasks
        self.on_ended: Callable[[Voice, Status], None] = lambda _, __: None

    def follow(self) -> None:
        """At the start of the program, and whenever a voice was made."""
        self._tasks.start("reviews.follow", self._follow())

    async def look(self, voice: Voice) -> Status:
        """How the voice stands now, also on the shelf. Raises StudioError."""
        system = self._systems.get(voice.system)
        if not isinstance(system, Catalogue):
            return voice.status
        try:
            status = (await system.look_up(voice.voice_id, voice.region)).status
        except StudioError as error:
            if error.reason is not Reason.NO_SUCH_VOICE:
                raise
            status = Status.GONE
        if status is not voice.status:
            await self._shelf.mark(voice.library_id, status)
        return status

    async def _follow(self) -> None:
        import asyncio  # late, as in tasks.py

        pause_s = SHORTEST_PAUSE_S
        while waiting := await self._waiting():
            await asyncio.sleep(pause_s)
            for voice in waiting:
                with suppress(StudioError):  # no key, no network: asked again
                    status = await self.look(voice)
                    if status is not Status.IN_REVIEW:
                        self.on_ended(voice, status)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    async def _waiting(self) -> tuple[Voice, ...]:
        with suppress(StudioError):
            return tuple(voice for voice in await self._shelf.voices() if voice.status is Status.IN_REVIEW)
        return ()
