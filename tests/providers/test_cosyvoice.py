from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.briefs import Brief, CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Fault, Field, clone_problems, problems
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin, Status
from studio.ports import Speaker
from studio.providers.model_studio_cosyvoice import INFO, CosyVoice, parts_of
from tests.fakes.exchange import dropped, status
from tests.fakes.model_studio import Refused, tone
from tests.fakes.model_studio_regions import CN, INTL, Scene, both_regions

PROMPT = (
    "A composed middle-aged male announcer with a deep, rich and magnetic voice, a steady speaking speed and clear "
    "articulation, is suitable for news broadcasting or documentary commentary."
)
PREVIEW = "Dear listeners, hello everyone. Welcome to the evening news."
BRIEF = Brief(
    "cosyvoice", PROMPT, PREVIEW, Language.EN, name="The announcer", model="cosyvoice-v3.5-plus", handle="announcer"
)
DESIGN = {
    "model": "voice-enrollment",
    "input": {
        "action": "create_voice",
        "target_model": "cosyvoice-v3.5-plus",
        "voice_prompt": PROMPT,
        "preview_text": PREVIEW,
        "prefix": "announcer",
        "language_hints": ["en"],
    },
    "parameters": {"sample_rate": 24000, "response_format": "wav"},
}
CLONE = CloneBrief("cosyvoice", "My voice", sample_url="https://public.example/a.wav", has_right=True, handle="myvoice")
SAMPLE = Sample(tone(1.0), Media.WAV, "Grandmother 1962.wav")


def nothing(_: float | None) -> None: ...


async def no_task(_: str) -> None:
    raise AssertionError("there are no tasks here")


@pytest.fixture
async def scene() -> AsyncIterator[Scene[CosyVoice]]:
    async with both_regions(CosyVoice) as scene:
        yield scene


# -- designing -----------------------------------------------------------------------------------------------------


async def test_a_design_is_the_documents_own_request(scene: Scene[CosyVoice]) -> None:
    designed = await scene.system.design(BRIEF, nothing, no_task)
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
    brief = replace(BRIEF, rate_hz=rate_hz, format=audio_format)
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
    designed = await scene.system.design(BRIEF, nothing, no_task)
    assert designed.voice.voice_id == "cosyvoice-v3.5-plus-vd-announcer-xxxxxx"
    assert (designed.request_id, designed.trouble) == ("xxxx-xxxx-xxxx", None)


async def test_without_a_model_the_default_is_meant_and_others_go_as_given(scene: Scene[CosyVoice]) -> None:
    await scene.system.design(replace(BRIEF, model=""), nothing, no_task)
    assert scene.bodies()[0]["input"]["target_model"] == "cosyvoice-v3.5-plus"
    scene.server.fail(status(400, json={"code": "InvalidParameter", "message": "Model not exist.", "request_id": "r"}))
    with pytest.raises(StudioError) as caught:
        await scene.system.design(replace(BRIEF, model="cosyvoice-v9"), nothing, no_task)
    assert scene.bodies()[1]["input"]["target_model"] == "cosyvoice-v9"
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.MODEL_NOT_HERE, False)


async def test_beijing_has_its_own_address_key_and_workspace(scene: Scene[CosyVoice]) -> None:
    designed = await scene.system.design(replace(BRIEF, region="cn"), nothing, no_task)
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
        await scene.system.design(BRIEF, nothing, no_task)
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.ANSWER_LOST, True)
    assert len(scene.sent) == 1


async def test_a_full_quota_is_not_waited_for(scene: Scene[CosyVoice]) -> None:
    scene.studio.refusals = [Refused(429, "Throttling.AllocationQuota", "Maximum voice-clone voice limit exceeded.")]
    with pytest.raises(StudioError) as caught:
        await scene.system.design(BRIEF, nothing, no_task)
    assert caught.value.reason is Reason.QUOTA_FULL
    assert len(scene.sent) == 1


async def test_an_empty_refusal_of_a_workspace_host(scene: Scene[CosyVoice]) -> None:
    scene.server.fail(status(400, json={}))
    with pytest.raises(StudioError) as caught:
        await scene.system.design(BRIEF, nothing, no_task)
    assert (caught.value.reason, caught.value.code) == (Reason.REFUSED, "400")


