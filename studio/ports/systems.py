"""Voice systems: a provider offers the protocols it can, the window shows what `isinstance` says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, runtime_checkable

from studio.domain.accounts import Probed
from studio.domain.audio import AudioFormat, Clip
from studio.domain.briefs import Brief, CloneBrief, Order
from studio.domain.limits import SystemInfo
from studio.domain.voices import Cloned, Designed, Origin, Voice

Progress = Callable[[float | None], None]
"""Called with the part that is done, 0..1, or None where it isn't known; always on the loop's thread."""

Receipt = Callable[[str], Awaitable[None]]
"""Awaited with the id of the task that a system made of an order, before the task is waited for."""


class System(Protocol):
    @property
    def info(self) -> SystemInfo: ...


@runtime_checkable
class Designer(System, Protocol):
    async def design(self, brief: Brief, progress: Progress, receipt: Receipt) -> Designed:
        """A new voice from words; `brief.handle` and `brief.model` are filled in. Sent at most once.

        The voice's `account` is left empty for the flow to fill in. An error with `maybe_done` may have made a voice.
        """
        ...


@runtime_checkable
class TaskDesigner(Designer, Protocol):
    """A designer that works by tasks, which go on without the program."""

    async def resume(self, order: Order, progress: Progress) -> Designed:
        """What came of the order's task. Raises STILL_RUNNING, TASK_FAILED or TASK_CANCELLED."""
        ...


@runtime_checkable
class Cloner(System, Protocol):
    async def clone(self, brief: CloneBrief, progress: Progress) -> Cloned:
        """A new voice from a sample; the same promises as `Designer.design`."""
        ...


@runtime_checkable
class Catalogue(System, Protocol):
    """A system that knows which voices an account has. Every call is free; voices come without their account."""

    async def voices(self, region: str, origin: Origin | None, keyword: str, progress: Progress) -> tuple[Voice, ...]:
        """Designed, cloned or built-in voices; None for all that are the person's own. Each id comes once.

        A keyword narrows the list only where the system can.
        """
        ...

    async def look_up(self, voice_id: str, region: str) -> Voice:
        """How the voice stands now. Raises NO_SUCH_VOICE."""
        ...

    async def delete(self, voice: Voice) -> None:
        """One that is gone already is no error. Raises NOT_DELETABLE for a built-in one."""
        ...


@runtime_checkable
class Speaker(System, Protocol):
    async def speak(
        self, voice: Voice, text: str, rate_hz: int | None, audio_format: AudioFormat, progress: Progress
    ) -> Clip:
        """A text of any length; without a rate, as it comes. Raises NO_ROUTE_YET for a model that it can't reach."""
        ...


@runtime_checkable
class Probe(System, Protocol):
    async def probe(self, region: str) -> Probed:
        """A free call that tells whether the key and the address of the account are good."""
        ...
