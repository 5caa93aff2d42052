from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Fault, Field, clone_problems, problems
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin, Status
from studio.ports import Streamer
from studio.providers.model_studio_cosyvoice import INFO, CosyVoice
from tests.fakes.exchange import dropped, status
from tests.fakes.model_studio import tone
from tests.fakes.model_studio_regions import Scene, both_regions
from tests.providers.announcer import COSYVOICE, nothing

CLONE = CloneBrief("cosyvoice", "My voice", sample_url="https://public.example/a.wav", has_right=True, handle="myvoice")
SAMPLE = Sample(tone(1.0), Media.WAV, "Grandmother 1962.wav")


@pytest.fixture
async def scene() -> AsyncIterator[Scene[CosyVoice]]:
    async with both_regions(CosyVoice) as scene:
        yield scene


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


async def test_a_sample_whose_first_arrival_was_not_heard_of_is_there(scene: Scene[CosyVoice]) -> None:
    at_store = lambda request: request.path.startswith("/store")  # noqa: E731
    scene.server.fail(dropped(handled=True), when=at_store)
    scene.server.fail(status(409, "<Error><Code>FileAlreadyExists</Code></Error>"), when=at_store)
    await scene.system.clone(replace(CLONE, sample_url="", sample=SAMPLE), nothing)
    assert len(scene.studio.cosyvoices) == 1


async def test_a_store_that_says_no_costs_nothing(scene: Scene[CosyVoice]) -> None:
    scene.server.fail(status(403, "<Error/>"), when=lambda request: request.path.startswith("/store"))
    with pytest.raises(StudioError) as caught:
        await scene.system.clone(replace(CLONE, sample_url="", sample=SAMPLE), nothing)
    assert (caught.value.reason, caught.value.maybe_done) == (Reason.NOT_ALLOWED, False)
    assert len(scene.sent) == 2


# -- what it says of itself ------------------------------------------------------------------------------------------


def test_limits_are_the_documents(scene: Scene[CosyVoice]) -> None:
    limits = INFO.design_model().limits
    assert not problems(replace(COSYVOICE, description="d" * 500, preview_text="p" * 200), limits)
    wrong = replace(COSYVOICE, description="d" * 501, preview_text="p" * 201, handle="a" * 11)
    faults = problems(replace(wrong, language=Language.DE, rate_hz=8_000), limits)
    assert [one.field for one in faults] == [
        *(Field.DESCRIPTION, Field.PREVIEW_TEXT, Field.HANDLE, Field.LANGUAGE, Field.RATE)
    ]
    assert [one.fault for one in problems(replace(COSYVOICE, handle="A_b"), limits)] == [Fault.NOT_PLAIN]
    assert limits.preview_advised == 15
    assert not problems(replace(COSYVOICE, preview_text="Hi."), limits)
    big = Sample(bytes(10_000_001), Media.WAV)
    assert clone_problems(replace(CLONE, sample=big), INFO.clone_model().limits)[0].fault is Fault.TOO_BIG


def test_every_model_is_spoken_with(scene: Scene[CosyVoice]) -> None:
    assert isinstance(scene.system, Streamer)
    assert all(one.speaks for one in (*INFO.designs, *INFO.clones))
    assert scene.system.info is INFO
    assert [one.model for one in INFO.designs][:1] == ["cosyvoice-v3.5-plus"]


def test_what_stays_behind_is_said() -> None:
    assert "48 hours" in INFO.deletion
