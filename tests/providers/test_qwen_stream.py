"""Qwen over HTTP while it speaks."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace

import numpy as np
import pytest

from studio.audio.codec import SoundFileCodec
from studio.domain.audio import AudioFormat, Clip, Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Voice
from studio.ports import Codec
from studio.providers.model_studio import line_to
from studio.providers.model_studio_qwen import Qwen
from studio.providers.model_studio_refusals import NO_VOICE_IS_MADE, judging
from studio.providers.model_studio_sse import streamed
from studio.providers.transport import Line, Transport
from tests.fakes.exchange import Reply, altered, dropped, half, held_half, status
from tests.fakes.gate import PLANTED_KEY
from tests.fakes.model_studio import tone
from tests.fakes.model_studio_regions import Scene, both_regions
from tests.fakes.model_studio_speech import frame
from tests.providers.announcer import made_by
from tests.providers.deeds import check_no_key

TEXT = "Good evening, and welcome to the news."


class Desk(Qwen):
    """With the line that speech goes over."""

    def __init__(self, transport: Transport, codec: Codec) -> None:
        super().__init__(transport, codec)
        self.line: Line = line_to(transport, "qwen", judging(NO_VOICE_IS_MADE))


Stage = Scene[Desk]


@pytest.fixture
async def scene() -> AsyncIterator[Stage]:
    async with both_regions(Desk) as scene:
        yield scene


async def heard(scene: Stage, voice: Voice, into: list[Pcm] | None = None) -> list[Pcm]:
    pieces = [] if into is None else into
    async with aclosing(streamed(scene.system.line, voice, TEXT, "English")) as stream:
        async for piece in stream:
            pieces.append(piece)
    return pieces


async def refused(scene: Stage, voice: Voice, into: list[Pcm] | None = None) -> StudioError:
    with pytest.raises(StudioError) as caught:
        await heard(scene, voice, into)
    assert (caught.value.system, caught.value.maybe_done) == ("qwen", False)
    check_no_key(caught.value)
    return caught.value


def changes(scene: Stage, change: Callable[[tuple[bytes, ...]], tuple[bytes, ...]]) -> None:
    scene.server.fail(altered("changed", lambda reply: replace(reply, pieces=change(reply.pieces))))


async def test_the_pieces_are_the_sound(scene: Stage) -> None:
    voice = await made_by(scene.system)
    scene.sent.clear()
    pieces = await heard(scene, voice)
    [ask] = scene.sent
    assert ask.json == {
        "model": "qwen3-tts-vd-2026-01-26",
        "input": {"text": TEXT, "voice": voice.voice_id, "language_type": "English"},
    }
    assert ask.headers["x-dashscope-sse"] == "enable"
    assert ask.headers["accept"] == "text/event-stream"
    assert len(pieces) > 3
    whole = await SoundFileCodec().decode(Clip(scene.studio.sound(TEXT), AudioFormat.WAV, 24_000, 1.0))
    assert {piece.rate_hz for piece in pieces} == {24_000}
    assert np.array_equal(np.concatenate([piece.samples for piece in pieces]), whole.samples)


async def test_a_wav_header_is_no_sound(scene: Stage) -> None:
    voice = await made_by(scene.system)
    with_header = {"output": {"finish_reason": "stop", "audio": {"data": base64.b64encode(tone(0.2)).decode()}}}
    changes(scene, lambda _: (frame(1, with_header),))
    assert sum(piece.frames for piece in await heard(scene, voice)) == 4_800


async def test_the_first_piece_sounds_before_the_last_is_made(scene: Stage) -> None:
    voice = await made_by(scene.system)
    scene.server.fail(held_half())
    async with aclosing(streamed(scene.system.line, voice, TEXT, "English")) as stream:
        assert (await anext(stream)).frames > 0
        scene.server.release()
        assert len([piece async for piece in stream]) > 1


async def test_closing_cancels_at_the_server(scene: Stage) -> None:
    voice = await made_by(scene.system)
    scene.server.fail(held_half())
    async with aclosing(streamed(scene.system.line, voice, TEXT, "English")) as stream:
        await anext(stream)
    async with asyncio.timeout(5):
        await scene.server.left_alone()


async def test_an_end_that_nobody_told_is_a_cut(scene: Stage) -> None:
    voice = await made_by(scene.system)
    changes(scene, lambda pieces: pieces[:2])
    came: list[Pcm] = []
    error = await refused(scene, voice, came)
    assert (error.reason, error.retryable, len(came)) == (Reason.SPEECH_CUT, True, 2)
    assert error.request_id.startswith("request-")


async def test_a_connection_that_breaks_is_a_cut_too(scene: Stage) -> None:
    voice = await made_by(scene.system)
    scene.server.fail(half())
    came: list[Pcm] = []
    assert (await refused(scene, voice, came)).reason is Reason.SPEECH_CUT
    assert came


@pytest.mark.parametrize("kept", [0, -1])
async def test_without_a_sound_voice_and_model_are_named(scene: Stage, kept: int) -> None:
    """Nothing at all, or a proper end that has neither sound nor link."""
    voice = await made_by(scene.system)
    end = {"output": {"finish_reason": "stop", "audio": {"data": "", "url": None}}}
    changes(scene, lambda _: (frame(1, end),) if kept else (b": nothing\n\n",))
    error = await refused(scene, voice)
    assert error.reason is Reason.NO_SOUND_CAME
    assert voice.voice_id in error.detail
    assert "qwen3-tts-vd-2026-01-26" in error.detail


async def test_who_heard_nothing_follows_the_link(scene: Stage) -> None:
    voice = await made_by(scene.system)
    changes(scene, lambda pieces: pieces[-1:])
    assert sum(piece.frames for piece in await heard(scene, voice)) == 240 * len(TEXT)


async def test_a_server_that_does_not_stream_is_heard_all_the_same(scene: Stage) -> None:
    voice = await made_by(scene.system)
    told = {"code": "", "output": {"finish_reason": "stop", "audio": {"data": base64.b64encode(tone(0.3)).decode()}}}
    scene.tells(told)
    assert sum(piece.frames for piece in await heard(scene, voice)) == 7_200


@pytest.mark.parametrize(
    ("told", "status_said", "reason"),
    [
        ({"code": "DataInspectionFailed", "message": "inappropriate"}, 400, Reason.CONTENT_REFUSED),
        ({"code": "Throttling.RateQuota", "message": "Requests rate limit exceeded"}, 200, Reason.RATE_LIMITED),
        ({"code": "InternalError", "message": PLANTED_KEY}, 500, Reason.SERVER_FAILED),
        ({"message": "something"}, 200, Reason.SERVER_FAILED),
    ],
)
@pytest.mark.parametrize("before", [0, 2])
async def test_an_error_event_says_why(
    scene: Stage, told: dict[str, object], status_said: int, reason: Reason, before: int
) -> None:
    voice = await made_by(scene.system)
    error_frame = frame(9, told | {"request_id": "r-9"}, event="error", status=status_said)
    changes(scene, lambda pieces: (*pieces[:before], error_frame))
    came: list[Pcm] = []
    error = await refused(scene, voice, came)
    assert (error.reason, error.request_id, len(came)) == (reason, "r-9", before)


@pytest.mark.parametrize("broken", [b"data:{\n\n", b"data:7\n\n", b'data:{"output":{"audio":{"data":"?"}}}\n\n'])
async def test_an_event_that_makes_no_sense(scene: Stage, broken: bytes) -> None:
    voice = await made_by(scene.system)
    changes(scene, lambda _: (broken,))
    assert (await refused(scene, voice)).reason in (Reason.UNREADABLE, Reason.ANSWER_CUT)
    changes(scene, lambda pieces: (pieces[0], broken))
    assert (await refused(scene, voice, [])).reason is Reason.SPEECH_CUT


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (status(401, json={"code": "InvalidApiKey", "message": "Invalid API-key provided."}), Reason.KEY_REFUSED),
        (status(400, json={"code": "InvalidParameter", "message": "no"}), Reason.REFUSED),
        (dropped(), Reason.ANSWER_CUT),
        (altered("empty", lambda _: Reply(headers={"content-type": "text/event-stream"})), Reason.NO_SOUND_CAME),
    ],
    ids=str,
)
async def test_what_fails_before_the_first_piece(scene: Stage, fault: object, reason: Reason) -> None:
    voice = await made_by(scene.system)
    scene.server.fail(fault)  # type: ignore[arg-type]
    sent = len(scene.sent)
    assert (await refused(scene, voice)).reason is reason
    assert len(scene.sent) == sent + 1
