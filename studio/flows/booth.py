"""The microphone: its level before and while recording, and takes that are on disk as they come."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from studio.domain.errors import Reason, StudioError
from studio.domain.report import Figures, Report
from studio.domain.takes import InputDevice, Meter, Recorded, Step, Take
from studio.flows.flow import Flow
from studio.ports import Gauge, Recorder, Takes
from studio.tasks import TaskOwner

LOOK_S = 0.5
"""How often the devices are asked for: one that comes or goes is noticed within 2 s."""

SILENT_S = 1.5
"""Nothing but zeros for so long is said; a live microphone is never that quiet."""

_NOT_LISTENING = {Reason.NO_SOUND_SYSTEM, Reason.NO_INPUT_DEVICE, Reason.INPUT_BUSY, Reason.INPUT_DENIED}
"""Troubles that are over once the microphone gives something."""

REPORT_S = 1.0
COUNT_IN = 3
_TAKE = "Take "


@dataclass(frozen=True, slots=True)
class BoothState:
    """All that the recording part of the Clone tab shows, but for what moves all the time (`meter`, `outline`).

    `device_id` is the person's choice, empty for the system's default. `missing` says that it isn't there, and then
    nothing else is recorded in its place; `device_name` is what it is called, there or not. `open` while the tab is
    looked at, `listening` while a microphone is open.
    """

    devices: tuple[InputDevice, ...] = ()
    searched: bool = False
    device_id: str = ""
    device_name: str = ""
    missing: bool = False
    open: bool = False
    listening: bool = False
    silent: bool = False
    rate_hz: int = 0
    step: Step = Step.IDLE
    count_in: int = 0
    dropouts: int = 0
    take: Take | None = None
    report: Report | None = None
    error: StudioError | None = None

    @property
    def busy(self) -> bool:
        return self.step is not Step.IDLE


class BoothFlow(Flow[BoothState]):
    """One take at a time. `on_taken` gets every finished one; `judge` makes the live report."""

    def __init__(self, recorder: Recorder, takes: Takes, gauge: Gauge, tasks: TaskOwner) -> None:
        super().__init__(BoothState(), tasks)
        self._recorder = recorder
        self._takes = takes
        self._gauge = gauge
        self._number = 0
        self._wanted = ""  # the name of the chosen device, which outlives its id
        self.on_taken: Callable[[Take], None] = lambda _: None
        self.judge: Callable[[Figures], Report | None] = lambda _: None

    # -- what the person can ask ------------------------------------------------------------------

    def enter(self) -> None:
        """The tab is looked at: the meter shows what the microphone gives; nothing is kept."""
        if not self.state.open:
            self._set(replace(self.state, open=True))
            self._start("booth.watch", self._watch)

    def leave(self) -> None:
        """The microphone is let go, unless it is recording."""
        self._set(replace(self.state, open=False))
        if not self.state.busy:
            self._tasks.cancel("booth.watch")
            self._tasks.cancel("booth.listen")
            self._set(replace(self.state, listening=False, silent=False))
            self._start("booth.close", self._close)

    def prefer_device(self, name: str) -> None:
        """The choice of the last time, before the devices are known."""
        self._wanted = name
        self._set(replace(self.state, device_name=name))

    def choose_device(self, device_id: str) -> str:
        """Gives the name to remember; empty for the system's default. Nothing changes in the middle of a take."""
        if self.state.busy:
            return self._wanted
        self._wanted = next((one.name for one in self.state.devices if one.device_id == device_id and device_id), "")
        chosen = replace(self.state, device_id=device_id, device_name=self._wanted, missing=False)
        self._set(replace(chosen, error=None, silent=False, listening=False))
        self._start("booth.listen", self._listen)
        return self._wanted

    def record(self, transcript: str = "", *, count_in: bool = False) -> None:
        """A new take; earlier ones stay. `transcript` is the text that will be read aloud."""
        if not self.state.busy:
            step = Step.COUNTING_IN if count_in else Step.STARTING
            self._set(replace(self.state, step=step, dropouts=0, report=None, error=None, take=None))
            self._start("booth.record", self._record, transcript, count_in=count_in)

    def pause(self) -> None:
        if self.state.step is Step.RECORDING:
            self._recorder.pause()
            self._set(replace(self.state, step=Step.PAUSED))

    def resume(self) -> None:
        if self.state.step is Step.PAUSED:
            self._recorder.resume()
            self._set(replace(self.state, step=Step.RECORDING))

    def stop(self) -> None:
        if self.state.take is None:  # still counting in, or waiting for the first block
            self._tasks.cancel("booth.record")
            self._set(replace(self.state, step=Step.IDLE, count_in=0))
        else:
            self._once("booth.stop", self._stop)

    def meter(self) -> Meter:
        return self._recorder.meter()

    def outline(self, start: int) -> bytes:
        return self._recorder.outline(start)

    def reset_clip(self) -> None:
        self._recorder.reset_clip()

    async def aclose(self) -> None:
        """A take under way is finished and kept; the microphone is let go."""
        self._tasks.cancel("booth.watch")
        await self._tasks.wait("booth.stop")
        if self.state.take:
            with suppress(StudioError):
                await self._finish(self.state.take, await self._recorder.stop())
        await self._recorder.close()

    # -- for the command line -------------------------------------------------------------------------

    async def devices(self) -> tuple[InputDevice, ...]:
        return await self._recorder.devices()

    async def take(self, device: str, seconds: float, tell: Callable[[Meter], None]) -> Take:
        """A take of so many seconds. Raises StudioError; what came until then is among the takes."""
        rate_hz = await self._recorder.listen(await self._named(device))
        begun = await self._begin("", rate_hz)
        trouble = asyncio.ensure_future(self._recorder.lost())
        error: StudioError | None = None
        try:
            await self._recorder.record(begun.path)
            while (meter := self._recorder.meter()).seconds < seconds and not trouble.done():
                tell(meter)
                await asyncio.wait([trouble], timeout=min(0.1, max(seconds - meter.seconds, 0.01)))
            error = trouble.result() if trouble.done() else None
        finally:
            trouble.cancel()
            taken = await asyncio.shield(self._finish(begun, await self._recorder.stop()))
            await self._recorder.close()
        if error:
            raise error
        return taken

    async def _named(self, device: str) -> str:
        """By id, name, or a part of one name alone. Raises NO_INPUT_DEVICE."""
        listed = await self._recorder.devices()
        if not device:
            return ""
        wanted = device.casefold()
        exact = [one for one in listed if wanted in (one.device_id.casefold(), one.name.casefold())]
        near = [one for one in listed if wanted in one.name.casefold()]
        for found in (exact, near):
            if len(found) == 1:
                return found[0].device_id
        raise StudioError(Reason.NO_INPUT_DEVICE, detail=f"{device}: {len(near)} of {len(listed)} devices")

    # -- listening ------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        """Until the tab is left: which devices there are, whether the chosen one gives anything."""
        while self.state.open or self.state.busy:
            await self._look()
            state = self.state
            reachable = not state.missing and (state.devices or state.error is None)  # else once, to know the reason
            if reachable and not state.listening and not state.busy and not self._tasks.running("booth.listen"):
                self._start("booth.listen", self._listen)
            silent = state.listening and self._recorder.meter().silent_s > SILENT_S
            if silent != state.silent:
                self._set(replace(self.state, silent=silent))
            await asyncio.sleep(LOOK_S)
        await self._close()

    async def _look(self) -> None:
        devices = await self._recorder.devices()
        chosen = next((one.device_id for one in devices if one.name == self._wanted), self.state.device_id)
        missing = bool(self._wanted) and all(one.name != self._wanted for one in devices)
        now = replace(self.state, devices=devices, searched=True, device_id=chosen, missing=missing)
        if now != self.state:
            self._set(now)

    async def _listen(self) -> None:
        rate_hz = await self._recorder.listen(self.state.device_id)
        error = self.state.error
        over = error and error.reason in _NOT_LISTENING
        self._set(replace(self.state, listening=True, rate_hz=rate_hz, error=None if over else error))
        self._start("booth.lost", self._lost)

    async def _lost(self) -> None:
        """Who only looks at the meter sees it in the list of devices; whoever records is told."""
        error = await self._recorder.lost()
        self._set(replace(self.state, listening=False, silent=False))
        if self.state.take:
            self._set(replace(self.state, error=error))
            await self._stop()
        await self._recorder.close()

    async def _close(self) -> None:
        self._tasks.cancel("booth.lost")
        await self._recorder.close()
        self._set(replace(self.state, listening=False, silent=False))

    # -- a take -----------------------------------------------------------------------------------------

    async def _record(self, transcript: str, *, count_in: bool) -> None:
        for left in range(COUNT_IN if count_in else 0, 0, -1):
            self._set(replace(self.state, count_in=left))
            await asyncio.sleep(1.0)
        self._set(replace(self.state, step=Step.STARTING, count_in=0))
        await self._tasks.wait("booth.listen")
        if not self.state.listening:
            await self._listen()
        take = await self._begin(transcript, self.state.rate_hz)
        await self._recorder.record(take.path)
        self._set(replace(self.state, step=Step.RECORDING, take=take))
        await self._follow(take)

    async def _begin(self, transcript: str, rate_hz: int) -> Take:
        """With the next number, which no take had before as far as is known."""
        numbers = [
            int(number) for take in await self._takes.takes() if (number := take.name.removeprefix(_TAKE)).isdecimal()
        ]
        self._number = max(self._number, *numbers, 0) + 1
        return await self._takes.begin(f"{_TAKE}{self._number}", rate_hz, transcript)

    async def _follow(self, take: Take) -> None:
        """The live report, for as long as the take goes on."""
        measuring = self._gauge.follow(take.path, take.rate_hz)
        while self.state.take is take:
            await asyncio.sleep(REPORT_S)
            dropouts = self._recorder.meter().dropouts
            with suppress(StudioError):  # nothing there to measure yet
                figures = replace(await measuring.figures(), dropouts=dropouts)
                if self.state.take is take:
                    self._set(replace(self.state, report=self.judge(figures), dropouts=dropouts))

    async def _stop(self) -> None:
        take = self.state.take
        if take is None:
            return
        recorded = await self._recorder.stop()
        try:
            await self._finish(take, recorded)
        finally:  # on a full disk it is there all the same
            self._set(replace(self.state, step=Step.IDLE, take=None))
            self._tasks.cancel("booth.record")
            if recorded.frames:
                self.on_taken(_told(take, recorded))

    async def _finish(self, take: Take, recorded: Recorded) -> Take:
        """One without a single frame isn't kept."""
        taken = await self._takes.finish(_told(take, recorded))
        if not taken.frames:
            await self._takes.delete(taken.take_id)
        return taken

    def _failed(self, error: StudioError) -> BoothState:
        if self.state.error and self.state.error.reason is error.reason:
            error = self.state.error  # tried again and again: it is told once
        if self.state.take:
            self._once("booth.stop", self._stop)
            return replace(self.state, error=error)
        return replace(self.state, error=error, step=Step.IDLE, count_in=0, listening=False)


def _told(take: Take, recorded: Recorded) -> Take:
    return replace(take, rate_hz=recorded.rate_hz, frames=recorded.frames, dropouts=recorded.dropouts)
