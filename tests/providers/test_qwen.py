from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.briefs import Brief, CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Fault, Field, clone_problems, price_of, problems
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin, Status, Voice
from studio.providers.model_studio_qwen import INFO, Qwen, origin_of
from tests.fakes.exchange import dropped, held, status
from tests.fakes.model_studio import Refused, tone
from tests.fakes.model_studio_regions import CN, Scene, both_regions

PROMPT = (
    "A composed middle-aged male announcer with a deep, rich and magnetic voice, a steady speaking speed and clear "
    "articulation, is suitable for news broadcasting or documentary commentary."
)
PREVIEW = "Dear listeners, hello everyone. Welcome to the evening news."
REALTIME = "qwen3-tts-vd-realtime-2026-01-15"
BRIEF = Brief("qwen", PROMPT, PREVIEW, Language.EN, name="The announcer", handle="announcer")
DESIGN = {
    "model": "qwen-voice-design",
    "input": {
        "action": "create",
        "target_model": REALTIME,
        "preferred_name": "announcer",
        "voice_prompt": PROMPT,
        "preview_text": PREVIEW,
        "language": "en",
    },
    "parameters": {"sample_rate": 24000, "response_format": "wav"},
}
CLONE = CloneBrief("qwen", "Guan Yu", sample_url="https://xxx.wav", has_right=True, handle="guanyu")
CLONE_REALTIME = replace(CLONE, model="qwen3-tts-vc-realtime-2026-01-15")
ENROLMENT: dict[str, Any] = {
    "model": "qwen-voice-enrollment",
    "input": {
        "action": "create",
        "target_model": "qwen3-tts-vc-realtime-2026-01-15",
        "preferred_name": "guanyu",
        "audio": {"data": "https://xxx.wav"},
    },
}


def nothing(_: float | None) -> None: ...


async def no_task(_: str) -> None:
    raise AssertionError("there are no tasks here")


@pytest.fixture
async def scene() -> AsyncIterator[Scene[Qwen]]:
    async with both_regions(Qwen) as scene:
        yield scene


async def made(scene: Scene[Qwen], **changes: Any) -> Voice:
    return (await scene.system.design(replace(BRIEF, **changes), nothing, no_task)).voice


# -- designing -----------------------------------------------------------------------------------------------------


async def test_a_design_is_the_documents_own_request(scene: Scene[Qwen]) -> None:
    designed = await scene.system.design(replace(BRIEF, model=REALTIME), nothing, no_task)
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
    designed = await scene.system.design(BRIEF, nothing, no_task)
    assert (designed.voice.voice_id, designed.voice.target_model) == ("yourVoice", REALTIME)
    assert (designed.request_id, designed.trouble) == ("xxxx-xxxx-xxxx", None)
    assert designed.preview


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 24_000, 48_000])
@pytest.mark.parametrize("audio_format", [AudioFormat.WAV, AudioFormat.MP3, AudioFormat.OPUS, AudioFormat.PCM])
async def test_every_rate_and_format(scene: Scene[Qwen], rate_hz: int, audio_format: AudioFormat) -> None:
    brief = replace(BRIEF, rate_hz=rate_hz, format=audio_format)
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
    cloned = await scene.system.clone(CLONE, nothing)
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
    designed = await scene.system.design(BRIEF, nothing, no_task)
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
    for work in (scene.system.design(BRIEF, nothing, no_task), scene.system.clone(CLONE, nothing)):
        scene.tells({**whole, "request_id": "r"})
        with pytest.raises(StudioError) as caught:
            await work
        assert (caught.value.reason, caught.value.maybe_done) == (Reason.UNREADABLE, True)
        assert caught.value.request_id == "r"


async def test_an_answer_that_names_another_rate_is_believed(scene: Scene[Qwen]) -> None:
    scene.changes(lambda told: told["output"]["preview_audio"].update(sample_rate=48_000, response_format="pcm"))
    brief = replace(BRIEF, format=AudioFormat.PCM)
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


