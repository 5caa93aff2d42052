"""One text spoken over a WebSocket of Model Studio: what both of its languages have in common.

Only the event that says so is the end: a connection that just closes, a wait that gets too long and an answer that
the system itself calls incomplete are a break (api/dashscope.md 3.3, 3.4).
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Voice
from studio.ports import Codec
from studio.providers.model_studio import account_of
from studio.providers.raw_sound import RawSound
from studio.providers.reading import Record
from studio.providers.sockets import Closed, Patience, Socket, opened
from studio.providers.transport import AUDIO_MAX, Line

if TYPE_CHECKING:
    from collections.abc import Generator

RATE_HZ = 24_000

_NAME_MAX = 200
_BREAKS = (Reason.TIMED_OUT, Reason.ANSWER_CUT)


@dataclass(frozen=True, slots=True)
class Step:
    """What a message means: sound, what to say next, that a part was left out, a refusal (code, words), the end.

    `afresh`: the sound behind it has a beginning of its own.
    """

    sound: bytes = field(default=b"", repr=False)
    afresh: bool = False
    replies: tuple[Record, ...] = ()
    left_out: str = ""
    refused: tuple[str, str] | None = None
    done: bool = False
    request_id: str = ""


class Dialogue(Protocol):
    """One text in one of the languages. `path` is told from the place where the WebSockets are."""

    @property
    def path(self) -> str: ...

    def opening(self) -> tuple[Record, ...]:
        """Said at once."""
        ...

    def step(self, message: Record | bytes) -> Step:
        """Raises UNREADABLE."""
        ...

    def goodbye(self) -> Record:
        """Stops the work at the system."""
        ...


def address(base_url: str, path: str) -> str:
    """`https://host/prefix/api/v1` has its WebSockets at `wss://host/prefix/api-ws/v1/` (api/dashscope.md 1.1)."""
    scheme, _, rest = base_url.partition("://")
    return f"{'ws' if scheme == 'http' else 'wss'}://{rest.removesuffix('/api/v1')}/api-ws/v1/{path}"


async def spoken_live(line: Line, voice: Voice, dialogue: Dialogue, patience: Patience) -> AsyncGenerator[Pcm]:
    """A session of its own. Raises as `Streamer.stream` does; closing it stops the work at the system."""
    account = account_of(line, voice.region)
    async with opened(line, account, lambda base_url: address(base_url, dialogue.path), patience) as socket:
        session = _Session(socket, dialogue, voice)
        try:
            await socket.send(*dialogue.opening())
            while not session.over:
                if piece := await session.next():
                    yield piece
                    socket.heard()
        finally:
            if not session.over:
                await socket.leave(dialogue.goodbye())


async def gathered(pieces: AsyncGenerator[Pcm], codec: Codec) -> Clip:
    """All of it as one WAV, or nothing. Raises ANSWER_CUT where a stream would have been cut."""
    import numpy as np

    try:
        async with aclosing(pieces):
            heard = [piece async for piece in pieces]
    except StudioError as error:
        if error.reason is Reason.SPEECH_CUT:
            error.reason = Reason.ANSWER_CUT
        raise
    whole = Pcm(np.concatenate([piece.samples for piece in heard]), heard[0].rate_hz)
    return await codec.encode(whole, whole.rate_hz, AudioFormat.WAV)


class _Session:
    """`over` once the other side has ended it, well or not."""

    def __init__(self, socket: Socket, dialogue: Dialogue, voice: Voice) -> None:
        self.over = False
        self._socket = socket
        self._dialogue = dialogue
        self._voice = voice
        self._sound = RawSound(RATE_HZ)
        self._said = 0
        self._left_out = ""

    async def next(self) -> Pcm | None:
        message = await self._received()
        with self._named():
            step = self._dialogue.step(message)
        self._socket.request_id = step.request_id or self._socket.request_id
        self._left_out = self._left_out or step.left_out
        if step.afresh:
            self._sound = RawSound(RATE_HZ)
        if step.refused:
            self.over = True
            raise self._told(self._socket.refusal(*step.refused))
        if step.done:
            self._end()
        await self._socket.send(*step.replies)
        return self._heard(step.sound)

    async def _received(self) -> Record | bytes:
        try:
            message = await self._socket.receive()
        except StudioError as error:
            if self._said and error.reason in _BREAKS:
                raise self._cut(error.detail) from error
            raise
        if not isinstance(message, Closed):
            return message
        self.over = True
        if self._said:
            raise self._cut(str(message))
        raise self._why(message)

    def _heard(self, data: bytes) -> Pcm | None:
        with self._named():
            piece = self._sound.feed(data, last=self.over)
        self._said += 2 * piece.frames if piece else 0
        if self._said > AUDIO_MAX:
            raise self._socket.error(Reason.TOO_BIG, f"more than {AUDIO_MAX} bytes of sound")
        return piece

    def _end(self) -> None:
        self.over = True
        if not self._said:
            raise self._told(self._socket.error(Reason.NO_SOUND_CAME, self._left_out))
        if self._left_out:
            raise self._cut(self._left_out)

    def _why(self, closed: Closed) -> StudioError:
        """The words of a goodbye may be a refusal; most have none."""
        if closed.words:
            refused = self._socket.refusal(str(closed.code), closed.words)
            if refused.reason is not Reason.REFUSED:
                return self._told(refused)
        return self._told(self._socket.error(Reason.NO_SOUND_CAME, str(closed)))

    def _cut(self, detail: str) -> StudioError:
        error = self._socket.error(Reason.SPEECH_CUT, detail)
        error.retryable = True
        return error

    def _told(self, error: StudioError) -> StudioError:
        """Which voice and which model, where it is about the two of them; nothing came before it."""
        if error.reason is Reason.NO_SOUND_CAME:
            names = (self._voice.voice_id[:_NAME_MAX], self._voice.target_model[:_NAME_MAX])
            error.detail = "voice {}, model {}".format(*names) + (f": {error.detail}" if error.detail else "")
            if self._said:
                error.reason = Reason.SPEECH_CUT
        return error

    @contextmanager
    def _named(self) -> Generator[None, None, None]:
        try:
            yield
        except StudioError as error:
            error.system = self._voice.system
            error.request_id = self._socket.request_id
            raise
