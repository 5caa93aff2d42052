from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.briefs import Brief, Order
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Fault, Field, problems
from studio.domain.voices import Origin, Status, Voice
from studio.providers.evolink import INFO, EvoLink, design_request, speech_request
from tests.fakes import evolink as pretend
from tests.fakes.exchange import Request, page, status
from tests.fakes.exchange import dropped as dropped_fault
from tests.fakes.model_studio import tone
from tests.providers.scene import Scene, played

BRIEF = Brief(
    "evolink",
    "A calm middle-aged male news anchor with a deep, resonant voice, rich in magnetism, steady pace, and clear "
    "articulation",
    "Good evening, listeners. Welcome to the evening news broadcast.",
    Language.EN,
    name="The announcer",
    handle="announcer",
)
EXAMPLE = {
    "model": "qwen-voice-design",
    "voice_prompt": "A calm middle-aged male news anchor with a deep, resonant voice, rich in magnetism, steady pace, "
    "and clear articulation",
    "preview_text": "Good evening, listeners. Welcome to the evening news broadcast.",
    "preferred_name": "announcer",
}
"""Seed 002, the example request; beside it stand the examples of the optional fields, and the language."""
BESIDE = {
    "language": "en",
    "sample_rate": 24000,
    "response_format": "wav",
    "target_model": "qwen3-tts-vd-2026-01-26",
}

Evo = Scene[EvoLink, pretend.EvoLink]


def nothing(_: float | None) -> None: ...


async def forgotten(_: str) -> None: ...


@pytest.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Evo]:
    app = pretend.EvoLink()
    async with played(EvoLink, app, app.key, "/v1", monkeypatch) as scene:
        app.host = scene.server.url
        yield scene


def is_task(request: Request) -> bool:
    return request.path.startswith("/v1/tasks/")


def is_file(request: Request) -> bool:
    return request.path.startswith("/files/")


def order(task_id: str) -> Order:
    return Order(uuid4(), "account", BRIEF, datetime.now(UTC), task_id=task_id)


async def failing(scene: Evo, brief: Brief = BRIEF) -> StudioError:
    with pytest.raises(StudioError) as caught:
        await scene.system.design(brief, nothing, forgotten)
    assert caught.value.system == "evolink"
    return caught.value


def test_the_request_is_the_documents_own() -> None:
    assert design_request(BRIEF) == EXAMPLE | BESIDE


async def test_a_brief_becomes_a_voice_with_its_preview(scene: Evo) -> None:
    parts: list[float | None] = []
    noted: list[tuple[str, int]] = []

    async def receipt(task_id: str) -> None:
        noted.append((task_id, len(scene.server.requests)))

    designed = await scene.system.design(BRIEF, parts.append, receipt)
    task_id = "task-unified-1775123456-00000001"
    assert noted == [(task_id, 1)]
    assert scene.app.asked == [EXAMPLE | BESIDE]
    assert scene.asked == [
        ("POST", "/v1/audios/generations"),
        *[("GET", f"/v1/tasks/{task_id}")] * 3,
        ("GET", "/files/sound-1.wav"),
    ]
    assert scene.clock.slept == [3.0, 3.0]
    assert parts == [0.0, 0.65, 1.0]
    voice = designed.voice
    assert (voice.voice_id, voice.name) == ("qwen-tts-vd-announcer-voice-20260402-0001", "The announcer")
    assert (voice.origin, voice.status, voice.account) == (Origin.DESIGNED, Status.READY, "")
    assert (voice.target_model, voice.language) == ("qwen3-tts-vd-2026-01-26", Language.EN)
    assert (voice.description, voice.preview_text) == (BRIEF.description, BRIEF.preview_text)
    assert voice.created == datetime.fromtimestamp(1775123456, UTC)
    assert designed.preview is not None
    assert (designed.preview.rate_hz, designed.preview.seconds) == (24_000, 0.5)
    assert (designed.request_id, designed.trouble) == (task_id, None)


@pytest.mark.parametrize(
    ("audio_format", "rate_hz"), [(AudioFormat.PCM, 8_000), (AudioFormat.MP3, 48_000), (AudioFormat.OPUS, 24_000)]
)
async def test_every_format_arrives_as_asked_for(scene: Evo, audio_format: AudioFormat, rate_hz: int) -> None:
    designed = await scene.system.design(replace(BRIEF, format=audio_format, rate_hz=rate_hz), nothing, forgotten)
    assert designed.preview is not None
    assert (designed.preview.format, designed.preview.rate_hz) == (audio_format, rate_hz)


