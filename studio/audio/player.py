"""Plays one sound at a time through PortAudio: nothing cut off, silent at once, never hanging the window.

A stream is opened for each clip and closed after it: that takes 3 to 7 ms, so there is nothing to keep warm and an
idle program uses no processor time.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from studio.audio import portaudio, pulse
from studio.audio.arriving import Arriving
from studio.audio.devices import output_devices
from studio.audio.feed import Feed, Volume
from studio.audio.portaudio import Device, Stream
from studio.audio.sounding import Sounding
from studio.audio.worker import SoundThread
from studio.domain.audio import OutputDevice, Pcm
from studio.domain.errors import Reason, StudioError

OPEN_DEADLINE_S = 5.0
CLOSE_DEADLINE_S = 1.0
POLL_S = 0.02
SECOND_LOOK_S = 0.1
SINK_POLL_S = 0.5


class PortAudioPlayer:
    """Port `Player`. A clip that is still sounding is silenced by the next `play`, whose turn it then is.

    The system's default is used only where it was chosen (empty id). A chosen device that is gone, before or while
    playing, is said once as DEVICE_LOST, never replaced in silence: headphones that were unplugged shouldn't make the
    loudspeakers talk. The click after that plays on the system's default, until the device is back.

    `on_first_block` is called on PortAudio's thread, once per play, when the clip's first block is handed over.
    """

    def __init__(self, on_first_block: Callable[[], None] | None = None) -> None:
        self._thread = SoundThread("sound-output")
        self._on_first_block = on_first_block
        self._volume = Volume()
        self._current: Feed | None = None
        self._stream: Stream | None = None  # the sound thread's own
        self._stale = False
        self._gone = ""

    async def play(self, pcm: Pcm, device_id: str, start_s: float = 0.0) -> None:
        sounding = self._current = Sounding(pcm, start_s, self._volume, self._on_first_block)
        try:
            sink = await self._thread.run(lambda: self._open(sounding, device_id), OPEN_DEADLINE_S)
            self._thread.post(sounding.prepare)
            await self._until_heard(sounding, sink)
        finally:
            await self._silence(sounding)

    async def play_live(self, pieces: AsyncIterator[Pcm], device_id: str) -> None:
        """The device is opened with the first piece. Before that, silent, it would delay the sound by its buffer, and
        a stream that is open but not started hangs for ever in `start` if its server has died meanwhile.
        """
        sounding = self._current = Arriving(self._volume, self._on_first_block)
        reading: asyncio.Task[None] | None = None
        try:
            first = await anext(pieces, None)
            if first is None or self._current is not sounding:
                return
            sounding.put(first)
            reading = asyncio.create_task(self._read(sounding, pieces), name="live sound")
            sink = await self._thread.run(lambda: self._open(sounding, device_id), OPEN_DEADLINE_S)
            await self._until_heard(sounding, sink)
            if self._current is sounding and not sounding.unwanted:
                await reading
        finally:
            if reading:
                reading.cancel()
            await self._silence(sounding)
            if reading:
                await _ended(reading)

    def set_volume(self, volume: float) -> None:
        """Heard once the buffer, 0.2 s, has gone out."""
        self._volume.set(volume)

    def position_s(self) -> float:
        sounding = self._current
        return sounding.position_s() if sounding else 0.0

    async def devices(self) -> tuple[OutputDevice, ...]:
        """Loads PortAudio and the resampler as well, so that the first click needn't."""
        try:
            return await self._thread.run(_devices_and_libraries, OPEN_DEADLINE_S)
        except StudioError:
            return ()

    async def aclose(self) -> None:
        current, self._current = self._current, None
        if current:
            current.unwanted = True
        with suppress(StudioError):
            await self._thread.run(self._close, CLOSE_DEADLINE_S)
        await self._thread.aclose()

    # -- waiting ----------------------------------------------------------------------------------------

    async def _read(self, sounding: Arriving, pieces: AsyncIterator[Pcm]) -> None:
        """Raises what `pieces` raises."""
        try:
            async for piece in pieces:
                sounding.put(piece)
                self._thread.post(sounding.prepare)
        finally:
            sounding.end()
            if not sounding.unwanted:
                self._thread.post(sounding.prepare)

    async def _silence(self, sounding: Feed) -> None:
        sounding.unwanted = True
        if self._current is sounding:
            self._current = None
            with suppress(StudioError):  # a frozen server: the thread closes the stream once it can
                await self._thread.run(self._close, CLOSE_DEADLINE_S)

    async def _until_heard(self, sounding: Feed, sink: str) -> None:
        """Raises DEVICE_LOST. Returns early if another clip took over."""
        polls = 0
        while not sounding.heard() and not sounding.unwanted and self._current is sounding:
            await asyncio.sleep(POLL_S)
            polls += 1
            if sounding.lost():
                await self._look_again(sounding)
            if sink and polls % round(SINK_POLL_S / POLL_S) == 0:
                await self._still_there(sink)

    async def _look_again(self, sounding: Feed) -> None:
        """A program that was held up sees old figures first."""
        await asyncio.sleep(SECOND_LOOK_S)
        if sounding.lost() and not sounding.unwanted and self._current is sounding:
            self._stale = True
            raise StudioError(Reason.DEVICE_LOST, detail="the sound system stopped taking samples")

    async def _still_there(self, sink: str) -> None:
        """The server moves the streams of an unplugged sink to another one without a word."""
        server = await asyncio.to_thread(pulse.sound_server)
        if server and not server.sink(sink):
            self._gone = sink
            raise StudioError(Reason.DEVICE_LOST, detail=f"{sink} is gone")

    # -- on the sound thread ----------------------------------------------------------------------------

    def _open(self, sounding: Feed, device_id: str) -> str:
        """Gives the sink that was chosen and is in use, "" if none was."""
        self._close()
        if sounding.unwanted:
            return ""
        portaudio.load()
        if self._stale:
            self._refresh()
        try:
            return self._open_chosen(sounding, device_id)
        except StudioError as error:
            if error.reason is not Reason.NO_OUTPUT_DEVICE:
                raise
        self._refresh()
        try:
            return self._open_chosen(sounding, device_id)
        except StudioError as error:
            if not device_id or error.reason is not Reason.NO_OUTPUT_DEVICE or not portaudio.outputs():
                raise
            lost = error
        if self._gone != device_id:
            self._gone = device_id
            raise StudioError(Reason.DEVICE_LOST, detail=f"{device_id}: {lost.detail}") from lost
        return self._open_chosen(sounding, "")

    def _open_chosen(self, sounding: Feed, device_id: str) -> str:
        listed = {one.name: one for one in portaudio.outputs()}
        if not device_id:
            self._start(sounding, portaudio.default_output())
            return ""
        if device_id in listed or sys.platform != "linux":
            self._start(sounding, listed.get(device_id))
            sink = ""
        else:
            with portaudio.sink_chosen(device_id):
                self._start(sounding, listed.get("pulse, ALSA") or portaudio.default_output(), device_id)
            sink = device_id
        self._gone = ""
        return sink

    def _start(self, sounding: Feed, output: Device | None, sink: str = "") -> None:
        """At the rate of the device itself; `Sounding.fit` says why."""
        if output is None:
            raise StudioError(Reason.NO_OUTPUT_DEVICE, detail="PortAudio lists no output")
        server = pulse.sound_server()
        known = server.sink(sink) if server else None
        channels, rate_hz = min(output.channels, 2), known.rate_hz if known else output.rate_hz
        sounding.fit(channels, rate_hz)
        stream = portaudio.open_output(output, channels, rate_hz, sounding.fill, sounding.finish)
        sounding.started(stream.latency)
        portaudio.start(stream)  # closes it if it doesn't start
        self._stream = stream

    def _refresh(self) -> None:
        self._stale = not portaudio.refresh()

    def _close(self) -> None:
        stream, self._stream = self._stream, None
        if stream:
            portaudio.close(stream)


async def _ended(reading: asyncio.Task[None]) -> None:
    """Its error was said already, or nobody listens any more."""
    await asyncio.wait([reading])
    if not reading.cancelled():
        reading.exception()


def _devices_and_libraries() -> tuple[OutputDevice, ...]:
    import soxr

    soxr.ResampleStream(24_000, 48_000, 1, "float32")
    return output_devices()