# -- cloning -------------------------------------------------------------------------------------------------------


async def test_a_clone_is_the_documents_own_request(scene: Scene[Qwen]) -> None:
    cloned = await scene.system.clone(CLONE_REALTIME, nothing)
    assert scene.bodies() == [ENROLMENT]
    voice = cloned.voice
    assert voice.voice_id.startswith("qwen-tts-vc-guanyu-voice-")
    assert (voice.origin, voice.status, voice.name) == (Origin.CLONED, Status.READY, "Guan Yu")
    assert (voice.target_model, voice.language) == (CLONE_REALTIME.model, None)
    assert (cloned.degraded, cloned.request_id[:8]) == ("", "request-")


async def test_a_transcript_and_a_language_go_along_where_they_were_given(scene: Scene[Qwen]) -> None:
    text = "Optional. Text matching the audio content."
    brief = replace(CLONE_REALTIME, transcript=text, language=Language.ZH)
    assert (await scene.system.clone(brief, nothing)).voice.language is Language.ZH
    assert scene.bodies() == [{**ENROLMENT, "input": {**ENROLMENT["input"], "text": text, "language": "zh"}}]


async def test_the_documents_own_answer_to_a_clone(scene: Scene[Qwen]) -> None:
    output = {"voice": "yourVoice", "target_model": "qwen3-tts-vc-realtime-2026-01-15"}
    scene.tells({"output": output, "usage": {"count": 1}, "request_id": "yourRequestId"})
    cloned = await scene.system.clone(CLONE, nothing)
    assert (cloned.voice.voice_id, cloned.request_id) == ("yourVoice", "yourRequestId")
    assert cloned.voice.target_model == "qwen3-tts-vc-realtime-2026-01-15"


@pytest.mark.parametrize("media", list(Media))
async def test_a_sample_goes_as_a_data_url_of_its_own_kind(scene: Scene[Qwen], media: Media) -> None:
    sample = Sample(tone(0.2), media)
    await scene.system.clone(replace(CLONE, sample_url="", sample=sample), nothing)
    said = scene.bodies()[0]["input"]["audio"]["data"]
    head, _, encoded = said.partition(",")
    assert head == f"data:{media.value};base64"
    assert base64.b64decode(encoded) == sample.data


async def test_a_clone_of_lesser_quality_says_so(scene: Scene[Qwen]) -> None:
    scene.studio.fallback = "no_merged_segments"
    assert (await scene.system.clone(CLONE, nothing)).degraded == "no_merged_segments"
    scene.changes(lambda told: told["output"].pop("fallback_reason") and None)
    assert (await scene.system.clone(CLONE, nothing)).degraded == "fallback_mode"
    scene.changes(lambda told: told["output"].update(fallback_mode=False))
    assert (await scene.system.clone(CLONE, nothing)).degraded == ""


async def test_a_sample_that_does_not_fit_its_transcript(scene: Scene[Qwen]) -> None:
    for transcript, reason in (("Other words.", Reason.TRANSCRIPT_REFUSED), ("", Reason.SAMPLE_REFUSED)):
        scene.studio.refusals = [Refused(400, "Audio.PreprocessError", "Audio preprocess error.")]
        with pytest.raises(StudioError) as caught:
            await scene.system.clone(replace(CLONE, transcript=transcript), nothing)
        assert (caught.value.reason, caught.value.code) == (reason, "Audio.PreprocessError")


# -- lists, queries, deletes ---------------------------------------------------------------------------------------


