"""From the click to the flow and back to what is drawn, with real flows on a real library."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.ui.window import LIBRARY, Window

from .behind import Studio


@pytest.fixture
async def studio(home: Path, open_window: Callable[..., Window]) -> AsyncIterator[Studio]:
    made = Studio(open_window(Memory(voice_name="Guide")))
    yield made
    await made.end()


async def test_described_heard_kept_and_heard_again(studio: Studio, qtbot: QtBot) -> None:
    card = await studio.generated()
    assert studio.status == "Generated “Guide” · 0:00"
    card.play.click()
    await studio.until(lambda: studio.player.played)
    assert (studio.status, card.play.text()) == ("Playing “Guide”", "Stop")
    card.play.click()
    await studio.until(lambda: studio.player.silenced)
    assert (studio.status, card.play.text()) == ("Stopped", "Play")
    card.decide.click()
    await studio.until(lambda: studio.library.state.voices)
    assert studio.status == "Kept “Guide”"
    studio.window.design_tab.done_note.buttons["show-in-library"].click()
    await studio.until(lambda: studio.library.state.clips)
    assert studio.tab.details.name.text() == "Guide"
    qtbot.keyClick(studio.tab.table, Qt.Key.Key_Space)
    await studio.until(lambda: len(studio.player.played) == 2)


async def test_cancel_stops_the_work(studio: Studio) -> None:
    studio.here.gate.clear()
    studio.window.design_tab.form.preview.set_text("Good evening.")
    studio.window.design_tab.busy.start.click()
    await studio.until(lambda: studio.here.asked)
    studio.window.design_tab.busy.cancel.click()
    await studio.until(lambda: studio.here.cancelled and not studio.design.state.generating)
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
    assert studio.here.asked == []


async def test_retry_asks_for_the_same_once_more(studio: Studio) -> None:
    studio.here.error = StudioError(Reason.ENGINE_STOPPED, retryable=True)
    studio.window.design_tab.form.preview.set_text("Good evening.")
    studio.window.design_tab.busy.start.click()
    await studio.until(lambda: studio.design.state.error and not studio.design.state.generating)
    studio.here.error = None
    studio.window.design_tab.error_note.buttons["retry"].click()
    await studio.until(lambda: studio.design.state.candidates and not studio.design.state.generating)
    assert studio.here.asked[0] == studio.here.asked[1]


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
    await studio.until(lambda: len(studio.library.state.clips) == 2 and not studio.speaking.state.speaking)
    assert studio.status == "Spoke “Mind the step.”"
    assert [row.words.text() for row in studio.tab.details.takes.rows.values()] == ["Mind the step."]
    await studio.until(lambda: studio.player.played)
    studio.tab.details.remove.click()
    await studio.until(lambda: not studio.library.state.voices)
    assert studio.status == "Deleted “River guide”. Undo brings back."
    studio.tab.note.buttons["undo"].click()
    await studio.until(lambda: studio.library.state.chosen)
    assert (studio.tab.details.name.text(), studio.tab.details.notes.text()) == ("River guide", "For the hall")


async def test_exported_where_the_person_said(studio: Studio, tmp_path: Path) -> None:
    await studio.kept()
    studio.window.show_tab(LIBRARY)
    studio.tab.table.enter()
    await studio.until(lambda: studio.library.state.clips)
    studio.tab.export_asked.emit(studio.library.state.clips[0], tmp_path / "guide.pcm", None)
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
    await studio.end()
