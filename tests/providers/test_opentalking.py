from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from studio.domain.audio import AudioFormat
from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Fault, clone_problems
from studio.domain.samples import Media, Sample
from studio.domain.voices import Origin
from studio.providers.opentalking import INFO, OpenTalking
from tests.fakes import opentalking as pretend
from tests.fakes.exchange import Request, page, status
from tests.fakes.model_studio import tone
from tests.fakes.voices import voice
from tests.providers.scene import Scene, played

CLONE = CloneBrief("opentalking", "Alice's Voice", Sample(tone(1.0), Media.MP3, "alice.MP3"), has_right=True)
DASHSCOPE_MODEL = "qwen3-tts-vc-realtime-2026-01-15"

Stage = Scene[OpenTalking, pretend.OpenTalking]


def nothing(_: float | None) -> None: ...


@pytest.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    async with played(OpenTalking, pretend.OpenTalking(prefix="/talk/api"), "", "/talk/api", monkeypatch) as scene:
        yield scene


def is_delete(request: Request) -> bool:
    return request.method == "DELETE"


# -- cloning -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "backend", "handle", "sent"),
    [
        ("", "", "", {"provider": "dashscope", "target_model": DASHSCOPE_MODEL}),
        ("", "cosyvoice", "", {"provider": "cosyvoice", "target_model": "cosyvoice-v3-flash"}),
        (DASHSCOPE_MODEL, "", "alice_1", {"provider": "dashscope", "preferred_name": "alice_1"}),
        ("cosyvoice-v3-flash", "", "alice1", {"provider": "cosyvoice", "prefix": "alice1"}),
        ("cosyvoice-v9", "", "", {"provider": "cosyvoice", "target_model": "cosyvoice-v9"}),
        ("qwen9-vc", "", "", {"provider": "dashscope", "target_model": "qwen9-vc"}),
        ("qwen9-vc", "cosyvoice", "", {"provider": "cosyvoice", "target_model": "qwen9-vc"}),
    ],
)
async def test_the_backend_decides_what_is_sent(
    scene: Stage, model: str, backend: str, handle: str, sent: dict[str, str]
) -> None:
    brief = replace(CLONE, model=model, backend=backend, handle=handle, transcript="Nothing takes this.")
    cloned = await scene.system.clone(brief, nothing)
    form = scene.app.forms[0]
    assert form.fields == {"display_label": "Alice's Voice", "target_model": cloned.voice.target_model} | sent
    assert {name: (file.filename, file.media) for name, file in form.files.items()} == {
        "audio": ("alice.mp3", "audio/mpeg")
    }
    assert cloned.voice.recipe == sent["provider"]


async def test_a_sample_becomes_a_voice(scene: Stage) -> None:
    scene.app.add(display_label="Alice's Voice")
    made = (await scene.system.clone(CLONE, nothing)).voice
    assert made.name == "Alice's Voice-20261120-184648-714"
    assert (made.origin, made.target_model, made.account) == (Origin.CLONED, DASHSCOPE_MODEL, "")
    assert made.voice_id == scene.app.entries[-1]["voice_id"]
    listed = await scene.system.voices("", Origin.CLONED, "", nothing)
    assert made.voice_id in {one.voice_id for one in listed}


async def test_an_address_is_refused_before_anything_is_sent(scene: Stage) -> None:
    with pytest.raises(StudioError) as caught:
        await scene.system.clone(replace(CLONE, sample=None, sample_url="https://a.example/b.wav"), nothing)
    assert caught.value.reason is Reason.NOT_OFFERED
    assert scene.asked == []


async def test_the_request_id_of_the_body_is_kept(scene: Stage) -> None:
    scene.server.fail(status(200, json={"ok": True, "voice_id": "v", "request_id": "r-1"}))
    assert (await scene.system.clone(CLONE, nothing)).request_id == "r-1"
    scene.server.fail(status(200, json={"ok": True, "request_id": "r-2"}))
    with pytest.raises(StudioError) as caught:
        await scene.system.clone(CLONE, nothing)
    assert caught.value.request_id == "r-2"


