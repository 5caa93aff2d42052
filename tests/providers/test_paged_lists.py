"""Lists page by page: what a page has is told before the next one is asked for, and the whole is given all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from studio.domain.voices import Origin, Voice
from studio.providers import calls
from studio.providers.model_studio_cosyvoice import CosyVoice
from studio.providers.model_studio_qwen import Qwen
from studio.providers.noiz import Noiz
from studio.providers.opentalking import OpenTalking
from studio.providers.pages import Gathered
from tests.fakes import noiz, opentalking
from tests.fakes.model_studio_regions import both_regions
from tests.fakes.server import PretendServer
from tests.fakes.voices import voice
from tests.providers.scene import played


def nothing(_: float | None) -> None: ...


@dataclass
class Told:
    """What a page had, and how many requests there had been by then."""

    requests: Callable[[], int] = lambda: 0
    pages: list[tuple[Voice, ...]] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    async def __call__(self, voices: tuple[Voice, ...]) -> None:
        self.pages.append(voices)
        self.after.append(self.requests())

    @property
    def whole(self) -> tuple[Voice, ...]:
        return tuple(voice for page in self.pages for voice in page)


def of(server: PretendServer) -> Told:
    return Told(lambda: len(server.requests))


async def test_qwen_tells_each_page_of_both_families() -> None:
    async with both_regions(Qwen) as scene:
        scene.studio.designs = {f"d{at}": {"voice": f"d{at}"} for at in range(210)}
        scene.studio.clones = {f"c{at}": {"voice": f"c{at}"} for at in range(105)} | {"d7": {"voice": "d7"}}
        told = of(scene.server)
        voices = await scene.system.voices("intl", None, "", nothing, told)
        assert told.whole == voices
        assert [len(page) for page in told.pages] == [100, 100, 10, 100, 5]
        assert told.after == [1, 2, 3, 4, 5]
        assert {one.origin for one in told.pages[3]} == {Origin.CLONED}
        told = of(scene.server)
        assert await scene.system.voices("intl", None, "c104", nothing, told) == told.whole
        assert [one.voice_id for one in told.whole] == ["c104"]


async def test_cosyvoice_tells_what_is_of_the_kind_asked_for() -> None:
    async with both_regions(CosyVoice) as scene:
        names = [f"cosyvoice-v3-plus-{'vd-' if at % 2 else ''}name{at}-a1b2" for at in range(250)]
        scene.studio.cosyvoices = {name: {"voice_id": name, "status": "OK"} for name in names}
        told = of(scene.server)
        voices = await scene.system.voices("intl", Origin.DESIGNED, "", nothing, told)
        assert told.whole == voices
        assert ([len(page) for page in told.pages], told.after) == ([50, 50, 25], [1, 2, 3])
        told = of(scene.server)
        assert await scene.system.voices("intl", None, "name249", nothing, told) == told.whole
        assert [one.name for one in told.whole] == ["name249"]


async def test_noiz_leaves_out_the_deleted_and_the_other_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    app = noiz.Noiz()
    for at in range(130):
        app.add(f"Voice {at}", delete_time=7 if at < 20 else None)
    async with played(Noiz, app, app.key, "", monkeypatch) as scene:
        told = of(scene.server)
        voices = await scene.system.voices("", None, "", nothing, told)
        assert told.whole == voices
        assert ([len(page) for page in told.pages], told.after) == ([80, 30], [1, 2])


@pytest.mark.parametrize("at_once", [1, calls.PARSED_AT_ONCE])
async def test_opentalking_has_one_page(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """Also where it is so big that it is read on a thread."""
    monkeypatch.setattr("studio.providers.opentalking.PARSED_AT_ONCE", at_once)
    monkeypatch.setattr(calls, "PARSED_AT_ONCE", at_once)
    app = opentalking.OpenTalking(prefix="/api")
    for _ in range(30):
        app.add()
    async with played(OpenTalking, app, "", "/api", monkeypatch) as scene:
        told = of(scene.server)
        voices = await scene.system.voices("", None, "", nothing, told)
        assert told.pages == [voices]
        assert len(voices) == 30


async def test_a_page_that_brings_nothing_new_is_not_told() -> None:
    told = Told()
    gathered = Gathered(told, "calm")
    first: Any = voice(voice_id="a", name="Calm")
    await gathered.add([first, voice(voice_id="b", name="Loud", description="")])
    await gathered.add([voice(voice_id="a", name="Calm again")])
    await gathered.add([])
    assert told.pages == [(first,)]
    assert gathered.voices == (first,)