async def test_each_family_has_its_own_list(scene: Scene[Qwen]) -> None:
    designed, cloned = await made(scene), (await scene.system.clone(CLONE, nothing)).voice
    scene.sent.clear()
    voices = await scene.system.voices("intl", None, "announcer", nothing)
    assert scene.bodies() == [
        {"model": "qwen-voice-design", "input": {"action": "list", "page_size": 100, "page_index": 0}},
        {"model": "qwen-voice-enrollment", "input": {"action": "list", "page_size": 100, "page_index": 0}},
    ]
    assert [(one.voice_id, one.origin, one.name) for one in voices] == [
        (designed.voice_id, Origin.DESIGNED, "announcer"),
        (cloned.voice_id, Origin.CLONED, "guanyu"),
    ]
    assert (voices[0].description, voices[0].preview_text, voices[0].language) == (PROMPT, PREVIEW, Language.EN)
    assert voices[0].created == datetime(2025, 8, 11, 9, 59, 32, tzinfo=UTC)
    for origin, expected in ((Origin.DESIGNED, designed), (Origin.CLONED, cloned)):
        only = await scene.system.voices("intl", origin, "", nothing)
        assert [one.voice_id for one in only] == [expected.voice_id]
    assert await scene.system.voices("intl", Origin.BUILT_IN, "", nothing) == ()


async def test_the_documents_own_list_of_clones(scene: Scene[Qwen]) -> None:
    items = [
        {
            "voice": "yourVoice1",
            "gmt_create": "2025-08-11 17:59:32",
            "target_model": "qwen3-tts-vc-realtime-2026-01-15",
        },
        {
            "voice": "yourVoice2",
            "gmt_create": "2025-08-11 17:38:10",
            "target_model": "qwen3-tts-vc-realtime-2026-01-15",
        },
    ]
    scene.tells({"output": {"voice_list": items}, "usage": {"count": 0}, "request_id": "yourRequestId"})
    voices = await scene.system.voices("intl", Origin.CLONED, "", nothing)
    assert [(one.voice_id, one.name, one.language) for one in voices] == [
        ("yourVoice1", "yourVoice1", None),
        ("yourVoice2", "yourVoice2", None),
    ]


async def test_a_list_of_ten_thousand_with_pages_of_the_servers_own_size(scene: Scene[Qwen]) -> None:
    scene.studio.designs = {f"v{at}": {"voice": f"v{at}"} for at in range(10_000)}
    told: list[float | None] = []
    voices = await scene.system.voices("intl", Origin.DESIGNED, "", told.append)
    assert len(voices) == 10_000
    assert len(scene.sent) == 100
    assert told[:2] == [None, 0.01]
    scene.sent.clear()
    scene.studio.largest_page = 60
    scene.studio.designs = {f"v{at}": {"voice": f"v{at}"} for at in range(130)}
    assert len(await scene.system.voices("intl", Origin.DESIGNED, "", nothing)) == 130
    assert len(scene.sent) == 3


def page_of(*names: str, **more: object) -> dict[str, object]:
    return {"output": {"voice_list": [{"voice": name} for name in names], **more}, "request_id": "r"}


async def test_a_list_that_never_ends_is_left(scene: Scene[Qwen]) -> None:
    same = page_of(*(f"v{at}" for at in range(100)))
    scene.server.fail(status(200, json=same), times=1_000)
    voices = await scene.system.voices("intl", Origin.CLONED, "", nothing)
    assert (len(voices), len(scene.sent)) == (100, 3)


async def test_a_list_that_always_has_more_is_left_at_twenty_thousand(scene: Scene[Qwen]) -> None:
    for start in range(0, 21_000, 1_000):
        page = page_of(*(f"v{at}" for at in range(start, start + 1_000)), total_count=10**400)
        scene.server.fail(status(200, json=page))
    voices = await scene.system.voices("intl", Origin.CLONED, "", nothing)
    assert (len(voices), len(scene.sent)) == (20_000, 20)


