"""Noiz while it speaks: one WAV in chunks, and errors in JSON under 200."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace

import pytest

from studio.domain.audio import Pcm
from studio.domain.errors import Reason, StudioError
from studio.domain.voices import Voice
from studio.ports import Streamer
from studio.providers.noiz import Noiz
from tests.fakes import noiz as pretend
from tests.fakes.exchange import Fault, Reply, altered, dropped, half, held_half, page, status
from tests.fakes.model_studio import tone
from tests.fakes.voices import voice
from tests.providers.scene import Scene, played

TEXT = "Good evening, and welcome to the news of the day."

Stage = Scene[Noiz, pretend.Noiz]


@pytest.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    app = pretend.Noiz()
    async with played(Noiz, app, app.key, "", monkeypatch) as scene:
        yield scene


@pytest.fixture
def nova(scene: Stage) -> Voice:
    return voice(system="noiz", voice_id=next(iter(scene.app.voices)), target_model="")


async def heard(scene: Stage, nova: Voice, into: list[Pcm] | None = None) -> list[Pcm]:
    pieces = [] if into is None else into
    async with aclosing(scene.system.stream(nova, TEXT)) as stream:
        async for piece in stream:
            pieces.append(piece)
    return pieces


async def refused(scene: Stage, nova: Voice, into: list[Pcm] | None = None) -> StudioError:
    with pytest.raises(StudioError) as caught:
        await heard(scene, nova, into)
    assert (caught.value.system, caught.value.maybe_done) == ("noiz", False)
    return caught.value


async def test_the_pieces_are_the_sound(scene: Stage, nova: Voice) -> None:
    assert isinstance(scene.system, Streamer)
    assert scene.system.streams(nova)
    pieces = await heard(scene, nova)
    [form] = scene.app.forms
    assert form.fields == {
        "text": TEXT,
        "voice_id": nova.voice_id,
        "output_format": "wav",
        "target_lang": "en",
        "stream": "true",
    }
    assert len(pieces) > 3
    assert {piece.rate_hz for piece in pieces} == {24_000}
    assert sum(piece.seconds for piece in pieces) == pytest.approx(0.005 * len(TEXT) + 0.1, abs=0.001)


async def test_the_first_piece_sounds_before_the_last_is_made(scene: Stage, nova: Voice) -> None:
    scene.server.fail(held_half())
    async with aclosing(scene.system.stream(nova, TEXT)) as stream:
        assert (await anext(stream)).frames > 0
        scene.server.release()
        assert len([piece async for piece in stream]) > 1


async def test_closing_hangs_up(scene: Stage, nova: Voice) -> None:
    scene.server.fail(held_half())
    async with aclosing(scene.system.stream(nova, TEXT)) as stream:
        await anext(stream)
    async with asyncio.timeout(5):
        await scene.server.left_alone()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (status(200, json={"code": 402, "message": "Insufficient credits"}), Reason.NO_CREDIT),
        (
            status(200, b'{"code": 401, "message": "Invalid API key"}', content_type="audio/wav"),
            Reason.UNREADABLE_AUDIO,
        ),
        (status(200, json={"code": 0, "data": {}}), Reason.UNREADABLE),
        (status(404, json={"code": 404, "message": "Voice not found"}), Reason.NO_SUCH_VOICE),
        (page(200), Reason.NOT_JSON),
        (dropped(), Reason.ANSWER_CUT),
        (altered("header only", lambda _: Reply(body=tone(0.1)[:44])), Reason.NO_SOUND_CAME),
        (altered("nothing", lambda _: Reply(headers={"content-type": "audio/wav"})), Reason.NO_SOUND_CAME),
    ],
    ids=str,
)
async def test_what_fails_before_the_first_sound(scene: Stage, nova: Voice, fault: Fault, reason: Reason) -> None:
    scene.server.fail(fault)
    error = await refused(scene, nova)
    assert error.reason is reason
    assert len(scene.server.requests) == 1
    if reason is Reason.NO_SOUND_CAME:
        assert nova.voice_id in error.detail


@pytest.mark.parametrize(
    "fault", [half(), altered("less than it says", lambda _: Reply(body=tone(1.0)[:30_000]))], ids=str
)
async def test_what_breaks_off_is_a_cut(scene: Stage, nova: Voice, fault: Fault) -> None:
    scene.server.fail(fault)
    came: list[Pcm] = []
    assert (await refused(scene, nova, came)).reason is Reason.SPEECH_CUT
    assert sum(piece.frames for piece in came) > 0


async def test_a_refused_key_is_explained(scene: Stage, nova: Voice) -> None:
    scene.app.key = "another"
    error = await refused(scene, replace(nova, target_model="x"))
    assert error.reason is Reason.KEY_REFUSED
