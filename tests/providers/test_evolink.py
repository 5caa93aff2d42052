from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Fault, Field, problems
from studio.domain.voices import Origin, Status, Voice
from studio.providers.evolink import INFO, design_request, speech_request
from tests.fakes.exchange import page, status
from tests.fakes.model_studio import tone
from tests.providers.evolink_scene import BRIEF, EXAMPLE, FIRST_TASK, Evo, evolink, failing, forgotten, is_file, nothing


@pytest.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Evo]:
    async with evolink(monkeypatch) as scene:
        yield scene


def test_the_request_is_the_documents_own() -> None:
    assert design_request(BRIEF) == EXAMPLE


async def test_a_brief_becomes_a_voice_with_its_preview(scene: Evo) -> None:
    parts: list[float | None] = []
    noted: list[tuple[str, int]] = []

    async def receipt(task_id: str) -> None:
        noted.append((task_id, len(scene.server.requests)))

    designed = await scene.system.design(BRIEF, parts.append, receipt)
    task_id = FIRST_TASK
    assert noted == [(task_id, 1)]
    assert scene.app.asked == [EXAMPLE]
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


# -- results -------------------------------------------------------------------------------------------------------


async def test_a_voice_without_a_name_is_kept_as_an_open_order(scene: Evo) -> None:
    scene.app.result = {"results": [f"{scene.server.url}/files/sound.wav"]}
    error = await failing(scene)
    assert (error.reason, error.maybe_done) == (Reason.UNREADABLE, True)
    assert FIRST_TASK in error.detail


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
    assert (caught.value.reason, caught.value.retryable) == (Reason.TIMED_OUT, False)


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
