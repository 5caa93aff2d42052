"""Which source a recording really comes from: a sound server moves streams to another one without a word.

PulseAudio 16 does so when the source goes away (to the monitor of the loudspeakers, say), and with every stream of
the default source when another one becomes the default, also with those that were opened by name.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing, suppress
from math import inf
from threading import Event, Thread
from time import monotonic
from typing import Any

from studio.audio import pulse

LOOK_S = 0.5
"""Events come at once; this is for the ones that are missed."""

GRACE_S = 1.5


class InputWatch:
    """A thread with a connection of its own to the sound server, for as long as one microphone is open.

    `gone` is called once, on that thread, with what happened, when the stream no longer comes from `source`, nor can
    be moved back to it. Without a server it ends; a frozen one holds up nobody but this thread.
    """

    def __init__(self, source: str, gone: Callable[[str], None], follow: Callable[[str], bool]) -> None:
        """`follow` is asked with the name of the default source where that is another; whether it is going to be."""
        self.moved_back = -inf  # the monotonic time of it
        self._source = source
        self._gone = gone
        self._follow = follow
        self._stirred = False
        self._ended = Event()
        self._thread = Thread(target=self._watch, name="sound-input-watch", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """From any thread, before the stream is closed: that the stream goes wakes the thread."""
        self._ended.set()

    def join(self, deadline_s: float = GRACE_S) -> None:
        self._thread.join(deadline_s)

    def _watch(self) -> None:
        client = pulse.client()
        if client is None:
            return
        import pulsectl

        with suppress(pulsectl.PulseError, pulsectl.PulseDisconnected), closing(client):
            client.connect()
            client.event_mask_set("source", "source_output", "server")
            client.event_callback_set(self._wake)
            while not self._ended.is_set():
                self._stirred = False
                if not self._look(client):
                    return
                if not self._stirred:
                    client.event_listen(timeout=LOOK_S)

    def _wake(self, _: object) -> None:
        """What comes while the server is being asked would otherwise be slept over."""
        import pulsectl

        self._stirred = True
        raise pulsectl.PulseLoopStop

    def _look(self, client: Any) -> bool:
        """Whether to go on."""
        stream = _own_stream(client)
        heard = pulse.microphones(client)
        sources = {one.name: one.index for one in heard}
        default = os.environ.get("PULSE_SOURCE") or pulse.default_microphone(client.server_info(), heard)
        if self._ended.is_set() or (default != self._source and default in sources and self._follow(default)):
            return True
        if stream is None or stream.source == sources.get(self._source):
            return True
        if self._source in sources:
            return self._move_back(client, stream, sources[self._source])
        self._gone(f"{self._source} is gone")
        return False

    def _move_back(self, client: Any, stream: Any, index: int) -> bool:
        import pulsectl

        self.moved_back = monotonic()
        try:
            client.source_output_move(stream.index, index)
        except pulsectl.PulseError as error:
            self._gone(f"{self._source} is no longer what is recorded: {error}")
            return False
        return True


def _own_stream(client: Any) -> Any:
    """None while there is none: PortAudio may record from the device itself."""
    own = str(os.getpid())
    listed = client.source_output_list()
    return next((one for one in listed if one.proplist.get("application.process.id") == own), None)
