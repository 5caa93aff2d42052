"""What the tests of EvoLink have in common: the document's example, and a scene to play it in."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID

import pytest

from studio.domain.briefs import Brief, Order
from studio.domain.errors import StudioError
from studio.domain.languages import Language
from studio.providers.evolink import EvoLink
from tests.fakes import evolink as pretend
from tests.fakes.exchange import Request
from tests.providers.scene import Scene, played

BRIEF = Brief(
    "evolink",
    "A calm middle-aged male news anchor with a deep, resonant voice, rich in magnetism, steady pace, and clear "
    "articulation",
    "Good evening, listeners. Welcome to the evening news broadcast.",
    Language.EN,
    name="The announcer",
    handle="announcer",
)
EXAMPLE = {
    "model": "qwen-voice-design",
    "voice_prompt": "A calm middle-aged male news anchor with a deep, resonant voice, rich in magnetism, steady pace, "
    "and clear articulation",
    "preview_text": "Good evening, listeners. Welcome to the evening news broadcast.",
    "preferred_name": "announcer",
    "language": "en",
    "sample_rate": 24000,
    "response_format": "wav",
    "target_model": "qwen3-tts-vd-2026-01-26",
}
"""Seed 002: the example request, and beside it the examples of the optional fields and the language."""

FIRST_TASK = "task-unified-1775123456-00000001"

Evo = Scene[EvoLink, pretend.EvoLink]


def nothing(_: float | None) -> None: ...


async def forgotten(_: str) -> None: ...


@asynccontextmanager
async def evolink(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Evo, None]:
    app = pretend.EvoLink()
    async with played(EvoLink, app, app.key, "/v1", monkeypatch) as scene:
        app.host = scene.server.url
        yield scene


def is_task(request: Request) -> bool:
    return request.path.startswith("/v1/tasks/")


def is_file(request: Request) -> bool:
    return request.path.startswith("/files/")


def order(task_id: str) -> Order:
    return Order(UUID(int=7), "account", BRIEF, datetime(2026, 4, 2, tzinfo=UTC), task_id=task_id)


async def failing(scene: Evo) -> StudioError:
    with pytest.raises(StudioError) as caught:
        await scene.system.design(BRIEF, nothing, forgotten)
    assert caught.value.system == "evolink"
    return caught.value
