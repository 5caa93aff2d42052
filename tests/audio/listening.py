"""Ears for the tests: records what a virtual loudspeaker plays, and finds a clip in it.

    with listening() as ears:              # studio_speakers unless told otherwise
        ...play...
    corr, missing = best_correlation(clip, ears.heard())

Used by the tests of the player and by those of the whole program; needs packaging/testenv and nothing of Qt.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studio.domain.audio import Pcm

Samples = NDArray[np.float32]
RATE_HZ = 48_000
LOUD = 0.003  # above the last bits of 16


class Found(NamedTuple):
    """Where a clip was found in a recording: `corr` over its whole length, `start` in frames of the recording."""

    corr: float
    start: int


class Ears:
    """A running recording at 48 kHz, mono. `heard()` may be called while it runs."""

    def __init__(self, sink: str) -> None:
        self._raw = bytearray()
        form = ["--format=s16le", f"--rate={RATE_HZ}", "--channels=1", "--latency-msec=50"]
        self._parec = subprocess.Popen(["parec", f"--device={sink}.monitor", *form], stdout=subprocess.PIPE)
        self._reader = threading.Thread(target=self._read, name="ears")
        self._reader.start()

    def heard(self) -> Samples:
        whole = len(self._raw) // 2 * 2
        return np.frombuffer(bytes(self._raw[:whole]), "<i2").astype(np.float32) / np.float32(32_768)

    def now(self) -> int:
        """The frame that arrives next; for `since`."""
        return len(self._raw) // 2

    def since(self, frame: int, delay_s: float = 0.15) -> Samples:
        """What was heard from that frame on; `delay_s` lets the part that is still on its way arrive."""
        time.sleep(delay_s)
        return self.heard()[frame:]

    def settle(self, seconds: float = 0.25, deadline_s: float = 8.0) -> None:
        """Waits until sound flows in real time: a virtual sink that slept gives its first two seconds in a lump."""
        end = time.monotonic() + deadline_s
        while time.monotonic() < end:
            before = len(self._raw)
            time.sleep(seconds)
            if before and (len(self._raw) - before) / 2 / RATE_HZ > 0.6 * seconds:
                return
        raise TimeoutError(f"nothing flows from the monitor after {deadline_s} s")

    def close(self, delay_s: float = 0.15) -> None:
        """`delay_s` lets the part that is still on its way arrive."""
        time.sleep(delay_s)
        self._parec.terminate()
        self._parec.wait(5)
        self._reader.join(5)
        assert self._parec.stdout
        self._parec.stdout.close()

    def _read(self) -> None:
        assert self._parec.stdout
        while block := os.read(self._parec.stdout.fileno(), 1 << 16):
            self._raw += block


@contextmanager
def listening(sink: str = "studio_speakers") -> Iterator[Ears]:
    ears = Ears(sink)
    try:
        ears.settle()
        yield ears
    finally:
        ears.close()


def heard(seconds: float, sink: str = "studio_speakers") -> Samples:
    """What the loudspeaker plays in the next seconds."""
    with listening(sink) as ears:
        start = ears.now()
        time.sleep(seconds)
    return ears.heard()[start:]


def at_48k(clip: Pcm) -> Samples:
    """A clip as the monitor hears it: mixed to mono, at 48 kHz."""
    import soxr

    return soxr.resample(clip.samples.mean(axis=1, dtype=np.float32), clip.rate_hz, RATE_HZ).astype(np.float32)


def best_correlation(clip: Pcm | Samples, recording: Samples) -> Found:
    """Normalised correlation of the *whole* clip with the best matching stretch of the recording."""
    wanted = at_48k(clip) if isinstance(clip, Pcm) else clip
    padded = np.concatenate((np.zeros(len(wanted), np.float32), recording, np.zeros(len(wanted), np.float32)))
    size = 1 << (len(padded) + len(wanted) - 1).bit_length()
    product = np.fft.irfft(np.fft.rfft(padded, size) * np.conj(np.fft.rfft(wanted, size)), size)
    start = int(np.argmax(product[: len(padded) - len(wanted) + 1]))
    stretch = padded[start : start + len(wanted)]
    norm = float(np.sqrt(np.dot(stretch, stretch) * np.dot(wanted, wanted)))
    return Found(float(np.dot(stretch, wanted)) / norm if norm else 0.0, start - len(wanted))


def loud_seconds(recording: Samples) -> float:
    """From the first sound in the recording to the last."""
    loud = np.flatnonzero(np.abs(recording) > LOUD)
    return float(loud[-1] - loud[0] + 1) / RATE_HZ if len(loud) else 0.0


class PrivateServer:
    """A second PulseAudio that a test may freeze, kill and rob of its sinks; the shared one stays out of it.

    Something always listens to its sinks `first` (the default) and `second`: a virtual sink that nobody listens to
    renders two seconds at a time, and whatever starts to play waits for their end.
    """

    def __init__(self, folder: Path) -> None:
        self.address = f"unix:{folder}/pulse.socket"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._listeners: list[subprocess.Popen[bytes]] = []

    def restore(self) -> None:
        """Running, with both sinks, whatever was done to it."""
        if not self._process:
            self.start()
        there = self.pactl("list", "short", "sinks").split()
        for sink in {"first", "second"} - {*there}:
            self.pactl("load-module", "module-null-sink", f"sink_name={sink}", "rate=48000")
            self._listen(sink)
        self.pactl("set-default-sink", "first")

    def start(self) -> None:
        environment = dict(os.environ, DBUS_SESSION_BUS_ADDRESS=f"unix:path={self._folder}/no-bus")
        environment.pop("PULSE_SERVER", None)
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
        command += ["-L", f"module-native-protocol-unix socket={self._folder}/pulse.socket auth-anonymous=1"]
        self._process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with suppress(subprocess.CalledProcessError):
                self.pactl("info")
                break
            time.sleep(0.05)
        self.restore()

    def pactl(self, *words: str) -> str:
        command = ["pactl", *words]
        done = subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=True, timeout=5)
        return done.stdout

    def microphone(self, source: str, sink: str, rate_hz: int = RATE_HZ, name: str = "") -> None:
        """A source that hears what that sink plays, and becomes the default; called My_source unless told otherwise."""
        if source not in self.pactl("list", "short", "sources").split():
            form = [f"rate={rate_hz}", "channels=1", "channel_map=mono", "master_channel_map=front-left"]
            form += [f"master={sink}.monitor", f"source_properties=device.description={name or 'My_' + source}"]
            self.pactl("load-module", "module-remap-source", f"source_name={source}", *form)
        self.pactl("set-default-source", source)

    def unplug(self, name: str) -> None:
        """A sink or a microphone."""
        lines = self.pactl("list", "short", "modules").splitlines()
        self.pactl("unload-module", next(line.split()[0] for line in lines if f"_name={name} " in line))

    def signal(self, number: int) -> None:
        assert self._process
        self._process.send_signal(number)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait(5)
        self._process = None
        for listener in self._listeners:
            listener.terminate()
            listener.wait(5)
        self._listeners.clear()

    def _listen(self, sink: str) -> None:
        command = ["parec", f"--device={sink}.monitor", "--latency-msec=50"]
        environment = self._environment()
        self._listeners.append(
            subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )

    def _environment(self) -> dict[str, str]:
        return dict(os.environ, PULSE_SERVER=self.address)
