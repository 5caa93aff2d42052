"""Unsent words are on disk soon after each change, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.flows import desk
from studio.flows.desk import DeskFlow
from studio.store import Store
from studio.tasks import TaskOwner


@pytest.fixture
def bugs() -> list[str]:
    return []


@pytest.fixture
def tasks(bugs: list[str]) -> TaskOwner:
    return TaskOwner(lambda name, error: bugs.append(f"{name}: {error!r}"))


async def test_what_was_typed_is_there_at_the_next_start(
    home: Path, tasks: TaskOwner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "SETTLE_S", 0.01)
    flow = DeskFlow(Store().memory, tasks)
    flow.remember(description="A calm")
    flow.remember(description="A calm man", tab=2)
    await tasks.wait("desk.save")
    again = DeskFlow(Store().memory, tasks)
    assert (again.memory.description, again.memory.tab) == ("A calm man", 2)
    await tasks.aclose()


async def test_what_has_not_changed_is_not_written(home: Path, tasks: TaskOwner) -> None:
    flow = DeskFlow(Store().memory, tasks)
    flow.remember(tab=flow.memory.tab)
    assert not tasks.running("desk.save")


async def test_the_end_of_the_program_waits_for_no_pause(home: Path, tasks: TaskOwner) -> None:
    flow = DeskFlow(Store().memory, tasks)
    flow.remember(description="half a sen")
    await tasks.aclose()
    flow.save_now()
    assert DeskFlow(Store().memory, tasks).memory.description == "half a sen"


async def test_a_folder_that_cannot_be_written_does_not_stop_the_typing(
    tmp_path: Path, tasks: TaskOwner, bugs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("VOICE_STUDIO_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(desk, "SETTLE_S", 0)
    flow = DeskFlow(Store().memory, tasks)
    flow.remember(description="still typing")
    await tasks.wait("desk.save")
    flow.save_now()
    assert bugs == []
    assert flow.memory.description == "still typing"
