from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import problems
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin, Status, Voice
from studio.providers.model_studio_qwen import INFO, Qwen
from tests.fakes.exchange import status
from tests.fakes.model_studio import Refused, tone
from tests.fakes.model_studio_regions import CN, Scene, both_regions
from tests.providers.announcer import (
    CLONE_REALTIME,
    GUANYU,
    GUANYU_FIELDS,
    PARAMETERS,
    PREVIEW,
    PROMPT,
    QWEN,
    QWEN_FIELDS,
    REALTIME,
    no_task,
    nothing,
)

DESIGN = {"model": "qwen-voice-design", "input": QWEN_FIELDS, "parameters": PARAMETERS}
ENROLMENT = {"model": "qwen-voice-enrollment", "input": GUANYU_FIELDS}
BY_REALTIME = replace(GUANYU, model=CLONE_REALTIME)


@pytest.fixture
async def scene() -> AsyncIterator[Scene[Qwen]]:
    async with both_regions(Qwen) as scene:
        yield scene


async def made(scene: Scene[Qwen], **changes: Any) -> Voice:
    return (await scene.system.design(replace(QWEN, **changes), nothing, no_task)).voice


# -- designing -------------------------------------------------------------------------------------------------------


async def test_a_design_is_the_documents_own_request(scene: Scene[Qwen]) -> None:
    designed = await scene.system.design(replace(QWEN, model=REALTIME), nothing, no_task)
    assert scene.bodies() == [DESIGN]
    voice = designed.voice
    assert voice.voice_id.startswith("qwen-tts-vd-announcer-voice-")
    assert (voice.system, voice.account, voice.region) == ("qwen", "", "intl")
    assert (voice.name, voice.origin, voice.status) == ("The announcer", Origin.DESIGNED, Status.READY)
    assert (voice.target_model, voice.language) == (REALTIME, Language.EN)
    assert (voice.description, voice.preview_text) == (PROMPT, PREVIEW)
    assert designed.preview
    assert (designed.preview.format, designed.preview.rate_hz) == (AudioFormat.WAV, 24_000)


async def test_the_documents_own_answer(scene: Scene[Qwen]) -> None:
    preview = {"data": base64.b64encode(tone()).decode(), "sample_rate": 24000, "response_format": "wav"}
    output = {"preview_audio": preview, "target_model": REALTIME, "voice": "yourVoice"}
    scene.tells({"output": output, "usage": {"count": 1}, "request_id": "xxxx-xxxx-xxxx"})
    designed = await scene.system.design(QWEN, nothing, no_task)
    assert (designed.voice.voice_id, designed.voice.target_model) == ("yourVoice", REALTIME)
    assert (designed.request_id, designed.trouble) == ("xxxx-xxxx-xxxx", None)
    assert designed.preview


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 24_000, 48_000])
@pytest.mark.parametrize("audio_format", [AudioFormat.WAV, AudioFormat.MP3, AudioFormat.OPUS, AudioFormat.PCM])
async def test_every_rate_and_format(scene: Scene[Qwen], rate_hz: int, audio_format: AudioFormat) -> None:
    brief = replace(QWEN, rate_hz=rate_hz, format=audio_format)
    assert not problems(brief, INFO.design_model().limits)
    preview = (await scene.system.design(brief, nothing, no_task)).preview
    assert preview
    assert preview.format is audio_format
    assert preview.seconds == pytest.approx(0.5, abs=0.2)


@pytest.mark.parametrize("language", list(Language))
async def test_every_language_is_sent(scene: Scene[Qwen], language: Language) -> None:
    assert (await made(scene, language=language)).language is language
    assert scene.bodies()[0]["input"]["language"] == language.value


async def test_the_default_model_is_one_that_is_spoken_with_over_http(scene: Scene[Qwen]) -> None:
    assert (await made(scene)).target_model == "qwen3-tts-vd-2026-01-26"
    cloned = await scene.system.clone(GUANYU, nothing)
    assert cloned.voice.target_model == "qwen3-tts-vc-2026-01-22"


async def test_beijing_has_its_own_address_and_key(scene: Scene[Qwen]) -> None:
    voice = await made(scene, region="cn")
    await scene.system.speak(voice, "Good evening.", None, AudioFormat.WAV, nothing)
    assert (set(scene.gate.asked), scene.sent, voice.region) == ({CN}, [], "cn")
    assert scene.beijing_server.requests[0].headers["x-dashscope-workspace"] == "ws-1"


BROKEN_PREVIEWS = [
    (None, Reason.UNREADABLE),
    ({}, Reason.UNREADABLE),
    ({"data": None}, Reason.UNREADABLE),
    ({"data": 7}, Reason.UNREADABLE),
    ({"data": "not base64!"}, Reason.UNREADABLE),
    ({"data": ""}, Reason.EMPTY_AUDIO),
    ({"data": base64.b64encode(b"<html>no audio</html>").decode()}, Reason.UNREADABLE_AUDIO),
    ({"data": base64.b64encode(tone(0.5)[:44]).decode()}, Reason.EMPTY_AUDIO),
]


@pytest.mark.parametrize(("preview", "reason"), BROKEN_PREVIEWS)
async def test_a_voice_without_its_preview_is_a_voice(scene: Scene[Qwen], preview: object, reason: Reason) -> None:
    def change(told: Any) -> None:
        told["output"]["preview_audio"] = preview

    scene.changes(change)
    designed = await scene.system.design(QWEN, nothing, no_task)
    assert designed.voice.voice_id in scene.studio.designs
    assert designed.preview is None
    trouble = designed.trouble
    assert trouble
    assert (trouble.reason, trouble.system, trouble.voice_id) == (reason, "qwen", designed.voice.voice_id)
    assert (trouble.request_id, trouble.maybe_done) == (designed.request_id, False)