async def test_broken_items_are_left_out_and_broken_lists_refused(scene: Scene[Qwen]) -> None:
    items = [None, 7, "v", {}, {"voice": None}, {"voice": "good", "gmt_create": 5, "language": "xx"}, {"voice": "good"}]
    scene.server.fail(status(200, json={"output": {"voice_list": items, "total_count": "many"}}))
    voices = await scene.system.voices("intl", Origin.CLONED, "", nothing)
    assert [(one.voice_id, one.language, one.target_model) for one in voices] == [("good", None, "")]
    for empty in ({"voice_list": None}, {"voice_list": []}, {"total_count": 0, "voice_list": []}):
        scene.server.fail(status(200, json={"output": empty}))
        assert await scene.system.voices("intl", Origin.CLONED, "", nothing) == ()
    for broken in ({}, {"output": None}, {"output": {}}, {"output": {"voice_list": {"a": 1}}}):
        scene.server.fail(status(200, json=broken))
        with pytest.raises(StudioError) as caught:
            await scene.system.voices("intl", Origin.CLONED, "", nothing)
        assert caught.value.reason is Reason.UNREADABLE


async def test_one_list_that_fails_fails_both(scene: Scene[Qwen]) -> None:
    await made(scene)
    denied = status(403, json={"code": "Model.AccessDenied", "message": "no"})
    scene.server.fail(denied, when=lambda request: b"enrollment" in request.body)
    with pytest.raises(StudioError) as caught:
        await scene.system.voices("intl", None, "", nothing)
    assert caught.value.reason is Reason.NOT_ALLOWED


async def test_a_list_is_asked_for_again(scene: Scene[Qwen]) -> None:
    scene.server.fail(dropped(), times=1)
    scene.server.fail(status(503))
    assert await scene.system.voices("intl", Origin.CLONED, "", nothing) == ()
    assert len(scene.sent) == 3


async def test_looking_up_a_designed_voice(scene: Scene[Qwen]) -> None:
    voice = await made(scene)
    scene.sent.clear()
    found = await scene.system.look_up(voice.voice_id, "intl")
    assert scene.bodies() == [
        {"model": "qwen-voice-design", "input": {"action": "query", "voice": voice.voice_id}},
    ]
    assert (found.origin, found.target_model, found.language) == (Origin.DESIGNED, voice.target_model, Language.EN)


async def test_looking_up_a_cloned_voice_goes_through_the_list(scene: Scene[Qwen]) -> None:
    voice = (await scene.system.clone(CLONE, nothing)).voice
    scene.sent.clear()
    found = await scene.system.look_up(voice.voice_id, "intl")
    assert [body["input"]["action"] for body in scene.bodies()] == ["list"]
    assert (found.origin, found.voice_id) == (Origin.CLONED, voice.voice_id)


async def test_an_id_that_does_not_tell_is_tried_as_both(scene: Scene[Qwen]) -> None:
    scene.studio.clones["yourVoice"] = {"voice": "yourVoice", "target_model": "qwen3-tts-vc-2026-01-22"}
    found = await scene.system.look_up("yourVoice", "intl")
    assert (found.origin, found.target_model) == (Origin.CLONED, "qwen3-tts-vc-2026-01-22")
    scene.studio.designs["mine"] = {"voice": "mine"}
    assert (await scene.system.look_up("mine", "intl")).origin is Origin.DESIGNED
    for nobody in ("nobody", "qwen-tts-vc-nobody-voice-1-a", "qwen-tts-vd-nobody-voice-1-a"):
        with pytest.raises(StudioError) as caught:
            await scene.system.look_up(nobody, "intl")
        assert (caught.value.reason, caught.value.system) == (Reason.NO_SUCH_VOICE, "qwen")


async def test_each_family_deletes_its_own(scene: Scene[Qwen]) -> None:
    designed, cloned = await made(scene), (await scene.system.clone(CLONE, nothing)).voice
    scene.sent.clear()
    for voice in (designed, cloned, designed, cloned):
        await scene.system.delete(voice)
    assert not scene.studio.designs
    assert not scene.studio.clones
    assert scene.bodies()[:2] == [
        {"model": "qwen-voice-design", "input": {"action": "delete", "voice": designed.voice_id}},
        {"model": "qwen-voice-enrollment", "input": {"action": "delete", "voice": cloned.voice_id}},
    ]
    with pytest.raises(StudioError) as caught:
        await scene.system.delete(replace(designed, origin=Origin.BUILT_IN))
    assert caught.value.reason is Reason.NOT_DELETABLE


