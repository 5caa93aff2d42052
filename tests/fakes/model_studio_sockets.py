"""The WebSockets of the pretend Model Studio: who comes in, what was said, and what is to go wrong.

They share host, port, key and voices with the rest of it, as `ModelStudio.sockets`; `model_studio_talks` has the two
languages, held strictly to api/dashscope.md 3.3 and 3.4.

    studio.sockets.fail(Upset(after=2, close=(1011, "")))       # the next session
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.exchange import Reply, Request
from tests.fakes.wire import Left, Message, Wire

if TYPE_CHECKING:
    from tests.fakes.model_studio import ModelStudio

Json = dict[str, Any]

PIECE = 4_800
"""Bytes of a piece of sound: a tenth of a second at 24 kHz."""
NEVER = 1_000_000
_CANCEL = re.compile(r'"(response\.)?cancel"')


@dataclass(frozen=True)
class Upset:
    """What goes wrong in a session, once so many pieces of sound were sent.

    `silent`: nothing is ever said. `mute`: all goes well, without a sound. `left_out`: a part of it, as the language
    says so. `riff`: the sound is a WAV cut into pieces. `held`: before that piece, and each behind it, the server waits
    for its release. `say` is a message out of place, `text` one that may be no UTF-8. Then the session breaks, by an
    `error` in its language, a goodbye, a broken network, or a connection that just ends.
    """

    after: int = NEVER
    silent: bool = False
    mute: bool = False
    left_out: bool = False
    riff: bool = False
    held: bool = False
    say: Message | Json | None = None
    text: bytes = b""
    error: tuple[str, str] | None = None
    close: tuple[int, str] | None = None
    drop: bool = False
    end: bool = False


@dataclass
class Session:
    """What was said in one session, from both sides, and how it ended: finished, cancelled, broken or left."""

    path: str
    model: str
    voice: str = ""
    text: str = ""
    heard: list[Json] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    sound: bytes = field(default=b"", repr=False)
    ended: str = ""


class Broken(Exception):
    """The session is over, by what was to go wrong or by what the client did wrong."""


@dataclass
class Sockets:
    """`sessions` are all that were, in their order; `complaints` what clients did against the documents."""

    sessions: list[Session] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    upsets: list[Upset] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    spoken_to: asyncio.Event = field(default_factory=asyncio.Event)

    def fail(self, *upsets: Upset) -> None:
        """The next sessions, in their order."""
        self.upsets.extend(upsets)

    def agreed(self, request: Request) -> Reply:
        """To a handshake whose key was found good."""
        wanted = {"/api-ws/v1/realtime": {"model"}, "/api-ws/v1/inference": set()}.get(request.path)
        if wanted is None or set(request.query) != wanted or request.headers.get("upgrade", "").lower() != "websocket":
            self.complaints.append(f"no such WebSocket: {request.path} {dict(request.query)}")
            return Reply(404, json={"code": "NotFound", "message": request.path})
        return Reply(101)

    async def talk(self, studio: ModelStudio, request: Request, wire: Wire) -> None:
        from tests.fakes.model_studio_talks import InferenceTalk, RealtimeTalk

        session = Session(request.path, request.query.get("model", ""))
        self.sessions.append(session)
        kind = RealtimeTalk if request.path.endswith("realtime") else InferenceTalk
        await kind(studio, session, wire, self.upsets.pop(0) if self.upsets else Upset()).run()


class Talk:
    """One session. A language says what is heard, and how sound and errors are told."""

    def __init__(self, studio: ModelStudio, session: Session, wire: Wire, upset: Upset) -> None:
        self.studio, self.session, self.upset = studio, session, upset
        self.wire = wire
        self._pieces = 0

    async def run(self) -> None:
        try:
            while self.upset.silent:
                await self.heard()
            await self.converse()
        except Left:
            self.over("left")
        except Broken:
            self.over("broken")

    async def converse(self) -> None:
        raise AssertionError("a language's own")

    async def tell_error(self, code: str, words: str) -> None:
        raise AssertionError("a language's own")

    async def tell_sound(self, piece: bytes) -> None:
        raise AssertionError("a language's own")

    def over(self, how: str) -> None:
        """The first that is said counts."""
        self.session.ended = self.session.ended or how

    async def heard(self) -> Json:
        """The next message. Raises Left, or Broken for what is no JSON object."""
        message = await self.wire.receive()
        try:
            told = json.loads(message)
        except ValueError:
            told = None
        if not isinstance(message, str) or not isinstance(told, dict):
            raise await self.wrong("BadRequest.IllegalInput", f"no JSON object: {message[:80]!r}")
        self.session.heard.append(told)
        self.studio.sockets.spoken_to.set()
        return told

    async def tell(self, name: str, message: Json) -> None:
        self.session.told.append(name)
        await self.wire.send(message)

    async def wrong(self, code: str, what: str) -> Broken:
        """What no document allows: noted, refused, and the end of it."""
        self.studio.sockets.complaints.append(f"{self.session.path}: {what}")
        await self.tell_error(code, what)
        return Broken(what)

    async def sound(self, data: bytes) -> bool:
        """Piece by piece. Whether all of it was sent: the other side may stop it before that."""
        for at in range(0, len(data), PIECE):
            await self._may_go_wrong()
            if self._stopped():
                return False
            piece = data[at : at + PIECE]
            self._pieces += 1
            self.session.sound += piece
            await self.tell_sound(piece)
        await self._may_go_wrong()
        return not self._stopped()

    def _stopped(self) -> bool:
        """Whether the other side has cancelled or left; what else it says can wait."""
        return any(said is None or _CANCEL.search(str(said)) for said in self.wire.waiting())

    async def _may_go_wrong(self) -> None:
        if self._pieces < self.upset.after:
            return
        upset = self.upset
        if upset.held:
            await self._hold()
        if upset.say is not None:
            await self.wire.send(upset.say)
        if upset.text:
            await self.wire.send_broken_text(upset.text)
        if upset.error or upset.close or upset.drop or upset.end:
            await self._break(upset)
            raise Broken

    async def _break(self, upset: Upset) -> None:
        if upset.error:
            await self.tell_error(*upset.error)
        if upset.close:
            await self.wire.close(*upset.close)
        if upset.drop:
            self.wire.drop()
        if upset.end:
            await self.wire.end()

    async def _hold(self) -> None:
        """Until released, or until the other side has something to say."""
        waits = [asyncio.ensure_future(one) for one in (self.studio.sockets.released.wait(), self.wire.anything())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
            await asyncio.gather(*waits, return_exceptions=True)


def characters(text: str) -> int:
    """As they are billed: a Chinese one is two."""
    return len(text) + sum("\u3400" <= one <= "\u9fff" for one in text)
