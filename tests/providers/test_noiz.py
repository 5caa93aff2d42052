from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Fault, Field, clone_problems, price_of
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin
from studio.providers.noiz import INFO, SPEECH, Noiz
from tests.fakes import noiz as pretend
from tests.fakes.exchange import Upload, page, status
from tests.fakes.model_studio import tone
from tests.fakes.voices import voice
from tests.providers.scene import Scene, played

CLONE = CloneBrief("noiz", "Großmutter", Sample(tone(1.0), Media.M4A, "语音.wav"), has_right=True)

Stage = Scene[Noiz, pretend.Noiz]


def nothing(_: float | None) -> None: ...


@pytest.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    app = pretend.Noiz()
    async with played(Noiz, app, app.key, "", monkeypatch) as scene:
        yield scene


# -- cloning -------------------------------------------------------------------------------------------------------


async def test_a_sample_becomes_a_voice(scene: Stage) -> None:
    cloned = await scene.system.clone(CLONE, nothing)
    form = scene.app.forms[0]
    assert form.fields == {"display_name": "Großmutter"}
    assert form.files == {"file": Upload("语音.m4a", "audio/mp4", tone(1.0))}
    made = cloned.voice
    assert (made.system, made.voice_id, made.name) == ("noiz", "voice000003", "Großmutter")
    assert (made.origin, made.target_model, made.account) == (Origin.CLONED, "", "")
    assert (made.language, made.preview_text) == (Language.EN, "As it was said.")
    assert cloned.degraded == ""


@pytest.mark.parametrize("denoise", [True, False])
async def test_what_the_person_set_is_sent(scene: Stage, denoise: bool) -> None:
    brief = replace(
        CLONE, sample=None, sample_url="https://public.example/a.wav", denoise=denoise, language=Language.ZH
    )
    await scene.system.clone(replace(brief, transcript="No field takes this."), nothing)
    form = scene.app.forms[0]
    assert form.files == {}
    assert form.fields == {
        "voice_url": "https://public.example/a.wav",
        "display_name": "Großmutter",
        "denoise": "true" if denoise else "false",
        "language": "zh",
    }


async def test_a_detail_that_fails_takes_nothing_away(scene: Stage) -> None:
    scene.app.quiet = True
    scene.server.fail(status(404), when=lambda request: request.method == "GET")
    cloned = await scene.system.clone(replace(CLONE, language=Language.FR), nothing)
    assert (cloned.voice.voice_id, cloned.voice.name) == ("voice000003", "Großmutter")
    assert (cloned.voice.origin, cloned.voice.language) == (Origin.CLONED, Language.FR)


@pytest.mark.parametrize("told", [{"code": 0}, {"code": 0, "data": {}}, {"code": 0, "data": {"voice_id": None}}, {}])
async def test_a_clone_without_an_id_may_be_there(scene: Stage, told: dict[str, object]) -> None:
    scene.app.verdicts.append(told)
    with pytest.raises(StudioError) as caught:
        await scene.system.clone(CLONE, nothing)
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.UNREADABLE, True)


async def test_a_rate_limit_inside_a_200_is_waited_for(scene: Stage) -> None:
    scene.app.verdicts += [{"message": "You've hit the rate limit. Please retry in 20 seconds"}]
    assert (await scene.system.clone(CLONE, nothing)).voice.voice_id == "voice000003"
    assert scene.clock.slept == [20.0]


async def test_a_limit_that_lasts_is_not_waited_for(scene: Stage) -> None:
    scene.app.verdicts.append({"code": 429, "message": "The monthly quota is used up", "retry_after": 1})
    with pytest.raises(StudioError) as caught:
        await scene.system.clone(CLONE, nothing)
    assert (caught.value.reason, caught.value.retryable) == (Reason.NO_CREDIT, False)
    assert len(scene.asked) == 1