async def test_a_model_that_is_made_ahead_cant_be_spoken_with(scene: Evo) -> None:
    model = "qwen3-tts-vd-realtime-2026-01-15"
    designed = await scene.system.design(replace(BRIEF, model=model), nothing, forgotten)
    assert designed.voice.target_model == model
    assert not INFO.design_model(model).speaks
    with pytest.raises(StudioError) as caught:
        await scene.system.speak(designed.voice, "Hello.", None, AudioFormat.WAV, nothing)
    assert caught.value.reason is Reason.NO_ROUTE_YET


# -- tasks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "reason", "detail"),
    [
        ({"status": "failed", "error": {"code": "service_error", "message": "fell over"}}, Reason.TASK_FAILED, "fell"),
        (
            {"status": "failed", "error": {"code": "content_policy_violation", "message": "not that"}},
            Reason.CONTENT_REFUSED,
            "not that",
        ),
        ({"status": "failed"}, Reason.TASK_FAILED, "failed"),
        ({"status": "cancelled"}, Reason.TASK_CANCELLED, "cancelled"),
        ({"status": "expired"}, Reason.TASK_FAILED, "expired"),
    ],
)
async def test_a_task_that_ended_badly_closes_its_order(
    scene: Evo, state: dict[str, Any], reason: Reason, detail: str
) -> None:
    scene.app.script = [{"status": "pending"}, state]
    error = await failing(scene)
    assert (error.reason, error.maybe_done, error.retryable) == (reason, False, False)
    assert detail in error.detail
    assert len(scene.app.asked) == 1


@pytest.mark.parametrize(("estimate", "limit_s"), [(15, 60), (100, 200)])
async def test_a_task_without_an_end_is_left_when_its_time_is_over(scene: Evo, estimate: int, limit_s: int) -> None:
    scene.app.script, scene.app.estimated_time = [{"status": "musing", "progress": None}], estimate
    first_answer = {"task_info": {"estimated_time": estimate}}
    scene.app.script[0] |= first_answer
    error = await failing(scene)
    assert (error.reason, error.maybe_done, error.retryable) == (Reason.STILL_RUNNING, True, False)
    assert error.request_id == "task-unified-1775123456-00000001"
    assert scene.clock.now == limit_s


@pytest.mark.parametrize(
    "fault",
    [status(500), page(502), page(200), dropped_fault(), status(401), status(200, "null"), status(403)],
    ids=str,
)
async def test_trouble_while_waiting_leaves_the_order_open(scene: Evo, fault: Any) -> None:
    scene.server.fail(fault, times=9, when=is_task)
    error = await failing(scene)
    assert (error.maybe_done, error.retryable) == (True, False)
    assert error.request_id
    assert len(scene.app.asked) == 1
    scene.server.heal()
    designed = await scene.system.resume(order("task-unified-1775123456-00000001"), nothing)
    assert designed.voice.voice_id == "qwen-tts-vd-announcer-voice-20260402-0001"
    assert designed.preview is not None
    assert len(scene.app.asked) == 1


async def test_a_receipt_that_fails_leaves_the_order_open_and_names_the_task(scene: Evo) -> None:
    async def receipt(_: str) -> None:
        raise StudioError(Reason.DISK_FULL, retryable=True)

    with pytest.raises(StudioError) as caught:
        await scene.system.design(BRIEF, nothing, receipt)
    error = caught.value
    assert (error.reason, error.maybe_done, error.retryable) == (Reason.DISK_FULL, True, False)
    assert error.request_id == "task-unified-1775123456-00000001"


async def test_too_many_questions_only_slow_the_waiting(scene: Evo) -> None:
    scene.server.fail(status(429, retry_after="7"), times=4, when=is_task)
    designed = await scene.system.design(BRIEF, nothing, forgotten)
    assert designed.preview is not None
    assert scene.clock.slept[:4] == [7.0, 7.0, 7.0, 3.0]


async def test_a_task_that_isnt_found_at_once_is_asked_for_again(scene: Evo) -> None:
    scene.server.fail(status(404, json={"error": {"code": "task_not_found", "message": "no"}}), times=2, when=is_task)
    assert (await scene.system.design(BRIEF, nothing, forgotten)).preview is not None


