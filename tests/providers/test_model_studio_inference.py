from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from studio.domain.errors import Reason
from studio.domain.limits import price_of
from studio.providers.model_studio_cosyvoice import INFO
from studio.providers.model_studio_inference import TEXT_MAX, Inference
from studio.providers.model_studio_session import Step
from tests.fakes.model_studio_sockets import Upset
from tests.providers.live import SPOKEN_WITH, TEXT, Live, opened, samples


@pytest.fixture
async def live() -> AsyncIterator[Live]:
    async with opened("cosyvoice") as live:
        yield live


async def test_what_is_said_is_the_documents_own(live: Live) -> None:
    await live.heard()
    (request,) = live.server.requests
    assert (request.path, dict(request.query)) == ("/api-ws/v1/inference", {})
    task_id = live.sessions[0].heard[0]["header"]["task_id"]
    assert len(task_id) == 32

    def header(action: str) -> dict[str, str]:
        return {"action": action, "task_id": task_id, "streaming": "duplex"}

    parameters = {"text_type": "PlainText", "voice": live.voice.voice_id, "format": "pcm", "sample_rate": 24000}
    assert live.sessions[0].heard == [
        {
            "header": header("run-task"),
            "payload": {
                "task_group": "audio",
                "task": "tts",
                "function": "SpeechSynthesizer",
                "model": "cosyvoice-v3.5-plus",
                "parameters": {**parameters, "volume": 50, "rate": 1.0, "pitch": 1.0},
                "input": {},
            },
        },
        {"header": header("continue-task"), "payload": {"input": {"text": TEXT}}},
        {"header": header("finish-task"), "payload": {"input": {}}},
    ]


async def test_the_text_waits_for_the_task(live: Live) -> None:
    live.fail(Upset(silent=True))
    stream = live.system.stream(live.voice, TEXT)
    first = asyncio.ensure_future(anext(stream))
    await live.studio.sockets.spoken_to.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await live.server.left_alone()
    assert [one["header"]["action"] for one in live.sessions[0].heard] == ["run-task", "finish-task"]
    assert live.sessions[0].heard[1]["payload"] == {"input": {"directive": "cancel"}}


async def test_a_task_that_starts_twice_is_told_its_text_once(live: Live) -> None:
    live.fail(Upset(after=1, say={"header": {"event": "task-started"}, "payload": {}}))
    await live.heard()
    assert live.sessions[0].text == TEXT


@pytest.mark.parametrize("status", ["DEPLOYING", "UNDEPLOYED"])
async def test_a_voice_that_no_review_has_passed_gives_no_sound(live: Live, status: str) -> None:
    live.studio.review(live.voice.voice_id, status)
    error = await live.refused()
    assert error.reason is Reason.NO_SOUND_CAME
    assert live.voice.voice_id in error.detail


async def test_other_models_of_its_kind_are_spoken_with_the_same_way(live: Live) -> None:
    model = "qwen-audio-3.0-tts-plus"
    live.studio.cosyvoices["other"] = {"voice_id": "other", "target_model": model, "status": "OK"}
    pieces = await live.heard(speaker=replace(live.voice, voice_id="other", target_model=model))
    assert samples(pieces) == live.sessions[0].sound


async def test_sound_that_is_another_file_is_not_played(live: Live) -> None:
    live.fail(Upset(after=0, say=b"ID3\x04\0\0\0\0"))
    assert (await live.refused()).reason is Reason.UNREADABLE_AUDIO


def test_a_text_goes_in_messages_that_are_short_enough() -> None:
    text = "好" * (TEXT_MAX + 1)
    step = Inference(SPOKEN_WITH["cosyvoice"], text).step({"header": {"event": "task-started"}})
    *said, last = step.replies
    assert "".join(one["payload"]["input"]["text"] for one in said) == text
    assert all(2 * len(one["payload"]["input"]["text"]) <= 20_000 for one in said)
    assert last["payload"] == {"input": {}}
    assert step != Step()


def test_prices_follow_the_vendors_own_ratio() -> None:
    assert INFO.speech
    due = {"v3.5-plus": 1.5, "v3.5-flash": 0.8, "v3-plus": 2.0, "v3-flash": 1.0, "v2": 2.0}
    for model, yuan in due.items():
        price = price_of("a" * 5_000 + "好" * 2_500, INFO.speech, f"cosyvoice-{model}")
        assert price == pytest.approx(yuan * 0.13 / 0.954, abs=1e-4)
    assert price_of("a", INFO.speech, "cosyvoice-v9") is None
