"""Takes are heard before anything is sent: trimmed, raw against cleaned, and exactly as they would be sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid5

from studio.domain.audio import AudioFormat, Pcm
from studio.domain.errors import StudioError
from studio.domain.limits import SampleLimits
from studio.domain.takes import Take
from studio.domain.voices import ClipKind, StoredClip
from studio.flows.audition import Audible
from studio.flows.flow import Flow
from studio.flows.sampling import Sampling
from studio.tasks import TaskOwner

HEARD_MAX_S = 600.0
"""A longer part is heard in pieces: it would not fit into memory."""

COMPARED_MAX_S = 60.0
"""Enough to hear what cleaning does."""


@dataclass(frozen=True, slots=True)
class HearingState:
    """`clip_id` is what the player knows the sound by, `take_id` of which take it is, `start_s` where in it it begins.

    `saved` is the file that the sample was written to.
    """

    clip_id: UUID | None = None
    take_id: UUID | None = None
    start_s: float = 0.0
    saved: Path | None = None
    error: StudioError | None = None


class HearingFlow(Flow[HearingState]):
    """`play` is how it sounds; it is set by whoever owns the player."""

    def __init__(self, sampling: Sampling, tasks: TaskOwner) -> None:
        super().__init__(HearingState(), tasks)
        self._sampling = sampling
        self.play: Callable[[Audible], None] = lambda _: None

    def hear(self, take: Take, start_s: float | None = None, *, loop: bool = False) -> None:
        """The selected part as it will sound, from a point of the take or from its start."""
        self._start("hearing.hear", self._hear, take, start_s, loop=loop)

    def compare(self, take: Take, *, cleaned: bool) -> None:
        """The selected part raw or cleaned, both equally loud."""
        self._start("hearing.hear", self._compare, take, cleaned=cleaned)

    def hear_sent(self, take: Take, limits: SampleLimits) -> None:
        """Exactly the bytes that would be sent, decoded again."""
        self._start("hearing.hear", self._hear_sent, take, limits)

    def save_sent(self, take: Take, limits: SampleLimits, path: Path) -> None:
        """Exactly the bytes that would be sent, as a file."""
        self._set(replace(self.state, saved=None))
        self._start("hearing.save", self._save_sent, take, limits, path)

    # -- how it is done -----------------------------------------------------------------------------

    async def _hear(self, take: Take, start_s: float | None, *, loop: bool) -> None:
        start, end = take.edit.span(take.seconds)
        at = start if start_s is None or not start <= start_s < end else start_s
        fade_in_s = take.edit.fade_in_s if at == start else 0.0
        edit = replace(take.edit, start_s=at, end_s=min(end, at + HEARD_MAX_S), fade_in_s=fade_in_s)
        self._sound(take, await self._sampling.pcm(take, edit), f"{edit}", at, loop=loop)

    async def _compare(self, take: Take, *, cleaned: bool) -> None:
        start, end = take.edit.span(take.seconds)
        part = replace(take.edit, start_s=start, end_s=min(end, start + COMPARED_MAX_S))
        raw, clean = await self._sampling.compared(take, part)
        self._sound(take, clean if cleaned else raw, f"compared {cleaned} {take.edit}", start)

    async def _hear_sent(self, take: Take, limits: SampleLimits) -> None:
        start, end = take.edit.span(take.seconds)
        if end - start > HEARD_MAX_S:  # no system takes that much
            await self._hear(take, None, loop=False)
            return
        pcm = await self._sampling.heard_as_sent(take, take.edit, limits)
        self._sound(take, pcm, f"sent {take.edit} {limits}", start)

    async def _save_sent(self, take: Take, limits: SampleLimits, path: Path) -> None:
        await self._sampling.save(take, take.edit, limits, path)
        self._set(replace(self.state, saved=path, error=None))

    def _sound(self, take: Take, pcm: Pcm, what: str, start_s: float, *, loop: bool = False) -> None:
        clip = StoredClip(
            clip_id=uuid5(take.take_id, what),
            kind=ClipKind.SAMPLE,
            text=take.transcript,
            file="",
            format=AudioFormat.WAV,
            rate_hz=pcm.rate_hz,
            seconds=pcm.seconds,
            channels=pcm.channels,
            created=take.created,
        )
        self._set(replace(self.state, clip_id=clip.clip_id, take_id=take.take_id, start_s=start_s, error=None))
        self.play(Audible(clip, take.name, pcm, loop))

    def _failed(self, error: StudioError) -> HearingState:
        return replace(self.state, error=error)