async def test_a_task_that_is_never_found_is_told(scene: Evo) -> None:
    with pytest.raises(StudioError) as caught:
        await scene.system.resume(order("task/../1 ?"), nothing)
    error = caught.value
    assert (error.reason, error.code) == (Reason.REFUSED, "task_not_found")
    assert scene.asked == [("GET", "/v1/tasks/task%2F..%2F1%20%3F")] * 3


async def test_cancelling_stops_the_questions_at_once(scene: Evo) -> None:
    scene.app.script = [{"status": "processing"}]
    scene.clock.stopped = True
    work = asyncio.create_task(scene.system.design(BRIEF, nothing, forgotten))
    await asyncio.wait_for(scene.clock.asleep.wait(), 5)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert len(scene.asked) == 2


@pytest.mark.parametrize("answer", [{}, {"id": 7}, {"id": None, "status": "pending"}])
async def test_a_create_without_a_task_id_may_have_made_one(scene: Evo, answer: dict[str, Any]) -> None:
    scene.server.fail(status(200, json=answer))
    error = await failing(scene)
    assert (error.reason, error.maybe_done) == (Reason.UNREADABLE, True)


async def test_an_error_inside_a_200_is_one(scene: Evo) -> None:
    body = {"error": {"code": "insufficient_user_quota", "message": "no credit"}, "request_id": "r-1"}
    scene.server.fail(status(200, json=body))
    error = await failing(scene)
    assert (error.reason, error.maybe_done, error.request_id) == (Reason.NO_CREDIT, False, "r-1")


async def test_only_orders_with_a_task_are_resumed(scene: Evo) -> None:
    with pytest.raises(StudioError) as caught:
        await scene.system.resume(order(""), nothing)
    assert caught.value.reason is Reason.NOT_OFFERED
    assert scene.asked == []


# -- results -------------------------------------------------------------------------------------------------------


async def test_a_voice_without_a_name_is_kept_as_an_open_order(scene: Evo) -> None:
    scene.app.result = {"results": [f"{scene.server.url}/files/sound.wav"]}
    error = await failing(scene)
    assert (error.reason, error.maybe_done) == (Reason.UNREADABLE, True)
    assert "task-unified-1775123456-00000001" in error.detail


async def in_result(scene: Evo, result: object, **more: object) -> StudioError | None:
    scene.app.result = {"result_data": result, **more}
    scene.app.files["sound.wav"] = tone()
    designed = await scene.system.design(BRIEF, nothing, forgotten)
    assert designed.voice.voice_id == "v-1"
    assert (designed.preview is None) == (designed.trouble is not None)
    return designed.trouble


async def test_the_preview_is_found_wherever_it_is(scene: Evo) -> None:
    link, encoded = f"{scene.server.url}/files/sound.wav", base64.b64encode(tone()).decode()
    assert await in_result(scene, {"voice": "v-1", "audio": link}) is None
    assert await in_result(scene, [{"voice": "v-1"}, {"audio_url": link}]) is None
    assert await in_result(scene, {"voice": "v-1", "audio_url": None}, results=[link]) is None
    assert await in_result(scene, {"voice": "v-1", "audio": encoded}) is None
    assert await in_result(scene, {"voice": "v-1", "audio": f"data:audio/wav;base64,{encoded}"}) is None
    assert await in_result(scene, {"voice": "v-1", "audio": "sound-of-1"}, results=[link]) is None


@pytest.mark.parametrize(
    ("sound", "reason"),
    [
        ({}, Reason.PREVIEW_LOST),
        ({"audio": "sound-of-1"}, Reason.UNREADABLE),
        ({"audio": "data:audio/wav;base64,%%%"}, Reason.UNREADABLE),
        ({"audio": "data:audio/wav;base64,"}, Reason.EMPTY_AUDIO),
        ({"audio": base64.b64encode(b"<html>" + bytes(2000)).decode()}, Reason.UNREADABLE_AUDIO),
        ({"audio_url": "file:///etc/passwd"}, Reason.UNREADABLE),
    ],
)
async def test_a_voice_whose_preview_is_no_sound_is_a_voice_all_the_same(
    scene: Evo, sound: dict[str, str], reason: Reason
) -> None:
    trouble = await in_result(scene, {"voice": "v-1"} | sound)
    assert trouble is not None
    assert (trouble.reason, trouble.system) == (reason, "evolink")


