"""EvoLink: voices designed as tasks that go on without the program, and speech in the same way.

Sources: seed 002 (the design), api/evolink-and-noiz.md A (tasks, credits, speech). EvoLink has neither a list of
voices nor a way to delete one: what it made is remembered here.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from studio.domain.accounts import EVOLINK, Probed, account_name
from studio.domain.audio import AudioFormat, Clip
from studio.domain.briefs import Brief, Order
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import DesignModel, Handle, Limits, Speech, SystemInfo
from studio.domain.scripts import language_of
from studio.domain.voices import Designed, Origin, Voice
from studio.ports import Codec, CodeKind, Progress, Receipt
from studio.providers import evolink_answers as answers
from studio.providers import evolink_examples, examples
from studio.providers.evolink_tasks import Tasks
from studio.providers.reading import Record, number, unix_moment
from studio.providers.speaking import spoken
from studio.providers.transport import PROBE_READ_S, Auth, Call, Transport

SPOKEN_MODEL = "qwen3-tts-vd-2026-01-26"
SPEECH_MODEL = "qwen3-tts-vd"
_LIMITS = Limits(
    description_max=2048,
    preview_max=1024,
    languages=tuple(Language),
    rates_hz=(8_000, 16_000, 24_000, 48_000),
    formats=(AudioFormat.WAV, AudioFormat.MP3, AudioFormat.OPUS, AudioFormat.PCM),
    handle=Handle("A-Za-z0-9_", 16),
)
PRICE_USD = 0.03
_PRICE_NOTE = "The price is what EvoLink reserves, about 2 credits at 68 a dollar; it publishes none."
_AHEAD = "EvoLink doesn't speak with this model yet: the voice can only be made ahead. "

SPEECH = Speech(part_max=600)
RATE_HZ = 24_000

INFO = SystemInfo(
    system=EVOLINK,
    label="EvoLink",
    needs_key=True,
    note="Qwen voices by way of EvoLink, made within a minute or so. Describe them in English or Chinese.",
    designs=(
        DesignModel(SPOKEN_MODEL, _LIMITS, PRICE_USD, note=_PRICE_NOTE),
        DesignModel("qwen3-tts-vd-realtime-2026-01-15", _LIMITS, PRICE_USD, speaks=False, note=_AHEAD + _PRICE_NOTE),
        DesignModel("qwen3-tts-vd-realtime-2025-12-16", _LIMITS, PRICE_USD, speaks=False, note=_AHEAD + _PRICE_NOTE),
    ),
    speech=SPEECH,
    deletes=False,
    deletion="EvoLink has no way to delete a voice: only the record in this library goes.",
    lists_own=False,
)


def design_request(brief: Brief) -> Record:
    return {
        "model": "qwen-voice-design",
        "voice_prompt": brief.description,
        "preview_text": brief.preview_text,
        "preferred_name": brief.handle,
        "language": brief.language.value,
        "sample_rate": brief.rate_hz,
        "response_format": brief.format.value,
        "target_model": brief.model or SPOKEN_MODEL,
    }


def speech_request(voice: Voice, text: str) -> Record:
    """The language by its English name here, by its code in a design."""
    known = voice.language is not None and language_of(text, voice.language) is voice.language
    language = voice.language.label if voice.language and known else "Auto"
    return {"model": SPEECH_MODEL, "prompt": text, "voice": voice.voice_id, "language_type": language}


class EvoLink:
    """A `TaskDesigner`, `Speaker`, `Probe` and `Exemplar`."""

    def __init__(self, transport: Transport, codec: Codec) -> None:
        self._account = account_name(EVOLINK)
        self._line = transport.line(EVOLINK, Auth.BEARER, answers.refused)
        self._tasks = Tasks(transport, self._account, codec)
        self._codec = codec

    @property
    def info(self) -> SystemInfo:
        return INFO

    async def design(self, brief: Brief, progress: Progress, receipt: Receipt) -> Designed:
        """Whatever goes wrong once the task is there leaves the order open, unless the task itself ended badly."""
        answer = await self._tasks.submit(design_request(brief))
        task_id = answers.task_id_of(answer)
        with _order_open(task_id):
            await receipt(task_id)
            return await self._designed(brief, task_id, answers.estimate_s(answer.record()), progress)

    async def resume(self, order: Order, progress: Progress) -> Designed:
        if not isinstance(order.brief, Brief) or not order.task_id:
            raise StudioError(Reason.NOT_OFFERED, system=EVOLINK, detail="no task to resume")
        return await self._designed(order.brief, order.task_id, None, progress)

    async def speak(
        self, voice: Voice, text: str, rate_hz: int | None, audio_format: AudioFormat, progress: Progress
    ) -> Clip:
        _check_route(voice)

        async def part(piece: str) -> Clip:
            answer = await self._tasks.submit(speech_request(voice, piece))
            task_id = answers.task_id_of(answer)
            task = await self._tasks.ended(task_id, answers.estimate_s(answer.record()), lambda _: None)
            if task is None:
                detail = f"task {task_id} still runs"  # and is paid for: the same click would pay for another
                raise StudioError(Reason.TIMED_OUT, system=EVOLINK, detail=detail, request_id=task_id)
            return await self._tasks.sound(task_id, answers.finished(task), AudioFormat.WAV, RATE_HZ)

        return await spoken(text, SPEECH.part_max, part, self._codec, rate_hz, audio_format, progress)

    def examples(self, voice: Voice) -> tuple[CodeKind, ...]:
        return tuple(CodeKind) if _is_spoken(voice) else ()

    async def example(self, voice: Voice, text: str, kind: CodeKind) -> str:
        _check_route(voice)
        door = await examples.door(self._line, self._account, Auth.BEARER)
        return evolink_examples.example(door, speech_request(voice, examples.words(voice, text, SPEECH.part_max)), kind)

    async def probe(self, region: str) -> Probed:
        answer = await self._line.send(self._account, Call("GET", "/credits", read_s=PROBE_READ_S))
        return Probed(credits=answers.credits_left(answer.record()))

    async def _designed(self, brief: Brief, task_id: str, estimated_s: float | None, progress: Progress) -> Designed:
        """The voice counts: a preview that didn't arrive is told beside it."""
        task = await self._tasks.ended(task_id, estimated_s, progress)
        if task is None:
            detail = f"task {task_id} still runs"
            raise StudioError(Reason.STILL_RUNNING, system=EVOLINK, detail=detail, request_id=task_id, maybe_done=True)
        done = answers.finished(task)
        if not done.voice_id:
            detail = f"task {task_id} is completed, without the name of a voice"
            raise StudioError(Reason.UNREADABLE, system=EVOLINK, detail=detail, request_id=task_id)
        voice = _voice(brief, done, task)
        try:
            preview = await self._tasks.sound(task_id, done, brief.format, brief.rate_hz)
        except StudioError as error:
            error.voice_id, error.retryable = voice.voice_id, False
            return Designed(voice, None, request_id=task_id, trouble=error)
        return Designed(voice, preview, request_id=task_id)