@pytest.mark.parametrize(
    ("code", "told", "reason", "maybe_done"),
    [
        (502, {"detail": "DashScope: 音频不合格"}, Reason.SERVER_FAILED, False),
        (500, None, Reason.SERVER_FAILED, True),
        (400, {"detail": "audio is too short"}, Reason.REFUSED, False),
        (422, {"detail": [{"loc": ["body", "audio"], "msg": "Field required"}]}, Reason.REFUSED, False),
        (200, {"ok": True, "entry_id": 12}, Reason.UNREADABLE, True),
        (200, {"ok": False, "message": "no"}, Reason.REFUSED, False),
        (200, {"code": 402, "message": "Insufficient credits"}, Reason.NO_CREDIT, False),
        (429, {"detail": "voice quota exceeded"}, Reason.QUOTA_FULL, False),
        (500, {"detail": "Internal Server Error"}, Reason.SERVER_FAILED, True),
    ],
)
async def test_only_an_answer_that_is_lost_may_hide_a_voice(
    scene: Stage, code: int, told: object, reason: Reason, maybe_done: bool
) -> None:
    scene.server.fail(status(code, "Internal Server Error", json=told))
    with pytest.raises(StudioError) as caught:
        await scene.system.clone(CLONE, nothing)
    assert (caught.value.reason, caught.value.maybe_done) == (reason, maybe_done)
    assert len(scene.asked) == 1


# -- the list ------------------------------------------------------------------------------------------------------


async def test_the_lists(scene: Stage) -> None:
    scene.app.add(display_label="Alice's Voice")
    scene.app.add(display_label="Bob", provider="cosyvoice")
    own = await scene.system.voices("", None, "", nothing)
    assert [(one.name, one.recipe) for one in own] == [("Alice's Voice", "dashscope"), ("Bob", "cosyvoice")]
    assert [one.name for one in await scene.system.voices("", Origin.CLONED, "ALICE", nothing)] == ["Alice's Voice"]
    presets = await scene.system.voices("", Origin.BUILT_IN, "", nothing)
    assert [(one.voice_id, one.origin, one.target_model) for one in presets] == [("Cherry", Origin.BUILT_IN, "")]
    assert await scene.system.voices("", Origin.DESIGNED, "", nothing) == ()
    assert scene.app.queries == [{}] * 3
    assert (await scene.system.probe("")).voices == 3


async def test_ids_that_repeat_and_ids_as_long_as_a_sample(scene: Stage) -> None:
    for provider in ("local_cosyvoice", "local_f5_tts"):
        scene.app.add(id=-1, provider=provider, voice_id="narrator", source="system")
    for _ in range(12):
        scene.app.add(provider="xiaomi_mimo", voice_id=f"data:audio/wav;base64,{'A' * 700_000}{len(scene.app.entries)}")
    own = await scene.system.voices("", None, "", nothing)
    assert len(own) == 12
    assert len({one.voice_id for one in own}) == 12
    presets = await scene.system.voices("", Origin.BUILT_IN, "", nothing)
    assert [one.voice_id for one in presets] == ["Cherry", "narrator", "local_f5_tts/narrator"]
    assert (await scene.system.look_up("local_f5_tts/narrator", "")).recipe == "local_f5_tts"


@pytest.mark.parametrize(
    ("asked", "voice_id", "recipe", "language"),
    [
        ("en-US-AriaNeural", "en-US-AriaNeural", "edge", Language.EN),
        ("edge/zh-CN-liaoning-XiaobeiNeural", "zh-CN-liaoning-XiaobeiNeural", "edge", Language.ZH),
        ("elevenlabs/21m00Tcm4TlvDq8ikWAM", "elevenlabs/21m00Tcm4TlvDq8ikWAM", "elevenlabs", None),
        ("dashscope/xiaoxiao", "dashscope/xiaoxiao", "dashscope", None),
        ("cosyvoice/longxiaochun", "cosyvoice/longxiaochun", "cosyvoice", None),
    ],
)
async def test_voices_that_no_list_shows(
    scene: Stage, asked: str, voice_id: str, recipe: str, language: Language | None
) -> None:
    found = await scene.system.look_up(asked, "")
    assert (found.voice_id, found.recipe, found.origin) == (voice_id, recipe, Origin.BUILT_IN)
    assert (found.name, found.language) == (asked.partition("/")[2] or asked, language)
    assert (await scene.system.look_up(found.voice_id, "")).recipe == recipe
    await scene.system.speak(found, "Hello.", None, AudioFormat.WAV, nothing)
    assert scene.app.spoken[0] == {
        "text": "Hello.",
        "voice": asked.partition("/")[2] or asked,
        "provider": recipe,
        "tts_provider": recipe,
    }


@pytest.mark.parametrize("asked", ["nobody", "acme/voice", "edge/", "dashscope/", "en-US-Aria"])
async def test_voices_that_nobody_knows(scene: Stage, asked: str) -> None:
    with pytest.raises(StudioError) as caught:
        await scene.system.look_up(asked, "")
    assert caught.value.reason is Reason.NO_SUCH_VOICE


