"""From the click to the flow and back to what is drawn, with real flows on a real library."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.flows.audition import AuditionFlow
from studio.flows.design import DesignFlow
from studio.flows.desk import DeskFlow
from studio.flows.library import LibraryFlow
from studio.store import Store
from studio.tasks import TaskOwner
from studio.ui import wiring
from studio.ui.candidate_card import CandidateCard
from studio.ui.library_tab import LibraryTab
from studio.ui.window import LIBRARY, Window
from tests.fakes.sound import FakeCodec, FakePlayer
from tests.fakes.voices import FakeSystem


class Tasks(TaskOwner):
    """pytest-qt empties Qt's queue between the phases of a test, where no loop runs: nothing is started then."""

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> Any:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            work.close()
            return None
        return super().start(name, work)


class Studio:
    """Everything behind the window but the engine and the loudspeaker."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.store = Store()
        self.system, self.player = FakeSystem(), FakePlayer()
        codec, systems = FakeCodec(), {ON_DEVICE: self.system}
        self.bugs: list[str] = []
        self.tasks = Tasks(lambda name, error: self.bugs.append(f"{name}: {error!r}"))
        self.design = DesignFlow(systems, self.store.tray, self.store.pending, self.tasks)
        self.library = LibraryFlow(self.store.shelf, self.store.clips, systems, codec, self.store.exporter, self.tasks)
        self.audition = AuditionFlow(self.player, codec, self.store.clips, self.tasks)
        self.desk = DeskFlow(self.store.memory, self.tasks)
        wiring.connect(window, self.design, self.audition, self.library, self.desk)

    @property
    def card(self) -> CandidateCard:
        return next(iter(self.window.design_tab.cards.cards.values()))

    @property
    def tab(self) -> LibraryTab:
        assert self.window.library_tab is not None
        return self.window.library_tab

    @property
    def status(self) -> str:
        return self.window.strip.status.text()

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not true():  # noqa: ASYNC110 - what is drawn tells nobody
                await asyncio.sleep(0.001)

    async def generated(self, description: str = "A calm man") -> CandidateCard:
        self.window.design_tab.form.description.set_text(description)
        self.window.design_tab.form.preview.set_text("Good evening.")
        self.window.design_tab.busy.start.click()
        await self.until(lambda: self.window.design_tab.cards.cards and not self.design.state.generating)
        return self.card

    async def kept(self) -> None:
        (await self.generated()).keep.click()
        await self.until(lambda: self.library.state.voices)


@pytest.fixture
async def studio(home: Path, open_window: Callable[..., Window]) -> AsyncIterator[Studio]:
    made = Studio(open_window(Memory(voice_name="Guide")))
    yield made
    assert await made.tasks.aclose() == ()
    await made.store.aclose()
    assert made.bugs == []


async def test_described_heard_kept_and_heard_again(studio: Studio, qtbot: QtBot) -> None:
    card = await studio.generated()
    assert studio.status == "Generated “Guide” · 0:00"
    card.play.click()
    await studio.until(lambda: studio.player.played)
    assert (studio.status, card.play.text()) == ("Playing “Guide”", "Stop")
    card.play.click()
    await studio.until(lambda: studio.player.silenced)
    assert (studio.status, card.play.text()) == ("Stopped", "Play")
    card.keep.click()
    await studio.until(lambda: studio.library.state.voices)
    assert studio.status == "Kept “Guide”"
    studio.window.design_tab.done_note.buttons["show-in-library"].click()
    await studio.until(lambda: studio.library.state.clips)
    assert studio.tab.details.name.text() == "Guide"
    qtbot.keyClick(studio.tab.table, Qt.Key.Key_Space)
    await studio.until(lambda: len(studio.player.played) == 2)


async def test_cancel_stops_the_work(studio: Studio) -> None:
    studio.system.gate.clear()
    studio.window.design_tab.form.preview.set_text("Good evening.")
    studio.window.design_tab.busy.start.click()
    await studio.until(lambda: studio.system.asked)
    studio.window.design_tab.busy.cancel.click()
    await studio.until(lambda: studio.system.cancelled and not studio.design.state.generating)
    assert studio.status == "Cancelled"


async def test_too_long_is_said_at_the_field(studio: Studio) -> None:
    form = studio.window.design_tab.form
    form.preview.set_text("Good evening.")
    form.description.set_text("x" * 101)
    studio.window.design_tab.busy.start.click()
    await studio.until(lambda: studio.design.state.error)
    note = studio.window.design_tab.error_note
    assert note.sentence.text() == "The voice description has 101 characters; 100 are allowed."
    assert form.description.hint.text() == "Shorten it by 1: “This computer” takes 100 characters."
    assert studio.system.asked == []


async def test_retry_asks_for_the_same_once_more(studio: Studio) -> None:
    studio.system.error = StudioError(Reason.ENGINE_STOPPED, retryable=True)
    studio.window.design_tab.form.preview.set_text("Good evening.")
    studio.window.design_tab.busy.start.click()
    await studio.until(lambda: studio.design.state.error and not studio.design.state.generating)
    studio.system.error = None
    studio.window.design_tab.error_note.buttons["retry"].click()
    await studio.until(lambda: studio.design.state.candidates and not studio.design.state.generating)
    assert studio.system.asked[0] == studio.system.asked[1]


async def test_discarded_and_taken_back(studio: Studio, qtbot: QtBot) -> None:
    card = await studio.generated()
    qtbot.keyClick(card, Qt.Key.Key_Delete)
    await studio.until(lambda: not studio.window.design_tab.cards.cards)
    assert studio.status == "Discarded “Guide”"
    studio.window.design_tab.done_note.buttons["undo"].click()
    await studio.until(lambda: studio.window.design_tab.cards.cards)
    assert studio.status == "Brought back “Guide”"


async def test_renamed_noted_spoken_deleted_and_brought_back(studio: Studio) -> None:
    await studio.kept()
    studio.window.show_tab(LIBRARY)
    studio.tab.table.enter()
    await studio.until(lambda: studio.library.state.clips)
    studio.tab.details.name.set_text("River guide")
    studio.tab.details.notes.set_text("For the hall")
    studio.tab.speak.field.set_text("Mind the step.")
    studio.tab.speak.busy.start.click()
    await studio.until(lambda: len(studio.library.state.clips) == 2 and not studio.library.state.speaking)
    assert studio.status == "Spoke “Mind the step.”"
    assert [row.words.text() for row in studio.tab.details.takes.rows.values()] == ["Mind the step."]
    await studio.until(lambda: studio.player.played)
    studio.tab.details.remove.click()
    await studio.until(lambda: studio.library.state.deleted)
    await studio.until(lambda: not studio.library.state.voices)
    assert studio.status == "Deleted “River guide”"
    studio.tab.note.buttons["undo"].click()
    await studio.until(lambda: studio.library.state.chosen)
    assert (studio.tab.details.name.text(), studio.tab.details.notes.text()) == ("River guide", "For the hall")


async def test_exported_where_the_person_said(studio: Studio, tmp_path: Path) -> None:
    await studio.kept()
    studio.window.show_tab(LIBRARY)
    studio.tab.table.enter()
    await studio.until(lambda: studio.library.state.clips)
    studio.tab.export_asked.emit(studio.library.state.clips[0], tmp_path / "guide.pcm")
    await studio.until(lambda: studio.library.state.exported)
    assert studio.status == "Exported guide.pcm"
    assert (tmp_path / "guide.pcm").is_file()


async def test_devices_are_looked_for_when_the_list_opens(studio: Studio) -> None:
    combo = studio.window.strip.device
    combo.opening.emit()
    await studio.until(lambda: combo.count() == 2)
    combo.choose("phones")
    assert studio.audition.state.device_id == "phones"
    assert studio.desk.memory.output_device == "phones"


async def test_unsent_words_reach_the_desk(studio: Studio) -> None:
    studio.window.design_tab.form.description.set_text("Half a sentence")
    studio.window.show_tab(LIBRARY)
    assert replace(studio.desk.memory, geometry="") == replace(
        Memory(), description="Half a sentence", tab=LIBRARY, column_widths=studio.desk.memory.column_widths
    )


async def test_a_start_in_the_library_reads_it(
    home: Path, open_window: Callable[..., Window], qapp: QApplication
) -> None:
    studio = Studio(open_window(Memory(tab=LIBRARY)))
    qapp.processEvents()
    await studio.until(lambda: studio.library.state.loaded)
    assert studio.tab.empty.sentence.text() == "No voice kept yet. Design one, then Keep it."
    assert await studio.tasks.aclose() == ()
    await studio.store.aclose()
    assert studio.bugs == []
