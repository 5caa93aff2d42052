from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from studio.domain.briefs import CloneBrief
from studio.domain.voices import Origin, Status
from studio.providers.model_studio_cosyvoice import HANDLE, CosyVoice, parts_of
from tests.fakes.model_studio_regions import Scene, both_regions
from tests.providers.announcer import COSYVOICE, no_task, nothing

CLONE = CloneBrief("cosyvoice", "My voice", sample_url="https://public.example/a.wav", has_right=True, handle="myvoice")


@pytest.fixture
async def scene() -> AsyncIterator[Scene[CosyVoice]]:
    async with both_regions(CosyVoice) as scene:
        yield scene


async def test_a_list_tells_designs_from_clones_and_names_their_models(scene: Scene[CosyVoice]) -> None:
    designed = (await scene.system.design(COSYVOICE, nothing, no_task)).voice
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


@pytest.mark.parametrize(
    ("keyword", "prefixes", "names"),
    [
        ("announcer", ["announcer"], ["announcer"]),
        ("Announcer", ["announcer"], ["announcer"]),
        ("magnetic", ["magnetic", None], ["announcer"]),
        ("deep announcer", [None], ["announcer"]),
        ("nobody", ["nobody", None], []),
        ("no body", [None], []),
        ("", [None], ["announcer", "myvoice"]),
    ],
)
async def test_a_keyword_is_tried_as_a_prefix_then_looked_for_here(
    scene: Scene[CosyVoice], keyword: str, prefixes: list[str | None], names: list[str]
) -> None:
    await scene.system.design(COSYVOICE, nothing, no_task)
    await scene.system.clone(CLONE, nothing)
    scene.sent.clear()
    voices = await scene.system.voices("intl", None, keyword, nothing)
    assert [body["input"].get("prefix") for body in scene.bodies()] == prefixes
    assert [one.name for one in voices] == names


async def test_capital_letters_of_a_handle_are_sent_small(scene: Scene[CosyVoice]) -> None:
    assert HANDLE.fits("Ann")
    assert not HANDLE.fits("An-n")
    await scene.system.design(replace(COSYVOICE, handle="Ann"), nothing, no_task)
    await scene.system.clone(replace(CLONE, handle="ANN"), nothing)
    assert [body["input"]["prefix"] for body in scene.bodies()] == ["ann", "ann"]


async def test_a_long_list_is_fetched_to_its_end(scene: Scene[CosyVoice]) -> None:
    scene.studio.cosyvoices = {
        voice_id: {"voice_id": voice_id} for voice_id in (f"cosyvoice-v3-plus-v{at}-1" for at in range(250))
    }
    voices = await scene.system.voices("intl", None, "", nothing)
    assert len(voices) == 250
    assert [body["input"]["page_index"] for body in scene.bodies()] == [0, 1, 2]
    assert {one.status for one in voices} == {Status.UNKNOWN}


@pytest.mark.parametrize("largest", [10, 20, 50])
async def test_a_server_with_small_pages_and_no_count_is_followed_to_its_end(
    scene: Scene[CosyVoice], largest: int
) -> None:
    scene.studio.largest_page = largest
    names = [f"cosyvoice-v3-plus-v{at}-1" for at in range(250)]
    scene.studio.cosyvoices = {name: {"voice_id": name} for name in names}
    voices = await scene.system.voices("intl", None, "", nothing)
    assert [one.voice_id for one in voices] == names
    assert {body["input"]["page_size"] for body in scene.bodies()} == {100}


def test_what_an_id_tells() -> None:
    designed = ("cosyvoice-v3.5-plus", Origin.DESIGNED, "announcer")
    assert parts_of("cosyvoice-v3.5-plus-vd-announcer-xxxxxx") == designed
    assert parts_of("cosyvoice-v3.5-plus-myvoice-xxxx") == ("cosyvoice-v3.5-plus", Origin.CLONED, "myvoice")
    assert parts_of("cosyvoice-v3-plus-bob-0b2c-44d") == ("cosyvoice-v3-plus", Origin.CLONED, "bob")
    assert parts_of("cosyvoice-v3-flash-vd-ab12") == ("cosyvoice-v3-flash", Origin.CLONED, "vd")
    assert parts_of("cosyvoice-v9-mini-vd-bob-a1") == ("cosyvoice-v9-mini", Origin.DESIGNED, "bob")
    assert parts_of("yourVoice") == ("", Origin.CLONED, "yourVoice")