async def test_a_probe_counts_both_families(scene: Scene[Qwen]) -> None:
    assert (await scene.system.probe("intl")).voices is None  # the list of clones has no count (seed 001)
    assert [body["input"]["page_size"] for body in scene.bodies()] == [1, 1]
    scene.server.fail(status(200, json=page_of("a", total_count=3)), times=2)
    assert (await scene.system.probe("intl")).voices == 6


def test_what_an_id_tells() -> None:
    assert origin_of("qwen-tts-vd-announcer-voice-20251210170454-a1b2") is Origin.DESIGNED
    assert origin_of("qwen-tts-vc-guanyu-voice-20250812105009984-838b") is Origin.CLONED
    assert origin_of("qwen3-tts-vd-a-voice-1") is Origin.DESIGNED
    assert origin_of("yourVoice") is None


# -- speaking ------------------------------------------------------------------------------------------------------


async def test_speech_is_fetched_from_its_link_without_the_key(scene: Scene[Qwen]) -> None:
    voice = await made(scene)
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
    voice = replace(await made(scene), language=language)
    await scene.system.speak(voice, text, None, AudioFormat.WAV, nothing)
    assert scene.studio.spoken[0]["input"]["language_type"] == named


async def test_a_long_text_goes_in_parts_and_comes_back_whole(scene: Scene[Qwen]) -> None:
    voice = (await scene.system.clone(CLONE, nothing)).voice
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
    voice = await made(scene)
    inside = {"data": base64.b64encode(tone(0.3)).decode(), "url": None}
    scene.tells({"code": "", "output": {"audio": inside}, "request_id": "r"})
    clip = await scene.system.speak(voice, "Good evening.", None, AudioFormat.WAV, nothing)
    assert clip.seconds == pytest.approx(0.3)


@pytest.mark.parametrize("audio", [None, {}, {"url": None, "data": ""}, {"data": "?"}, {"url": "ftp://a/b"}])
async def test_an_answer_without_sound_is_unreadable(scene: Scene[Qwen], audio: object) -> None:
    voice = await made(scene)
    scene.tells({"code": "", "output": {"audio": audio}, "request_id": "r"})
    with pytest.raises(StudioError) as caught:
        await scene.system.speak(voice, "Good evening.", None, AudioFormat.WAV, nothing)
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.UNREADABLE, False)


async def test_an_empty_sound_and_an_expired_link(scene: Scene[Qwen]) -> None:
    voice = await made(scene)
    for fault, reason in ((status(200, b""), Reason.EMPTY_AUDIO), (status(403), Reason.LINK_EXPIRED)):
        scene.server.fail(fault, when=lambda request: request.method == "GET")
        with pytest.raises(StudioError) as caught:
            await scene.system.speak(voice, "Good evening.", None, AudioFormat.WAV, nothing)
        assert (caught.value.reason, caught.value.system) == (reason, "qwen")


async def test_a_realtime_voice_has_no_route_yet(scene: Scene[Qwen]) -> None:
    voice = await made(scene, model=REALTIME)
    scene.sent.clear()
    for model, reason in ((REALTIME, Reason.NO_ROUTE_YET), ("", Reason.CANNOT_SPEAK)):
        with pytest.raises(StudioError) as caught:
            await scene.system.speak(replace(voice, target_model=model), "Hello.", None, AudioFormat.WAV, nothing)
        assert (caught.value.reason, caught.value.system) == (reason, "qwen")
    assert scene.sent == []


