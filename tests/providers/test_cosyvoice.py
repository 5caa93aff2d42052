from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import problems
from studio.domain.voices import Origin, Status
from studio.providers.model_studio_cosyvoice import INFO, CosyVoice
from tests.fakes.exchange import dropped, status
from tests.fakes.model_studio import Refused, tone
from tests.fakes.model_studio_regions import CN, INTL, Scene, both_regions
from tests.providers.announcer import COSYVOICE, COSYVOICE_FIELDS, PARAMETERS, PREVIEW, PROMPT, no_task, nothing

DESIGN = {"model": "voice-enrollment", "input": COSYVOICE_FIELDS, "parameters": PARAMETERS}


@pytest.fixture
async def scene() -> AsyncIterator[Scene[CosyVoice]]:
    async with both_regions(CosyVoice) as scene:
        yield scene


# -- designing -------------------------------------------------------------------------------------------------------


async def test_a_design_is_the_documents_own_request(scene: Scene[CosyVoice]) -> None:
    designed = await scene.system.design(COSYVOICE, nothing, no_task)
    assert scene.bodies() == [DESIGN]
    assert scene.sent[0].path == "/api/v1/services/audio/tts/customization"
    voice = designed.voice
    assert voice.voice_id.startswith("cosyvoice-v3.5-plus-vd-announcer-")
    assert (voice.system, voice.account, voice.region) == ("cosyvoice", "", "intl")
    assert (voice.name, voice.origin, voice.status) == ("The announcer", Origin.DESIGNED, Status.IN_REVIEW)
    assert (voice.description, voice.preview_text, voice.language) == (PROMPT, PREVIEW, Language.EN)
    assert datetime.now(UTC) - voice.created < timedelta(minutes=1)
    assert designed.request_id.startswith("request-")
    assert designed.preview
    assert (designed.preview.format, designed.preview.rate_hz) == (AudioFormat.WAV, 24_000)
    assert designed.preview.seconds == pytest.approx(0.5)
    assert designed.preview.envelope.columns


@pytest.mark.parametrize("rate_hz", [16_000, 24_000, 48_000])
@pytest.mark.parametrize("audio_format", [AudioFormat.WAV, AudioFormat.MP3, AudioFormat.PCM])
async def test_every_rate_and_format(scene: Scene[CosyVoice], rate_hz: int, audio_format: AudioFormat) -> None:
    brief = replace(COSYVOICE, rate_hz=rate_hz, format=audio_format)
    assert not problems(brief, INFO.design_model().limits)
    preview = (await scene.system.design(brief, nothing, no_task)).preview
    assert preview
    assert (preview.format, preview.rate_hz) == (audio_format, rate_hz)
    assert preview.seconds == pytest.approx(0.5, abs=0.1)


async def test_the_documents_own_answer(scene: Scene[CosyVoice]) -> None:
    preview = {"data": base64.b64encode(tone()).decode(), "sample_rate": 24000, "response_format": "wav"}
    output = {
        "preview_audio": preview,
        "target_model": "cosyvoice-v3.5-plus",
        "voice_id": "cosyvoice-v3.5-plus-vd-announcer-xxxxxx",
    }
    scene.tells({"output": output, "usage": {"count": 1}, "request_id": "xxxx-xxxx-xxxx"})
    designed = await scene.system.design(COSYVOICE, nothing, no_task)
    assert designed.voice.voice_id == "cosyvoice-v3.5-plus-vd-announcer-xxxxxx"
    assert (designed.request_id, designed.trouble) == ("xxxx-xxxx-xxxx", None)


async def test_without_a_model_the_default_is_meant_and_others_go_as_given(scene: Scene[CosyVoice]) -> None:
    await scene.system.design(replace(COSYVOICE, model=""), nothing, no_task)
    assert scene.bodies()[0]["input"]["target_model"] == "cosyvoice-v3.5-plus"
    scene.server.fail(status(400, json={"code": "InvalidParameter", "message": "Model not exist.", "request_id": "r"}))
    with pytest.raises(StudioError) as caught:
        await scene.system.design(replace(COSYVOICE, model="cosyvoice-v9"), nothing, no_task)
    assert scene.bodies()[1]["input"]["target_model"] == "cosyvoice-v9"
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.MODEL_NOT_HERE, False)


