"""EvoLink's tasks: submitted once, asked for until they end, and the sound that they leave.

Sources: seed 002 (the create), api/evolink-and-noiz.md A2, A3 and A7 (the rest).
"""

from __future__ import annotations

import base64
import binascii
from urllib.parse import quote

from studio.domain.accounts import EVOLINK
from studio.domain.audio import AudioFormat, Clip
from studio.domain.errors import Reason, StudioError
from studio.domain.samples import is_url
from studio.ports import Codec, Progress
from studio.providers import evolink_answers as answers
from studio.providers.polling import time_limit_s, until_ended
from studio.providers.reading import Record
from studio.providers.transport import JSON_WITH_AUDIO_MAX, Answer, Auth, Call, Transport

CREATE = "/audios/generations"
SUBMIT_READ_S = 120.0
EVERY_S = 3.0
MISSING_AT_MOST = 2
LONGEST_WAIT_S = 30.0
SOUNDS_AT_MOST = 4
SHORTEST_BASE64 = 1_000


class Tasks:
    """Of one account. Result links are fetched without the key."""

    def __init__(self, transport: Transport, account: str, codec: Codec) -> None:
        self._account = account
        self._line = transport.line(EVOLINK, Auth.BEARER, answers.refused)
        self._reads = transport.line(EVOLINK, Auth.BEARER, answers.task_refused)
        self._codec = codec

    async def submit(self, body: Record) -> Answer:
        return await self._line.send(self._account, Call("POST", CREATE, json=body, paid=True, read_s=SUBMIT_READ_S))

    async def _read(self, task_id: str) -> Answer:
        call = Call("GET", f"/tasks/{quote(task_id, safe='')}", largest=JSON_WITH_AUDIO_MAX)
        return await self._reads.send(self._account, call)

    async def ended(self, task_id: str, estimated_s: float | None, progress: Progress) -> Record | None:
        """The completed task, None if it still runs when its time is over. Too many questions only slow it down,
        and a task is not always found right after it was made."""
        asked = missing = 0

        async def ask() -> Record | None:
            nonlocal asked, missing
            asked += 1
            try:
                answer = await self._read(task_id)
            except StudioError as error:
                if error.reason is not Reason.RATE_LIMITED:
                    raise
                await self._reads.sleep(min(error.wait_s or 0.0, LONGEST_WAIT_S))
                return None
            if answers.is_missing(answer):
                missing += 1
                if missing > MISSING_AT_MOST:
                    raise answers.refused(answer) or answer.refusal()
                return None
            task = answer.record()
            progress(answers.part_done(task, (asked - 1) * EVERY_S, estimated_s))
            return task if answers.has_ended(task) else None

        return await until_ended(ask, every_s=EVERY_S, limit_s=time_limit_s(estimated_s), sleep=self._reads.sleep)

    async def sound(self, task_id: str, done: answers.Finished, audio_format: AudioFormat, rate_hz: int) -> Clip:
        """Links live 24 hours; for one that has expired the task is read once more. Raises why there is no sound."""
        try:
            return await self._first_good(done, audio_format, rate_hz)
        except StudioError as error:
            if error.reason is not Reason.LINK_EXPIRED:
                raise
        answer = await self._read(task_id)
        again = done if answers.is_missing(answer) else answers.finished(answer.record())
        return await self._first_good(again, audio_format, rate_hz)

    async def _first_good(self, done: answers.Finished, audio_format: AudioFormat, rate_hz: int) -> Clip:
        """No document says where the sound is: each place is tried, and the first trouble is the one told."""
        trouble: StudioError | None = None
        for said in done.sounds[:SOUNDS_AT_MOST]:
            try:
                return await self._clip(said, audio_format, rate_hz)
            except StudioError as error:
                error.system = EVOLINK
                trouble = trouble or error
        raise trouble or StudioError(Reason.PREVIEW_LOST, system=EVOLINK, detail="the task names no sound")

    async def _clip(self, said: str, audio_format: AudioFormat, rate_hz: int) -> Clip:
        data = await self._line.fetch(said) if is_url(said) else _decoded(said)
        if audio_format is AudioFormat.PCM and _is_text(data):
            raise StudioError(Reason.UNREADABLE_AUDIO, detail=f"begins with {data[:60]!r}")
        return await self._codec.measured(data, audio_format, rate_hz)


def _decoded(said: str) -> bytes:
    """A data URI, or base64 that is too long to be some other word. Raises UNREADABLE."""
    head, comma, encoded = said.partition(",")
    is_data = bool(comma) and head.lower().startswith("data:") and head.lower().endswith(";base64")
    if not is_data and (comma or len(said) < SHORTEST_BASE64):
        raise StudioError(Reason.UNREADABLE, detail=f"neither link nor sound: {said[:200]}")
    try:
        return base64.b64decode(encoded if is_data else said, validate=True)
    except (binascii.Error, ValueError) as error:
        raise StudioError(Reason.UNREADABLE, detail=f"not base64: {error}") from error


def _is_text(data: bytes) -> bool:
    """Raw samples can't tell what they are, but a page or a JSON error can."""
    start = data[:512].decode("utf-8", "ignore")
    return data.lstrip()[:1] in (b"<", b"{") and all(one.isprintable() or one.isspace() for one in start)