async def test_lost_speech_leaves_no_voice_to_look_for_and_is_not_asked_for_twice(scene: Scene[Qwen]) -> None:
    voice = await made(scene)
    scene.sent.clear()
    scene.server.fail(dropped(handled=True))
    with pytest.raises(StudioError) as caught:
        await scene.system.speak(voice, "Hello.", None, AudioFormat.WAV, nothing)
    assert (caught.value.reason, caught.value.maybe_done, caught.value.retryable) == (Reason.ANSWER_CUT, False, True)
    assert len(scene.sent) == 1


async def test_cancelling_a_design_ends_its_request(scene: Scene[Qwen]) -> None:
    import asyncio

    scene.server.fail(held())
    task = asyncio.ensure_future(scene.system.design(BRIEF, nothing, no_task))
    await scene.server.arrived()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await scene.server.left_alone()


# -- what it says of itself ----------------------------------------------------------------------------------------


def test_limits_are_the_documents() -> None:
    limits = INFO.design_model().limits
    assert not problems(replace(BRIEF, description="d" * 2048, preview_text="p" * 1024, handle="A_b9" * 4), limits)
    faults = problems(replace(BRIEF, description="d" * 2049, preview_text="😀" * 1025, handle="a" * 17), limits)
    assert [(one.field, one.fault) for one in faults] == [
        (Field.DESCRIPTION, Fault.TOO_LONG),
        (Field.PREVIEW_TEXT, Fault.TOO_LONG),
        (Field.HANDLE, Fault.TOO_LONG),
    ]
    assert [one.fault for one in problems(replace(BRIEF, handle="a-b"), limits)] == [Fault.NOT_PLAIN]
    assert not problems(replace(BRIEF, preview_text="Hi."), limits)


def test_an_encoded_sample_stays_under_ten_megabytes() -> None:
    limits = INFO.clone_model().limits
    head = len("data:audio/wav;base64,")
    largest = (10_000_000 - 1 - head) // 4 * 3
    assert not clone_problems(replace(CLONE, sample=Sample(bytes(largest), Media.WAV)), limits)
    too_big = clone_problems(replace(CLONE, sample=Sample(bytes(largest + 1), Media.WAV)), limits)
    assert [one.fault for one in too_big] == [Fault.TOO_BIG]


def test_prices_and_models() -> None:
    assert [(one.model, one.price_usd, one.speaks) for one in INFO.designs] == [
        ("qwen3-tts-vd-2026-01-26", 0.2, True),
        ("qwen3-tts-vd-realtime-2026-01-15", 0.2, False),
        ("qwen3-tts-vd-realtime-2025-12-16", 0.2, False),
    ]
    assert [(one.model, one.price_usd, one.speaks) for one in INFO.clones] == [
        ("qwen3-tts-vc-2026-01-22", 0.01, True),
        ("qwen3-tts-vc-realtime-2026-01-15", 0.01, False),
        ("qwen3-tts-vc-realtime-2025-11-27", 0.01, False),
    ]
    assert INFO.speech
    assert price_of("a" * 5_000 + "好" * 2_500, INFO.speech) == pytest.approx(0.13)
    assert INFO.regions == ("intl", "cn")


def test_bodies_hold_no_field_of_the_other_family() -> None:
    from studio.providers import model_studio_cosyvoice as cosyvoice
    from studio.providers import model_studio_qwen as qwen

    clone = replace(CLONE, transcript="t", language=Language.EN)
    ours = json.dumps([qwen.design_fields(BRIEF), qwen.clone_fields(clone, "u")])
    theirs = json.dumps([cosyvoice.design_fields(BRIEF), cosyvoice.clone_fields(clone, "u")])
    for foreign in ('"prefix"', '"language_hints"', '"url"', '"create_voice"', '"voice_id"'):
        assert foreign not in ours
    for foreign in ('"preferred_name"', '"language"', '"audio"', '"text"', '"create"'):
        assert foreign not in theirs
