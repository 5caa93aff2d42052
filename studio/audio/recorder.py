"""Records from one microphone at a time through PortAudio: nothing applied, nothing lost, never hanging the window."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from time import monotonic

from studio.audio import portaudio
from studio.audio.capture import Capture
from studio.audio.input_watch import InputWatch
from studio.audio.microphones import input_devices, microphone, opened
from studio.audio.portaudio import Stream
from studio.audio.take_writer import TakeWriter
from studio.audio.worker import SoundThread
from studio.domain.errors import Reason, StudioError
from studio.domain.takes import InputDevice, Meter, Recorded

OPEN_DEADLINE_S = 5.0
FIRST_BLOCK_S = 5.0  # a virtual source that slept takes up to 2
CLOSE_DEADLINE_S = 1.0
END_DEADLINE_S = 5.0
POLL_S = 0.01
LOOK_S = 0.1
QUIET_S = 1.2
MOVED_QUIET_S = 4.0  # a stream that was moved to another source and back came again after up to 2
SECOND_LOOK_S = 0.25


class _Turn:
    """One call of `listen`, until the next or until `close`: what is left of an older one finds that it is over."""

    def __init__(self, device_id: str) -> None:
        self.device_id = device_id
        self.capture: Capture | None = None
        self.trouble: StudioError | None = None
        self.stream: Stream | None = None  # the sound thread's own, as the next two
        self.source = ""
        self.watch: InputWatch | None = None

    def shut(self) -> None:
        """Only what this call opened: a thread that hung may come to it late, when another microphone is open."""
        stream, self.stream = self.stream, None
        if self.watch:
            self.watch.end()
        if stream:
            portaudio.close(stream)


class PortAudioRecorder:
    """Port `Recorder`.

    The system's default is followed from one device to another, except in the middle of a take. A device that was
    chosen, or is being recorded, is never replaced in silence.
    """

    def __init__(self) -> None:
        self._thread = SoundThread("sound-input", Reason.NO_INPUT_DEVICE)
        self._turn: _Turn | None = None
        self._writer: TakeWriter | None = None  # of the newest take, also when that is over
        self._path: Path | None = None

    async def devices(self) -> tuple[InputDevice, ...]:
        try:
            return await self._thread.run(input_devices, OPEN_DEADLINE_S)
        except StudioError:
            return ()

    async def listen(self, device_id: str) -> int:
        await self.stop()
        before, turn = self._turn, _Turn(device_id)
        self._turn = turn
        flowing = False
        try:
            if before:
                await self._thread.run(before.shut, OPEN_DEADLINE_S)
            await self._thread.run(lambda: self._open(turn), OPEN_DEADLINE_S)
            rate_hz = await self._first_block(turn)
            flowing = True
        finally:
            if not flowing and self._turn is turn:
                self._turn = None
                self._thread.post(turn.shut)
        return rate_hz

    async def record(self, path: Path) -> None:
        await self.stop()
        turn = self._turn
        if turn is None or turn.capture is None or turn.trouble:
            raise StudioError(Reason.INPUT_LOST, detail="no microphone is open")
        self._path, self._writer = path, None
        try:
            await self._thread.run(lambda: self._begin(turn, path), OPEN_DEADLINE_S)
        except BaseException:
            self._path = None
            raise

    def pause(self) -> None:
        if self._writer:
            self._writer.paused = True

    def resume(self) -> None:
        if self._writer:
            self._writer.paused = False

    async def stop(self) -> Recorded:
        self._path, writer, turn = None, self._writer, self._turn
        if turn and turn.capture:
            turn.capture.writer = None
        if writer is None:
            return Recorded(turn.capture.rate_hz if turn and turn.capture else 0, 0, 0)
        if not writer.done.is_set():
            await asyncio.to_thread(writer.end, END_DEADLINE_S)
        return Recorded(writer.rate_hz, writer.written, writer.dropouts)

    async def lost(self) -> StudioError:
        while True:
            if trouble := await self._trouble():
                return trouble
            await asyncio.sleep(LOOK_S)

    def meter(self) -> Meter:
        turn = self._turn
        return turn.capture.meter() if turn and turn.capture else Meter()

    def reset_clip(self) -> None:
        if self._turn and self._turn.capture:
            self._turn.capture.clipped = False

    def outline(self, start: int) -> bytes:
        return bytes(self._writer.outline[2 * start :]) if self._writer else b""

    async def close(self) -> None:
        await self.stop()
        turn, self._turn = self._turn, None
        if turn:
            with suppress(StudioError):  # a frozen server: the thread closes the stream once it can
                await self._thread.run(turn.shut, CLOSE_DEADLINE_S)
        await self._thread.aclose(CLOSE_DEADLINE_S)
        if turn and turn.watch:
            await asyncio.to_thread(turn.watch.join)

    # -- waiting ----------------------------------------------------------------------------------------

    async def _first_block(self, turn: _Turn) -> int:
        end = monotonic() + FIRST_BLOCK_S
        while self._turn is turn and not turn.trouble and monotonic() < end:
            if turn.capture and turn.capture.blocks:
                return turn.capture.rate_hz
            await asyncio.sleep(POLL_S)
        detail = turn.trouble.detail if turn.trouble else f"nothing came in {FIRST_BLOCK_S:g} s, or it was closed"
        raise StudioError(Reason.NO_INPUT_DEVICE, detail=detail)

    async def _trouble(self) -> StudioError | None:
        turn = self._turn
        if turn is None or turn.trouble:
            return turn.trouble if turn else None
        capture = turn.capture
        if capture is None:
            return None
        if capture.writer and capture.writer.trouble:
            return capture.writer.trouble
        if _dried_up(turn, capture):
            await asyncio.sleep(SECOND_LOOK_S)  # a program that was held up sees old figures first
            if self._turn is turn and turn.capture is capture and _dried_up(turn, capture):
                self._lose(turn, "no more samples come from the sound system")
        return turn.trouble

    def _lose(self, turn: _Turn, detail: str) -> None:
        """From the loop and from the watch's thread. The file is made whole at once."""
        turn.trouble = turn.trouble or StudioError(Reason.INPUT_LOST, detail=detail)
        if turn.capture and turn.capture.writer:
            turn.capture.writer.end(0)
        if self._turn is turn:
            self._thread.post(turn.shut)

    # -- on the sound thread ----------------------------------------------------------------------------

    def _open(self, turn: _Turn) -> None:
        if self._turn is not turn:
            return
        try:
            source, stream, capture = opened(microphone(turn.device_id))
        except StudioError as error:
            if error.reason is not Reason.NO_INPUT_DEVICE or not portaudio.refresh():
                raise
            source, stream, capture = opened(microphone(turn.device_id))
        if self._turn is not turn:  # it took too long
            portaudio.close(stream)
            return
        capture.clipped = bool(turn.capture and turn.capture.clipped)
        turn.capture, turn.stream, turn.source = capture, stream, source
        if source:
            turn.watch = InputWatch(
                source, lambda detail: self._lose(turn, detail), lambda default: self._follow(turn, default)
            )

    def _begin(self, turn: _Turn, path: Path) -> None:
        if self._turn is not turn or turn.capture is None or turn.trouble:
            raise StudioError(Reason.INPUT_LOST, detail="the microphone was closed")
        writer = TakeWriter(path, turn.capture.rate_hz)
        if self._path is path:
            self._writer = turn.capture.writer = writer
        else:  # given up meanwhile
            writer.end(0)

    # -- on the watch's thread, then on the sound thread -----------------------------------------------

    def _follow(self, turn: _Turn, default: str) -> bool:
        capture = turn.capture
        wanted = self._turn is turn and not turn.device_id and capture is not None and capture.writer is None
        if wanted:
            self._thread.post(lambda: self._reopen(turn, default))
        return wanted

    def _reopen(self, turn: _Turn, default: str) -> None:
        recording = turn.capture and turn.capture.writer
        if self._turn is not turn or turn.trouble or recording or turn.source == default:
            return
        turn.shut()
        try:
            self._open(turn)
        except StudioError as error:
            turn.trouble = StudioError(Reason.INPUT_LOST, detail=error.detail)


def _dried_up(turn: _Turn, capture: Capture) -> bool:
    settling = turn.watch is not None and monotonic() - turn.watch.moved_back < MOVED_QUIET_S
    return not settling and capture.quiet_s() > (QUIET_S if capture.blocks else FIRST_BLOCK_S)
