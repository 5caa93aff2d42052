"""The board of accounts and the library's folder, from the click to the flow and back, with real flows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from studio.domain.accounts import QWEN
from studio.domain.limits import SystemInfo
from studio.domain.memory import Memory
from studio.domain.voices import ClipKind, Voice
from studio.ui.library.usage_board import UsageBoard
from studio.ui.window import LIBRARY, Window
from tests.fakes.systems import made_voice
from tests.fakes.voices import clip
from tests.flows.far import far_brief

from .behind import Studio, TwoRegions


@dataclass
class Keeping(TwoRegions):
    """Deletes what nobody spoke with for a year."""

    @property
    def info(self) -> SystemInfo:
        return replace(super().info, retention_days=365, voices_max=1_000)


@pytest.fixture
async def studio(
    home: Path, open_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Studio]:
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-of-the-environment")
    made = Studio(open_window(Memory(tab=LIBRARY)), qwen=Keeping())
    yield made
    await made.end()


async def listed(studio: Studio, **changes: object) -> Voice:
    """Qwen's one voice, in the table."""
    made = replace(made_voice(QWEN, far_brief(model="vd-1", handle="there"), 1), **changes)  # pyright: ignore
    studio.qwen.there.append(made)
    studio.tab.left.head.refresh.click()
    await studio.until(lambda: studio.library.state.refreshed and not studio.library.state.refreshing)
    return await studio.store.shelf.find(f"qwen:{made.voice_id}")


async def board_of(studio: Studio) -> UsageBoard:
    studio.tab.left.head.usage.click()
    board = studio.tab.board
    assert board is not None
    await studio.until(lambda: studio.usage.state.usages)
    assert board.isVisible()
    return board


def button(board: UsageBoard, name: str) -> QPushButton | None:
    QApplication.sendPostedEvents(None, 52)  # those of the state before are deleted
    return next(iter(board.findChildren(QPushButton, name)), None)


async def test_a_voice_is_kept_alive_from_the_board(studio: Studio) -> None:
    old = await listed(studio, created=datetime.now(UTC) - timedelta(days=350))
    board = await board_of(studio)
    await studio.until(lambda: button(board, "keep-alive"))
    (keep,) = board.findChildren(QPushButton, "keep-alive")
    keep.click()
    await studio.until(lambda: studio.usage.state.kept == (old.library_id,))
    assert studio.qwen.spoken == ["Hello."]
    assert studio.status == "Kept alive for another year"
    await studio.until(lambda: not button(board, "keep-alive"))


async def test_what_can_not_be_kept_alive_leads_to_the_settings(studio: Studio) -> None:
    await listed(studio, created=datetime.now(UTC) - timedelta(days=350))
    await studio.store.accounts.start_anew("model-studio-intl")
    board = await board_of(studio)
    await studio.until(lambda: button(board, "keep-alive"))
    (keep,) = board.findChildren(QPushButton, "keep-alive")
    keep.click()
    await studio.until(lambda: studio.usage.state.error)
    assert studio.qwen.spoken == []
    board.note.buttons["settings"].click()
    assert studio.window.settings is not None
    assert studio.window.settings.isVisible()


async def test_cleaning_up_asks_before_it_deletes(studio: Studio) -> None:
    winner = await listed(studio)
    loser = replace(winner, voice_id="vd-1-there-2", name="Lost")
    await listed(studio, voice_id=loser.voice_id, name=loser.name)
    for voice in studio.library.state.voices:  # made here: of one known from a list nobody can tell that it lost
        await studio.store.clips.add_clip(voice.library_id, clip(), ClipKind.PREVIEW, "")
    studio.library.refresh()
    await studio.until(lambda: all(voice.has_clips for voice in studio.library.state.voices))
    studio.library.annotate(winner.library_id, "the one")
    await studio.until(lambda: not studio.tasks.running(f"library.annotate.{winner.library_id}"))
    board = await board_of(studio)
    await studio.until(lambda: button(board, "clean-up"))
    (clean,) = board.findChildren(QPushButton, "clean-up")
    clean.click()
    assert not board.isVisible()
    assert [voice.name for voice in studio.deletion.state.asked] == ["Lost"]
    assert studio.tab.note.sentence.text() == "“Lost” will be deleted here and at Qwen. A copy stays there."
    assert studio.qwen.deleted == []
    studio.tab.note.buttons["keep-it"].click()
    assert len(studio.library.state.voices) == 2


async def test_the_board_is_made_once_and_read_anew_each_time(studio: Studio) -> None:
    await listed(studio)
    board = await board_of(studio)
    board.close_button.click()
    await listed(studio, voice_id="vd-1-there-2", name="Another")
    assert await board_of(studio) is board
    await studio.until(lambda: studio.usage.state.usages[0].voices == 2)


async def test_the_settings_move_the_library(studio: Studio, tmp_path: Path) -> None:
    await listed(studio)
    studio.window.open_settings("")
    assert studio.window.settings is not None
    card = studio.window.settings.library
    assert card.folder.text() == str(studio.moving.state.folder)
    card.move_asked.emit(tmp_path / "elsewhere")
    await studio.until(lambda: studio.moving.state.moved or studio.moving.state.error)
    assert studio.moving.state.error is None
    assert card.folder.text() == str(tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "library.db").is_file()