async def test_the_request_id_of_the_body_is_kept(scene: Stage) -> None:
    scene.app.verdicts.append({"code": 0, "request_id": "r-1", "data": {"voice_id": "v"}})
    assert (await scene.system.clone(CLONE, nothing)).request_id == "r-1"
    scene.app.verdicts.append({"code": 0, "request_id": "r-2", "data": {}})
    with pytest.raises(StudioError) as caught:
        await scene.system.clone(CLONE, nothing)
    assert caught.value.request_id == "r-2"


async def test_a_verdict_inside_a_200_is_final(scene: Stage) -> None:
    scene.app.verdicts.append({"code": 402, "message": "Insufficient credits"})
    with pytest.raises(StudioError) as caught:
        await scene.system.clone(CLONE, nothing)
    error = caught.value
    assert (error.reason, error.code, error.detail) == (Reason.NO_CREDIT, "402", "Insufficient credits")
    assert not error.maybe_done
    assert len(scene.asked) == 1


# -- the list ------------------------------------------------------------------------------------------------------


async def test_the_lists(scene: Stage) -> None:
    for number in range(250):
        scene.app.add(f"Mine {number}")
    scene.app.voices["voice000007"]["delete_time"] = 1738669999
    own = await scene.system.voices("", None, "", nothing)
    assert len(own) == 249
    assert {one.origin for one in own} == {Origin.CLONED}
    assert [query["skip"] for query in scene.app.queries] == ["0", "1", "2"]
    assert scene.app.queries[0] == {"voice_type": "custom", "skip": "0", "limit": "100"}
    built_in = await scene.system.voices("", Origin.BUILT_IN, "", nothing)
    assert [(one.name, one.origin, one.language) for one in built_in] == [
        ("Nova", Origin.BUILT_IN, Language.EN),
        ("Orion", Origin.BUILT_IN, Language.EN),
    ]
    assert await scene.system.voices("", Origin.DESIGNED, "", nothing) == ()


async def test_a_keyword_goes_to_the_server(scene: Stage) -> None:
    found = await scene.system.voices("", Origin.BUILT_IN, "ori", nothing)
    assert [one.name for one in found] == ["Orion"]
    assert scene.app.queries == [{"voice_type": "built-in", "keyword": "ori", "skip": "0", "limit": "100"}]


async def test_voices_of_the_other_type_are_left_out(scene: Stage) -> None:
    """A server that doesn't know `voice_type` gives all of them."""
    listed = {"voices": [*scene.app.voices.values(), {"voice_id": "p", "voice_type": "premium"}], "total_count": 3}
    scene.app.verdicts.append({"code": 0, "data": listed})
    found = await scene.system.voices("", None, "", nothing)
    assert [(one.voice_id, one.origin) for one in found] == [("p", Origin.BUILT_IN)]


async def test_the_number_of_voices_is_the_probe(scene: Stage) -> None:
    scene.app.add("Mine")
    assert (await scene.system.probe("")).voices == 1


# -- one voice -----------------------------------------------------------------------------------------------------


async def test_a_voice_is_looked_up_and_deleted(scene: Stage) -> None:
    found = await scene.system.look_up(scene.app.add("Mine"), "")
    assert (found.name, found.origin) == ("Mine", Origin.CLONED)
    await scene.system.delete(found)
    assert scene.app.voices[found.voice_id]["delete_time"]
    await scene.system.delete(found)
    with pytest.raises(StudioError) as caught:
        await scene.system.look_up(found.voice_id, "")
    assert caught.value.reason is Reason.NO_SUCH_VOICE


async def test_gone_by_the_code_inside_or_by_its_time_is_gone(scene: Stage) -> None:
    own = voice(system="noiz", voice_id="x/../y z", origin=Origin.CLONED)
    scene.app.verdicts += [{"code": 404, "message": "Voice not found"}] * 2
    await scene.system.delete(own)
    with pytest.raises(StudioError) as caught:
        await scene.system.look_up(own.voice_id, "")
    assert caught.value.reason is Reason.NO_SUCH_VOICE
    assert {path for _, path in scene.asked} == {"/voices/x%2F..%2Fy%20z"}
    scene.app.verdicts.append({"code": 0, "data": {"voice_id": "v", "delete_time": 1738669999}})
    with pytest.raises(StudioError) as caught:
        await scene.system.look_up("v", "")
    assert caught.value.reason is Reason.NO_SUCH_VOICE