# -- the review ----------------------------------------------------------------------------------------------------


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
    made = (await scene.system.design(BRIEF, nothing, no_task)).voice
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
    made = (await scene.system.design(BRIEF, nothing, no_task)).voice
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
    made = (await scene.system.design(BRIEF, nothing, no_task)).voice
    scene.server.fail(status(403, json={"code": "AccessDenied", "message": "no"}))
    with pytest.raises(StudioError) as caught:
        await scene.system.delete(made)
    assert caught.value.reason is Reason.NOT_ALLOWED
    with pytest.raises(StudioError) as caught:
        await scene.system.delete(replace(made, origin=Origin.BUILT_IN))
    assert caught.value.reason is Reason.NOT_DELETABLE


# -- lists ---------------------------------------------------------------------------------------------------------


async def test_a_list_tells_designs_from_clones_and_names_their_models(scene: Scene[CosyVoice]) -> None:
    designed = (await scene.system.design(BRIEF, nothing, no_task)).voice
    cloned = (await scene.system.clone(CLONE, nothing)).voice
    scene.studio.review(designed.voice_id)
    voices = await scene.system.voices("intl", None, "", nothing)
    assert scene.bodies()[-1] == {
        "model": "voice-enrollment",
        "input": {"action": "list_voice", "page_size": 100, "page_index": 0},
    }
    assert [(one.name, one.origin, one.target_model, one.status) for one in voices] == [
        ("announcer", Origin.DESIGNED, "cosyvoice-v3.5-plus", Status.READY),
        ("myvoice", Origin.CLONED, "cosyvoice-v3.5-plus", Status.IN_REVIEW),
    ]
    only = await scene.system.voices("intl", Origin.CLONED, "", nothing)
    assert [one.voice_id for one in only] == [cloned.voice_id]
    assert await scene.system.voices("intl", Origin.BUILT_IN, "", nothing) == ()
    assert await scene.system.voices("cn", None, "", nothing) == ()


@pytest.mark.parametrize(("keyword", "sent"), [("announcer", True), ("Announcer", False), ("a b", False), ("", False)])
async def test_a_keyword_that_can_be_a_prefix_is_one(scene: Scene[CosyVoice], keyword: str, sent: bool) -> None:
    await scene.system.voices("intl", None, keyword, nothing)
    assert ("prefix" in scene.bodies()[0]["input"]) == sent


async def test_a_long_list_is_fetched_to_its_end(scene: Scene[CosyVoice]) -> None:
    scene.studio.cosyvoices = {
        voice_id: {"voice_id": voice_id} for voice_id in (f"cosyvoice-v3-plus-v{at}-1" for at in range(250))
    }
    voices = await scene.system.voices("intl", None, "", nothing)
    assert len(voices) == 250
    assert [body["input"]["page_index"] for body in scene.bodies()] == [0, 1, 2]
    assert {one.status for one in voices} == {Status.UNKNOWN}


def test_what_an_id_tells() -> None:
    designed = ("cosyvoice-v3.5-plus", Origin.DESIGNED, "announcer")
    assert parts_of("cosyvoice-v3.5-plus-vd-announcer-xxxxxx") == designed
    assert parts_of("cosyvoice-v3.5-plus-myvoice-xxxx") == ("cosyvoice-v3.5-plus", Origin.CLONED, "myvoice")
    assert parts_of("cosyvoice-v3-plus-bob-0b2c-44d") == ("cosyvoice-v3-plus", Origin.CLONED, "bob")
    assert parts_of("cosyvoice-v3-flash-vd-ab12") == ("cosyvoice-v3-flash", Origin.CLONED, "vd")
    assert parts_of("cosyvoice-v9-mini-vd-bob-a1") == ("cosyvoice-v9-mini", Origin.DESIGNED, "bob")
    assert parts_of("yourVoice") == ("", Origin.CLONED, "yourVoice")


# -- cloning -------------------------------------------------------------------------------------------------------