@pytest.mark.parametrize(
    "whole",
    [{}, {"output": None}, {"output": []}, {"output": {}}, {"output": {"voice": None}}, {"output": {"voice": []}}],
)
async def test_an_answer_without_an_id_may_hide_a_voice(scene: Scene[Qwen], whole: dict[str, object]) -> None:
    for work in (scene.system.design(QWEN, nothing, no_task), scene.system.clone(GUANYU, nothing)):
        scene.tells({**whole, "request_id": "r"})
        with pytest.raises(StudioError) as caught:
            await work
        assert (caught.value.reason, caught.value.maybe_done) == (Reason.UNREADABLE, True)
        assert caught.value.request_id == "r"


async def test_an_answer_that_names_another_rate_is_believed(scene: Scene[Qwen]) -> None:
    scene.changes(lambda told: told["output"]["preview_audio"].update(sample_rate=48_000, response_format="pcm"))
    brief = replace(QWEN, format=AudioFormat.PCM)
    preview = (await scene.system.design(brief, nothing, no_task)).preview
    assert preview
    assert preview.rate_hz == 48_000
    scene.changes(lambda told: told["output"]["preview_audio"].update(sample_rate=None, response_format="strange"))
    preview = (await scene.system.design(brief, nothing, no_task)).preview
    assert preview
    assert preview.rate_hz == 24_000


async def test_an_error_inside_a_200_is_an_error(scene: Scene[Qwen]) -> None:
    scene.server.fail(status(200, json={"code": "InvalidApiKey", "message": "no", "request_id": "r"}))
    with pytest.raises(StudioError) as caught:
        await made(scene)
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.KEY_REFUSED, False)


async def test_a_create_waits_out_a_rate_limit_and_nothing_else(scene: Scene[Qwen]) -> None:
    scene.studio.refusals = [Refused(429, "Throttling.RateQuota", "Requests rate limit exceeded.")] * 2
    await made(scene)
    assert len(scene.sent) == 3
    assert len(scene.pauses.taken) == 2
    for code, how in ((400, "Arrearage"), (429, "PostpaidBillOverdue"), (500, "InternalError")):
        scene.sent.clear()
        scene.studio.refusals = [Refused(code, how)]
        with pytest.raises(StudioError):
            await made(scene)
        assert len(scene.sent) == 1


# -- cloning ---------------------------------------------------------------------------------------------------------


async def test_a_clone_is_the_documents_own_request(scene: Scene[Qwen]) -> None:
    cloned = await scene.system.clone(BY_REALTIME, nothing)
    assert scene.bodies() == [ENROLMENT]
    voice = cloned.voice
    assert voice.voice_id.startswith("qwen-tts-vc-guanyu-voice-")
    assert (voice.origin, voice.status, voice.name) == (Origin.CLONED, Status.READY, "Guan Yu")
    assert (voice.target_model, voice.language) == (CLONE_REALTIME, None)
    assert (cloned.degraded, cloned.request_id[:8]) == ("", "request-")


async def test_a_transcript_and_a_language_go_along_where_they_were_given(scene: Scene[Qwen]) -> None:
    text = "Optional. Text matching the audio content."
    brief = replace(BY_REALTIME, transcript=text, language=Language.ZH)
    assert (await scene.system.clone(brief, nothing)).voice.language is Language.ZH
    assert scene.bodies() == [{**ENROLMENT, "input": {**ENROLMENT["input"], "text": text, "language": "zh"}}]


async def test_the_documents_own_answer_to_a_clone(scene: Scene[Qwen]) -> None:
    output = {"voice": "yourVoice", "target_model": "qwen3-tts-vc-realtime-2026-01-15"}
    scene.tells({"output": output, "usage": {"count": 1}, "request_id": "yourRequestId"})
    cloned = await scene.system.clone(GUANYU, nothing)
    assert (cloned.voice.voice_id, cloned.request_id) == ("yourVoice", "yourRequestId")
    assert cloned.voice.target_model == "qwen3-tts-vc-realtime-2026-01-15"


@pytest.mark.parametrize("media", list(Media))
async def test_a_sample_goes_as_a_data_url_of_its_own_kind(scene: Scene[Qwen], media: Media) -> None:
    sample = Sample(tone(0.2), media)
    await scene.system.clone(replace(GUANYU, sample_url="", sample=sample), nothing)
    said = scene.bodies()[0]["input"]["audio"]["data"]
    head, _, encoded = said.partition(",")
    assert head == f"data:{media.value};base64"
    assert base64.b64decode(encoded) == sample.data


async def test_a_clone_of_lesser_quality_says_so(scene: Scene[Qwen]) -> None:
    scene.studio.fallback = "no_merged_segments"
    assert (await scene.system.clone(GUANYU, nothing)).degraded == "no_merged_segments"
    scene.changes(lambda told: told["output"].pop("fallback_reason") and None)
    assert (await scene.system.clone(GUANYU, nothing)).degraded == "fallback_mode"
    scene.changes(lambda told: told["output"].update(fallback_mode=False))
    assert (await scene.system.clone(GUANYU, nothing)).degraded == ""


async def test_a_sample_that_does_not_fit_its_transcript(scene: Scene[Qwen]) -> None:
    for transcript, reason in (("Other words.", Reason.TRANSCRIPT_REFUSED), ("", Reason.SAMPLE_REFUSED)):
        scene.studio.refusals = [Refused(400, "Audio.PreprocessError", "Audio preprocess error.")]
        with pytest.raises(StudioError) as caught:
            await scene.system.clone(replace(GUANYU, transcript=transcript), nothing)
        assert (caught.value.reason, caught.value.code) == (reason, "Audio.PreprocessError")
