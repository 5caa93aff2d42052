"""Voices in review at their system: asked for with growing pauses until the review ends, also after a restart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

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
            found = await system.look_up(voice.voice_id, voice.region)
        except StudioError as error:
            if error.reason is not Reason.NO_SUCH_VOICE:
                raise
            await self._shelf.mark(voice.library_id, Status.GONE)
            return Status.GONE
        if found.status is not voice.status:
            found = replace(found, account=voice.account, region=voice.region)
            await self._shelf.merge(voice.system, voice.account, (found,), ())  # its system shows it: not "only here"
        return found.status

    async def _follow(self) -> None:
        """Each voice at its own pace: one that came just now is asked for soon, whatever waits beside it."""
        import asyncio  # late, as in tasks.py

        waiting = [_Waiting(voice, SHORTEST_PAUSE_S, SHORTEST_PAUSE_S) for voice in await self._in_review()]
        while waiting:
            nearest = min(one.due_s for one in waiting)
            await asyncio.sleep(nearest)
            for one in waiting:
                one.due_s -= nearest
            left: list[_Waiting] = []
            for one in waiting:
                if one.due_s > 0 or not await self._ended(one):
                    left.append(one)
            waiting = left

    async def _ended(self, waiting: _Waiting) -> bool:
        waiting.pause_s = min(waiting.pause_s * 2, LONGEST_PAUSE_S)
        waiting.due_s = waiting.pause_s
        try:
            voice = await self._shelf.find(str(waiting.voice.library_id))
        except StudioError as error:
            return error.reason is Reason.NO_SUCH_VOICE  # deleted meanwhile
        if voice.status is not Status.IN_REVIEW:
            return True
        with suppress(StudioError):  # no key, no network: asked again
            status = await self.look(voice)
            if status is not Status.IN_REVIEW:
                self.on_ended(voice, status)
                return True
        return False

    async def _in_review(self) -> tuple[Voice, ...]:
        with suppress(StudioError):
            return tuple(voice for voice in await self._shelf.voices() if voice.status is Status.IN_REVIEW)
        return ()


@dataclass(slots=True)
class _Waiting:
    voice: Voice
    pause_s: float
    due_s: float