def _is_spoken(voice: Voice) -> bool:
    return voice.target_model in ("", SPOKEN_MODEL)


def _check_route(voice: Voice) -> None:
    if not _is_spoken(voice):
        raise StudioError(Reason.NO_ROUTE_YET, system=EVOLINK, detail=voice.target_model)


@contextmanager
def _order_open(task_id: str) -> Generator[None, None, None]:
    """Around all that follows a paid order: unless the task itself ended badly, the voice may still come, and the
    same click would pay for another."""
    try:
        yield
    except StudioError as error:
        ended = error.reason in (Reason.TASK_FAILED, Reason.TASK_CANCELLED, Reason.CONTENT_REFUSED)
        error.maybe_done = not ended
        error.retryable = error.retryable and ended
        error.request_id = error.request_id or task_id
        raise


def _voice(brief: Brief, done: answers.Finished, task: Record) -> Voice:
    return Voice(
        library_id=uuid4(),
        system=EVOLINK,
        account="",
        voice_id=done.voice_id,
        name=" ".join(brief.name.split()) or brief.handle or done.voice_id,
        origin=Origin.DESIGNED,
        target_model=done.target_model or brief.model or SPOKEN_MODEL,
        language=brief.language,
        created=unix_moment(number(task, "created")) or datetime.now(UTC),
        description=brief.description,
        preview_text=brief.preview_text,
    )
