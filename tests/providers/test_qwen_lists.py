from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from studio.domain.briefs import Order
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.orders import made_for
from studio.domain.voices import Origin, fingerprint
from studio.providers.model_studio_qwen import Qwen, origin_of
from tests.fakes.exchange import Fault, Reply, altered, dropped, status
from tests.fakes.model_studio_regions import Scene, both_regions
from tests.providers.announcer import (
    GUANYU,
    PREVIEW,
    PROMPT,
    made_by,
    nothing,
)


@pytest.fixture
async def scene() -> AsyncIterator[Scene[Qwen]]:
    async with both_regions(Qwen) as scene:
        yield scene


async def test_each_family_has_its_own_list(scene: Scene[Qwen]) -> None:
    designed, cloned = await made_by(scene.system), (await scene.system.clone(GUANYU, nothing)).voice
    scene.sent.clear()
    voices = await scene.system.voices("intl", None, "", nothing)
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


async def test_a_keyword_is_looked_for_here(scene: Scene[Qwen]) -> None:
    await made_by(scene.system)
    await scene.system.clone(GUANYU, nothing)
    for keyword, names in (("GuanYu", ["guanyu"]), ("deep magnetic", ["announcer"]), ("guanyu deep", [])):
        assert [one.name for one in await scene.system.voices("intl", None, keyword, nothing)] == names


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


@pytest.mark.parametrize("origin", [Origin.DESIGNED, Origin.CLONED])
async def test_small_pages_and_no_counts_lose_no_voice(scene: Scene[Qwen], origin: Origin) -> None:
    scene.studio.largest_page, scene.studio.silent = 10, True
    names = [f"v{at}" for at in range(30)]
    scene.studio.designs = scene.studio.clones = {name: {"voice": name} for name in names}
    voices = await scene.system.voices("intl", origin, "", nothing)
    assert [one.voice_id for one in voices] == names
    assert [body["input"]["page_index"] for body in scene.bodies()] == [0, 1, 2, 3]


async def test_the_servers_own_measure_is_believed(scene: Scene[Qwen]) -> None:
    scene.server.fail(status(200, json=page_of(*(f"v{at}" for at in range(10)), page_size=20)))
    assert len(await scene.system.voices("intl", Origin.CLONED, "", nothing)) == 10
    assert len(scene.sent) == 1


FAILED = altered("failed after the work", lambda _: Reply(500, json={"code": "InternalError", "message": "failed"}))


@pytest.mark.parametrize("fault", [dropped(handled=True), FAILED], ids=str)
async def test_a_lost_clone_is_found_among_thirty_older_ones(scene: Scene[Qwen], fault: Fault) -> None:
    scene.studio.largest_page = 10
    older = [f"qwen-tts-vc-guanyu-voice-202501010000{at:02}-a1b2" for at in range(30)]
    scene.studio.clones = {name: {"voice": name, "target_model": "qwen3-tts-vc-2026-01-22"} for name in older}
    before = await scene.system.voices("intl", Origin.CLONED, "", nothing)
    known = frozenset(fingerprint(one.voice_id) for one in before)
    scene.server.fail(fault)
    with pytest.raises(StudioError) as caught:
        await scene.system.clone(GUANYU, nothing)
    assert (caught.value.maybe_done, caught.value.retryable) == (True, False)
    order = Order(uuid4(), "account", GUANYU, datetime.now(UTC), known)
    found = [one for one in await scene.system.voices("intl", Origin.CLONED, "", nothing) if made_for(order, one)]
    assert [one.voice_id for one in found] == [name for name in scene.studio.clones if name not in older]
    assert len(scene.studio.clones) == 31


def page_of(*names: str, **more: object) -> dict[str, object]:
    return {"output": {"voice_list": [{"voice": name} for name in names], **more}, "request_id": "r"}


async def test_a_list_that_never_ends_is_left(scene: Scene[Qwen]) -> None:
    same = page_of(*(f"v{at}" for at in range(100)))
    scene.server.fail(status(200, json=same), times=1_000)
    voices = await scene.system.voices("intl", Origin.CLONED, "", nothing)
    assert (len(voices), len(scene.sent)) == (100, 3)


async def test_a_list_that_always_has_more_is_left_at_its_longest(
    scene: Scene[Qwen], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.providers.model_studio.VOICES_MAX", 250)
    for start in range(0, 400, 100):
        page = page_of(*(f"v{at}" for at in range(start, start + 100)), total_count=10**400)
        scene.server.fail(status(200, json=page))
    voices = await scene.system.voices("intl", Origin.CLONED, "", nothing)
    assert (len(voices), len(scene.sent)) == (250, 3)


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
    await made_by(scene.system)
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
    voice = await made_by(scene.system)
    scene.sent.clear()
    found = await scene.system.look_up(voice.voice_id, "intl")
    assert scene.bodies() == [
        {"model": "qwen-voice-design", "input": {"action": "query", "voice": voice.voice_id}},
    ]
    assert (found.origin, found.target_model, found.language) == (Origin.DESIGNED, voice.target_model, Language.EN)


async def test_looking_up_a_cloned_voice_goes_through_the_list(scene: Scene[Qwen]) -> None:
    voice = (await scene.system.clone(GUANYU, nothing)).voice
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
    designed, cloned = await made_by(scene.system), (await scene.system.clone(GUANYU, nothing)).voice
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