async def test_a_built_in_voice_is_not_deleted(scene: Stage) -> None:
    with pytest.raises(StudioError) as caught:
        await scene.system.delete(voice(system="noiz", origin=Origin.BUILT_IN))
    assert caught.value.reason is Reason.NOT_DELETABLE
    assert scene.asked == []


async def test_a_page_is_no_deletion(scene: Stage) -> None:
    own = await scene.system.look_up(scene.app.add("Mine"), "")
    scene.server.fail(page(200))
    with pytest.raises(StudioError) as caught:
        await scene.system.delete(own)
    assert caught.value.reason is Reason.NOT_JSON


# -- speech and the key --------------------------------------------------------------------------------------------


async def test_a_long_text_is_spoken_part_by_part(scene: Stage) -> None:
    own = await scene.system.look_up(scene.app.add("Mine", language="zh"), "")
    text = "你好，世界。" * 900
    clip = await scene.system.speak(own, text, 16_000, AudioFormat.WAV, nothing)
    fields = [form.fields for form in scene.app.forms]
    assert [one["target_lang"] for one in fields] == ["zh", "zh"]
    assert "".join(one["text"] for one in fields) == text
    assert max(len(one["text"]) for one in fields) <= 5_000
    assert clip.rate_hz == 16_000


async def test_an_mp3_is_asked_for_as_one(scene: Stage) -> None:
    own = await scene.system.look_up(scene.app.add("Mine", language="fr"), "")
    clip = await scene.system.speak(own, "Bonsoir à tous.", None, AudioFormat.MP3, nothing)
    assert clip.format is AudioFormat.MP3
    assert scene.app.forms[0].fields == {
        "text": "Bonsoir à tous.",
        "voice_id": own.voice_id,
        "output_format": "mp3",
    }


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"code": 0, "data": {}}, Reason.UNREADABLE),
        ({"code": 402, "message": "Insufficient credits"}, Reason.NO_CREDIT),
        ({"code": 404, "message": "Voice not found"}, Reason.NO_SUCH_VOICE),
    ],
)
async def test_json_in_place_of_sound_is_an_error(scene: Stage, told: dict[str, object], reason: Reason) -> None:
    own = await scene.system.look_up(scene.app.add("Mine"), "")
    scene.app.verdicts.append(told)
    with pytest.raises(StudioError) as caught:
        await scene.system.speak(own, "Hello.", None, AudioFormat.WAV, nothing)
    assert (caught.value.reason, caught.value.system) == (reason, "noiz")


@pytest.mark.parametrize(("key", "told"), [("sk-not-base64", True), ("bm9pei1rZXktcmlnaHQ=", False)])
async def test_a_refused_key_that_is_no_base64_is_to_be_pasted_as_it_is(
    scene: Stage, monkeypatch: pytest.MonkeyPatch, key: str, told: bool
) -> None:
    scene.app.key = "b3RoZXI="
    async with played(Noiz, scene.app, key, "", monkeypatch) as other:
        with pytest.raises(StudioError) as caught:
            await other.system.probe("")
    assert caught.value.reason is Reason.KEY_REFUSED
    assert ("exactly as the site shows it" in caught.value.detail) == told
    assert key not in caught.value.detail


def test_what_is_offered_follows_the_document() -> None:
    limits = INFO.clone_model().limits
    assert clone_problems(CLONE, limits) == ()
    assert clone_problems(replace(CLONE, sample=None, sample_url="https://a.example/b"), limits) == ()
    assert clone_problems(replace(CLONE, has_right=False), limits)[0].fault is Fault.NOT_ACCEPTED
    assert clone_problems(replace(CLONE, sample=None), limits)[0].field is Field.SAMPLE
    assert limits.takes_denoise
    assert not limits.takes_transcript
    assert price_of("x" * 10_000, SPEECH) == 0.15
    assert "stays" in INFO.deletion
