from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.providers.model_studio_qwen import Qwen
from tests.fakes.exchange import dropped, held, status
from tests.fakes.model_studio import tone
from tests.fakes.model_studio_regions import Scene, both_regions
from tests.providers.announcer import (
    GUANYU,
    QWEN,
    made_by,
    no_task,
    nothing,
)


@pytest.fixture
async def scene() -> AsyncIterator[Scene[Qwen]]:
    async with both_regions(Qwen) as scene:
        yield scene


async def test_speech_is_fetched_from_its_link_without_the_key(scene: Scene[Qwen]) -> None:
    voice = await made_by(scene.system)
    scene.sent.clear()
    clip = await scene.system.speak(voice, "Good evening.", None, AudioFormat.WAV, nothing)
    ask, fetch = scene.sent
    assert (ask.method, ask.path) == ("POST", "/api/v1/services/aigc/multimodal-generation/generation")
    assert ask.json == {
        "model": "qwen3-tts-vd-2026-01-26",
        "input": {"text": "Good evening.", "voice": voice.voice_id, "language_type": "English"},
    }
    assert "authorization" not in fetch.headers
    assert (clip.format, clip.rate_hz) == (AudioFormat.WAV, 24_000)
    assert clip.seconds == pytest.approx(0.13, abs=0.01)


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        (Language.DE, "Guten Abend.", "German"),
        (Language.EN, "晚上好，欢迎收看新闻。", "Chinese"),
        (Language.ZH, "Good evening.", "English"),
        (None, "Good evening.", "Auto"),
    ],
)
async def test_the_language_goes_as_its_name(
    scene: Scene[Qwen], language: Language | None, text: str, named: str
) -> None:
    voice = replace(await made_by(scene.system), language=language)
    await scene.system.speak(voice, text, None, AudioFormat.WAV, nothing)
    assert scene.studio.spoken[0]["input"]["language_type"] == named


async def test_a_long_text_goes_in_parts_and_comes_back_whole(scene: Scene[Qwen]) -> None:
    voice = (await scene.system.clone(GUANYU, nothing)).voice
    text = " ".join(f"This is sentence number {at} of a long tale." for at in range(40))
    told: list[float | None] = []
    clip = await scene.system.speak(voice, text, 16_000, AudioFormat.FLAC, told.append)
    said = [one["input"]["text"] for one in scene.studio.spoken]
    assert " ".join(said) == text
    assert all(len(one) <= 600 for one in said)
    assert (clip.format, clip.rate_hz) == (AudioFormat.FLAC, 16_000)
    assert clip.seconds == pytest.approx(0.01 * sum(map(len, said)), abs=0.05)
    assert told[-1] == 1.0


async def test_sound_inside_the_answer_is_taken_too(scene: Scene[Qwen]) -> None:
    voice = await made_by(scene.system)
    inside = {"data": base64.b64encode(tone(0.3)).decode(), "url": None}
    scene.tells({"code": "", "output": {"audio": inside}, "request_id": "r"})
    clip = await scene.system.speak(voice, "Good evening.", None, AudioFormat.WAV, nothing)
    assert clip.seconds == pytest.approx(0.3)


@pytest.mark.parametrize("audio", [None, {}, {"url": None, "data": ""}, {"data": "?"}, {"url": "ftp://a/b"}])
async def test_an_answer_without_sound_is_unreadable(scene: Scene[Qwen], audio: object) -> None:
    voice = await made_by(scene.system)
    scene.tells({"code": "", "output": {"audio": audio}, "request_id": "r"})
    with pytest.raises(StudioError) as caught:
        await scene.system.speak(voice, "Good evening.", None, AudioFormat.WAV, nothing)
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.UNREADABLE, False)


async def test_an_empty_sound_and_an_expired_link(scene: Scene[Qwen]) -> None:
    voice = await made_by(scene.system)
    for fault, reason in ((status(200, b""), Reason.EMPTY_AUDIO), (status(403), Reason.LINK_EXPIRED)):
        scene.server.fail(fault, when=lambda request: request.method == "GET")
        with pytest.raises(StudioError) as caught:
            await scene.system.speak(voice, "Good evening.", None, AudioFormat.WAV, nothing)
        assert (caught.value.reason, caught.value.system) == (reason, "qwen")


async def test_a_voice_of_no_known_model_has_no_route(scene: Scene[Qwen]) -> None:
    voice = await made_by(scene.system)
    scene.sent.clear()
    for model, reason in (("tts-of-others-1", Reason.NO_ROUTE_YET), ("", Reason.CANNOT_SPEAK)):
        with pytest.raises(StudioError) as caught:
            await scene.system.speak(replace(voice, target_model=model), "Hello.", None, AudioFormat.WAV, nothing)
        assert (caught.value.reason, caught.value.system) == (reason, "qwen")
    assert scene.sent == []


async def test_lost_speech_leaves_no_voice_to_look_for_and_is_not_asked_for_twice(scene: Scene[Qwen]) -> None:
    voice = await made_by(scene.system)
    scene.sent.clear()
    scene.server.fail(dropped(handled=True))
    with pytest.raises(StudioError) as caught:
        await scene.system.speak(voice, "Hello.", None, AudioFormat.WAV, nothing)
    assert (caught.value.reason, caught.value.maybe_done, caught.value.retryable) == (Reason.ANSWER_CUT, False, True)
    assert len(scene.sent) == 1


async def test_cancelling_a_design_ends_its_request(scene: Scene[Qwen]) -> None:
    import asyncio

    scene.server.fail(held())
    task = asyncio.ensure_future(scene.system.design(QWEN, nothing, no_task))
    await scene.server.arrived()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await scene.server.left_alone()