async def test_a_clone_from_an_address(scene: Scene[CosyVoice]) -> None:
    cloned = await scene.system.clone(CLONE, nothing)
    assert scene.bodies() == [
        {
            "model": "voice-enrollment",
            "input": {
                "action": "create_voice",
                "target_model": "cosyvoice-v3.5-plus",
                "prefix": "myvoice",
                "url": "https://public.example/a.wav",
            },
        }
    ]
    assert "x-dashscope-ossresourceresolve" not in scene.sent[0].headers
    voice = cloned.voice
    assert voice.voice_id.startswith("cosyvoice-v3.5-plus-myvoice-")
    assert (voice.origin, voice.status, voice.language) == (Origin.CLONED, Status.IN_REVIEW, None)
    assert (voice.name, voice.target_model, cloned.degraded) == ("My voice", "cosyvoice-v3.5-plus", "")


async def test_a_sample_goes_through_the_temporary_store_without_the_key(scene: Scene[CosyVoice]) -> None:
    brief = replace(CLONE, sample_url="", sample=SAMPLE, language=Language.DE)
    await scene.system.clone(brief, nothing)
    policy, post, create = scene.sent
    assert dict(policy.query) == {"action": "getPolicy", "model": "voice-enrollment"}
    assert "authorization" in policy.headers
    assert "authorization" not in post.headers
    assert list(scene.studio.stored.values()) == [SAMPLE.data]
    assert "Grandmother" not in post.body.decode("latin-1")
    assert post.fields["x-oss-content-type"] == "audio/wav"
    assert create.headers["x-dashscope-ossresourceresolve"] == "enable"
    assert create.json["input"] == {
        "action": "create_voice",
        "target_model": "cosyvoice-v3.5-plus",
        "prefix": "myvoice",
        "url": f"oss://{post.fields['key']}",
        "language_hints": ["de"],
    }


async def test_a_policy_that_lacks_something(scene: Scene[CosyVoice]) -> None:
    scene.changes(lambda told: told["data"].pop("signature") and None)
    with pytest.raises(StudioError) as caught:
        await scene.system.clone(replace(CLONE, sample_url="", sample=SAMPLE), nothing)
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.UNREADABLE, False)
    assert "signature" in caught.value.detail
    assert len(scene.sent) == 1


async def test_a_store_that_says_no_costs_nothing(scene: Scene[CosyVoice]) -> None:
    scene.server.fail(status(403, "<Error/>"), when=lambda request: request.path.startswith("/store"))
    with pytest.raises(StudioError) as caught:
        await scene.system.clone(replace(CLONE, sample_url="", sample=SAMPLE), nothing)
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.NOT_ALLOWED, False)
    assert len(scene.sent) == 2


# -- what it says of itself ----------------------------------------------------------------------------------------


def test_limits_are_the_documents(scene: Scene[CosyVoice]) -> None:
    limits = INFO.design_model().limits
    assert not problems(replace(BRIEF, description="d" * 500, preview_text="p" * 200), limits)
    faults = problems(
        replace(
            BRIEF, description="d" * 501, preview_text="p" * 201, language=Language.DE, rate_hz=8_000, handle="a" * 11
        ),
        limits,
    )
    assert [one.field for one in faults] == [
        *(Field.DESCRIPTION, Field.PREVIEW_TEXT, Field.HANDLE, Field.LANGUAGE, Field.RATE)
    ]
    assert [one.fault for one in problems(replace(BRIEF, handle="A_b"), limits)] == [Fault.NOT_PLAIN]
    assert limits.preview_advised == 15
    assert not problems(replace(BRIEF, preview_text="Hi."), limits)
    big = Sample(bytes(10_000_001), Media.WAV)
    assert clone_problems(replace(CLONE, sample=big), INFO.clone_model().limits)[0].fault is Fault.TOO_BIG


def test_it_is_not_spoken_with_yet(scene: Scene[CosyVoice]) -> None:
    assert not isinstance(scene.system, Speaker)
    assert not any(one.speaks for one in (*INFO.designs, *INFO.clones))
    assert scene.system.info is INFO
    assert [one.model for one in INFO.designs][:1] == ["cosyvoice-v3.5-plus"]