@pytest.mark.parametrize("audio_format", [AudioFormat.WAV, AudioFormat.PCM])
async def test_a_page_in_place_of_the_sound_is_no_sound(scene: Evo, audio_format: AudioFormat) -> None:
    scene.server.fail(page(200), when=is_file)
    designed = await scene.system.design(replace(BRIEF, format=audio_format), nothing, forgotten)
    assert designed.preview is None
    assert designed.trouble is not None
    assert (designed.trouble.reason, designed.trouble.system) == (Reason.UNREADABLE_AUDIO, "evolink")


async def test_for_a_link_that_has_expired_the_task_is_read_once_more(scene: Evo) -> None:
    scene.server.fail(status(403), when=is_file)
    designed = await scene.system.design(BRIEF, nothing, forgotten)
    assert designed.preview is not None
    assert [method_path[1][:9] for method_path in scene.asked[-3:]] == ["/files/so", "/v1/tasks", "/files/so"]


async def test_a_link_that_stays_expired_is_the_previews_trouble(scene: Evo) -> None:
    scene.server.fail(status(404), times=9, when=is_file)
    designed = await scene.system.design(BRIEF, nothing, forgotten)
    assert designed.trouble is not None
    assert designed.trouble.reason is Reason.LINK_EXPIRED
    assert [path for _, path in scene.asked].count("/files/sound-1.wav") == 2


# -- speech, credits, limits ---------------------------------------------------------------------------------------


async def made(scene: Evo) -> Voice:
    return (await scene.system.design(BRIEF, nothing, forgotten)).voice


async def test_a_long_text_is_spoken_part_by_part(scene: Evo) -> None:
    voice = await made(scene)
    sentence = "The river ran on from its source to the sea. "
    clip = await scene.system.speak(voice, sentence * 20, None, AudioFormat.WAV, nothing)
    spoken = scene.app.asked[1:]
    assert [set(one) for one in spoken] == [{"model", "prompt", "voice", "language_type"}] * 2
    assert spoken[0] | {"prompt": ""} == {
        "model": "qwen3-tts-vd",
        "prompt": "",
        "voice": voice.voice_id,
        "language_type": "English",
    }
    assert " ".join(one["prompt"] for one in spoken) == (sentence * 20).strip()
    assert clip.seconds == pytest.approx(0.01 * sum(len(one["prompt"]) for one in spoken), abs=0.02)


async def test_a_text_of_another_script_is_left_to_the_system(scene: Evo) -> None:
    voice = await made(scene)
    assert speech_request(voice, "你好，世界。")["language_type"] == "Auto"
    assert speech_request(replace(voice, language=None), "Hello.")["language_type"] == "Auto"
    assert speech_request(replace(voice, language=Language.ZH), "你好。")["language_type"] == "Chinese"


async def test_speech_that_doesnt_end_is_given_up(scene: Evo) -> None:
    voice = await made(scene)
    scene.app.script = [{"status": "processing"}]
    with pytest.raises(StudioError) as caught:
        await scene.system.speak(voice, "Hello.", None, AudioFormat.WAV, nothing)
    assert (caught.value.reason, caught.value.retryable) == (Reason.TIMED_OUT, True)


async def test_the_credits_are_told(scene: Evo) -> None:
    assert (await scene.system.probe("")).credits == 1095.3996


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(status(200, json={"success": False, "message": "no"}), Reason.REFUSED), (page(200), Reason.NOT_JSON)],
)
async def test_a_probe_believes_no_200_that_says_otherwise(scene: Evo, fault: Any, reason: Reason) -> None:
    scene.server.fail(fault)
    with pytest.raises(StudioError) as caught:
        await scene.system.probe("")
    assert caught.value.reason is reason


def test_what_is_offered_follows_the_document() -> None:
    limits = INFO.design_model().limits
    assert problems(BRIEF, limits) == ()
    long = replace(BRIEF, description="x" * 2049, preview_text="x" * 1025, handle="x" * 17, format=AudioFormat.FLAC)
    assert [(one.field, one.fault) for one in problems(long, limits)] == [
        (Field.DESCRIPTION, Fault.TOO_LONG),
        (Field.PREVIEW_TEXT, Fault.TOO_LONG),
        (Field.HANDLE, Fault.TOO_LONG),
        (Field.FORMAT, Fault.NOT_OFFERED),
    ]
    assert problems(replace(BRIEF, handle="a-b"), limits)[0].fault is Fault.NOT_PLAIN
    assert INFO.clones == ()
    assert "only the record" in INFO.deletion
