"""Voice systems: a provider offers the protocols it can, the window shows what `isinstance` says."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from enum import StrEnum
from typing import Protocol, runtime_checkable

from studio.domain.accounts import Probed
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.briefs import Brief, CloneBrief, Order
from studio.domain.limits import SystemInfo
from studio.domain.voices import Cloned, Designed, Origin, Voice

Progress = Callable[[float | None], None]
"""Called with the part that is done, 0..1, or None where it isn't known; always on the loop's thread."""

Receipt = Callable[[str], Awaitable[None]]
"""Awaited with the id of the task that a system made of an order, before the task is waited for."""


Page = Callable[[tuple[Voice, ...]], Awaitable[None]]
"""Awaited with the voices of each page of a list, before the next one is asked for."""


async def no_page(_: tuple[Voice, ...]) -> None:
    """Whoever wants the whole list alone."""


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

    async def voices(
        self, region: str, origin: Origin | None, keyword: str, progress: Progress, page: Page = no_page
    ) -> tuple[Voice, ...]:
        """Designed, cloned or built-in voices; None for all that are the person's own. Each id comes once.

        A keyword narrows the list only where the system can. `page` is told of the same voices as they come.
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
class Streamer(Speaker, Protocol):
    """A speaker whose sound comes while it is being made."""

    def streams(self, voice: Voice) -> bool:
        """Whether it does with this voice's model."""
        ...

    def stream(self, voice: Voice, text: str) -> AsyncGenerator[Pcm]:
        """One text within `Speech.part_max`, piece by piece, mono. Closing the generator cancels at the server.

        It ends by itself only when the system said that this was all. Raises as `speak` does, NO_SOUND_CAME for a
        session that ended without a sound (voice and model in its detail), and SPEECH_CUT after the last piece of one
        that ended before it said so.
        """
        ...


class CodeKind(StrEnum):
    CURL = "curl"
    PYTHON = "python"


@runtime_checkable
class Exemplar(System, Protocol):
    """A system that shows how its voices are spoken with from elsewhere."""

    def examples(self, voice: Voice) -> tuple[CodeKind, ...]:
        """Which kinds there are, known without asking anybody."""
        ...

    async def example(self, voice: Voice, text: str, kind: CodeKind) -> str:
        """A whole working call: the key is taken from an environment variable, the sound goes to a file.

        Raises NOT_OFFERED where there is none of this kind, and why the voice can't be spoken with.
        """
        ...


@runtime_checkable
class Probe(System, Protocol):
    async def probe(self, region: str) -> Probed:
        """A free call that tells whether the key and the address of the account are good."""
        ...