async def test_what_the_list_shows_goes_before_names(scene: Stage) -> None:
    entry = scene.app.add(provider="cosyvoice")
    found = await scene.system.look_up(f"cosyvoice/{entry['voice_id']}", "")
    assert (found.origin, found.voice_id) == (Origin.CLONED, entry["voice_id"])


# -- deleting ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", [{"deleted": True}, {"ok": True}])
async def test_a_delete_names_the_entry(scene: Stage, told: dict[str, object]) -> None:
    scene.app.deleted = told
    other = scene.app.add(provider="cosyvoice", voice_id="same")
    entry = scene.app.add(provider="dashscope", voice_id="same")
    own = await scene.system.look_up("dashscope/same", "")
    await scene.system.delete(own)
    assert scene.app.queries[-1] == {"provider": "dashscope"}
    assert scene.asked[-1] == ("DELETE", f"/talk/api/voices/{entry['id']}")
    assert entry not in scene.app.entries
    assert other in scene.app.entries
    await scene.system.delete(own)
    assert len([method for method, _ in scene.asked if method == "DELETE"]) == 1


async def test_gone_meanwhile_is_gone_and_a_page_is_not(scene: Stage) -> None:
    scene.app.add()
    (own,) = await scene.system.voices("", None, "", nothing)
    scene.server.fail(page(200), when=is_delete)
    with pytest.raises(StudioError) as caught:
        await scene.system.delete(own)
    assert caught.value.reason is Reason.NOT_JSON
    scene.server.fail(status(404, json={"detail": "not found"}), when=is_delete)
    await scene.system.delete(own)


async def test_presets_are_not_deleted(scene: Stage) -> None:
    (preset,) = await scene.system.voices("", Origin.BUILT_IN, "", nothing)
    for one in (preset, replace(preset, origin=Origin.CLONED)):
        with pytest.raises(StudioError) as caught:
            await scene.system.delete(one)
        assert caught.value.reason is Reason.NOT_DELETABLE
    assert "DELETE" not in {method for method, _ in scene.asked}


# -- speech --------------------------------------------------------------------------------------------------------


async def test_a_long_text_is_spoken_in_parts_of_two_hundred(scene: Stage) -> None:
    scene.app.add()
    (own,) = await scene.system.voices("", None, "", nothing)
    text = "The river ran on from its source to the sea. " * 10
    clip = await scene.system.speak(own, text, None, AudioFormat.WAV, nothing)
    assert len(scene.app.spoken) == 3
    assert " ".join(one["text"] for one in scene.app.spoken) == text.strip()
    assert {one["tts_model"] for one in scene.app.spoken} == {"qwen3-tts-flash-realtime"}
    assert clip.rate_hz == 16_000
    assert clip.seconds == pytest.approx(4.47, abs=0.1)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (page(200), Reason.NOT_JSON),
        (status(200, json={"audio": ""}), Reason.UNREADABLE),
        (status(200), Reason.EMPTY_AUDIO),
        (status(200, "RIFF"), Reason.UNREADABLE_AUDIO),
        (status(502, json={"detail": "TTS preview failed: no voice"}), Reason.SERVER_FAILED),
        (status(422, json={"detail": "unsupported tts provider: bogus"}), Reason.REFUSED),
    ],
    ids=str,
)
async def test_what_is_no_sound_is_an_error(scene: Stage, fault: object, reason: Reason) -> None:
    scene.server.fail(fault)
    own = voice(system="opentalking", voice_id="en-US-AriaNeural", recipe="edge", target_model="")
    with pytest.raises(StudioError) as caught:
        await scene.system.speak(own, "Hello.", None, AudioFormat.WAV, nothing)
    assert (caught.value.reason, caught.value.system) == (reason, "opentalking")
    assert len(scene.asked) == 1


def test_what_is_offered_follows_the_document() -> None:
    limits = INFO.clone_model().limits
    assert clone_problems(CLONE, limits) == ()
    for size, fault in ((255, Fault.TOO_SMALL), (12_000_001, Fault.TOO_BIG)):
        sample = Sample(bytes(size), Media.WAV)
        assert clone_problems(replace(CLONE, sample=sample), limits)[0].fault is fault
    assert INFO.clone_model("", "cosyvoice").model == "cosyvoice-v3-flash"
    assert INFO.clone_model("cosyvoice-v3.5-plus").backend == "cosyvoice"
    assert INFO.clone_model("cosyvoice-v3.5-plus", "dashscope").backend == "dashscope"
    assert INFO.clone_model("qwen9-vc").backend == "dashscope"
    assert not INFO.needs_key
    assert "stays" in INFO.deletion
