"""The pitch of every voice that can be heard, measured one after the other while nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from studio.domain.errors import StudioError
from studio.domain.voices import Voice
from studio.ports import Clips, Codec, PitchMeter, Shelf
from studio.tasks import TaskOwner

PAUSE_S = 0.05
AT_ONCE = 20
"""Voices whose pitch is told together: each telling redraws the table."""


class PitchFlow:
    """`on_measured` is told when the library has some more."""

    def __init__(self, shelf: Shelf, clips: Clips, codec: Codec, meter: PitchMeter, tasks: TaskOwner) -> None:
        self._shelf = shelf
        self._clips = clips
        self._codec = codec
        self._meter = meter
        self._tasks = tasks
        self.on_measured: Callable[[], None] = lambda: None

    def follow(self, voices: tuple[Voice, ...]) -> None:
        """Those of `voices` that have a clip and no pitch yet."""
        waiting = tuple([voice for voice in voices if voice.has_clips and voice.pitch_hz is None])
        if waiting and not self._tasks.running("pitches.follow"):
            self._tasks.start("pitches.follow", self._follow(waiting))

    async def _follow(self, waiting: tuple[Voice, ...]) -> None:
        import asyncio  # late, as in tasks.py

        for at in range(0, len(waiting), AT_ONCE):
            for voice in waiting[at : at + AT_ONCE]:
                with suppress(StudioError):  # a clip that can't be read has no pitch to be told of
                    await self._measure(voice)
                await asyncio.sleep(PAUSE_S)
            self.on_measured()

    async def _measure(self, voice: Voice) -> None:
        clips = await self._clips.first_of([voice.library_id])
        if stored := clips.get(voice.library_id):
            sound = await self._codec.decode(await self._clips.load(stored))
            await self._shelf.set_pitch(voice.library_id, await self._meter.median_hz(sound))