async def test_beijing_has_its_own_address_key_and_workspace(scene: Scene[CosyVoice]) -> None:
    designed = await scene.system.design(replace(COSYVOICE, region="cn"), nothing, no_task)
    assert (scene.gate.asked, scene.sent) == ([CN], [])
    request = scene.beijing_server.requests[0]
    assert request.headers["authorization"] == "Bearer sk-of-beijing"
    assert request.headers["x-dashscope-workspace"] == "ws-1"
    assert designed.voice.region == "cn"


async def test_without_a_workspace_no_header_names_one(scene: Scene[CosyVoice]) -> None:
    await scene.system.probe("intl")
    assert scene.gate.asked == [INTL]
    assert "x-dashscope-workspace" not in scene.sent[0].headers


async def test_a_create_that_broke_off_is_not_sent_again(scene: Scene[CosyVoice]) -> None:
    scene.server.fail(dropped(handled=True), times=9)
    with pytest.raises(StudioError) as caught:
        await scene.system.design(COSYVOICE, nothing, no_task)
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.ANSWER_LOST, True)
    assert len(scene.sent) == 1


async def test_a_full_quota_is_not_waited_for(scene: Scene[CosyVoice]) -> None:
    scene.studio.refusals = [Refused(429, "Throttling.AllocationQuota", "Maximum voice-clone voice limit exceeded.")]
    with pytest.raises(StudioError) as caught:
        await scene.system.design(COSYVOICE, nothing, no_task)
    assert caught.value.reason is Reason.QUOTA_FULL
    assert len(scene.sent) == 1


async def test_an_empty_refusal_of_a_workspace_host(scene: Scene[CosyVoice]) -> None:
    scene.server.fail(status(400, json={}))
    with pytest.raises(StudioError) as caught:
        await scene.system.design(COSYVOICE, nothing, no_task)
    assert (caught.value.reason, caught.value.code) == (Reason.REFUSED, "400")


# -- the review ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("DEPLOYING", Status.IN_REVIEW),
        ("OK", Status.READY),
        ("UNDEPLOYED", Status.REJECTED),
        ("ok", Status.READY),
        ("PONDERING", Status.UNKNOWN),
        ("", Status.UNKNOWN),
    ],
)
async def test_a_review_is_followed(scene: Scene[CosyVoice], said: str, stands: Status) -> None:
    made = (await scene.system.design(COSYVOICE, nothing, no_task)).voice
    scene.studio.review(made.voice_id, said)
    voice = await scene.system.look_up(made.voice_id, "intl")
    assert scene.bodies()[-1] == {
        "model": "voice-enrollment",
        "input": {"action": "query_voice", "voice_id": made.voice_id},
    }
    assert (voice.status, voice.target_model) == (stands, "cosyvoice-v3.5-plus")
    assert (voice.description, voice.preview_text) == (PROMPT, PREVIEW)
    assert voice.created == datetime(2025, 12, 10, 6, 54, 9, tzinfo=UTC)


async def test_a_query_that_tells_nothing(scene: Scene[CosyVoice]) -> None:
    scene.tells({"output": {}, "usage": {}, "request_id": "r"})
    with pytest.raises(StudioError) as caught:
        await scene.system.look_up("cosyvoice-v3.5-plus-vd-announcer-1", "intl")
    assert (caught.value.reason, caught.value.request_id) == (Reason.UNREADABLE, "r")


async def test_a_voice_that_is_gone(scene: Scene[CosyVoice]) -> None:
    made = (await scene.system.design(COSYVOICE, nothing, no_task)).voice
    await scene.system.delete(made)
    assert scene.bodies()[-1] == {
        "model": "voice-enrollment",
        "input": {"action": "delete_voice", "voice_id": made.voice_id},
    }
    assert not scene.studio.cosyvoices
    await scene.system.delete(made)
    with pytest.raises(StudioError) as caught:
        await scene.system.look_up(made.voice_id, "intl")
    assert caught.value.reason is Reason.NO_SUCH_VOICE


async def test_a_delete_that_is_refused_is_told(scene: Scene[CosyVoice]) -> None:
    made = (await scene.system.design(COSYVOICE, nothing, no_task)).voice
    scene.server.fail(status(403, json={"code": "AccessDenied", "message": "no"}))
    with pytest.raises(StudioError) as caught:
        await scene.system.delete(made)
    assert caught.value.reason is Reason.NOT_ALLOWED
    with pytest.raises(StudioError) as caught:
        await scene.system.delete(replace(made, origin=Origin.BUILT_IN))
    assert caught.value.reason is Reason.NOT_DELETABLE
