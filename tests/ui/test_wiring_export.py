"""Clips and voices leave the Library as files: from the button, or the mouse, to the disk, on a real library."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.domain.voices import ClipKind
from studio.ui.library.dragging import DragHandle
from studio.ui.library.export_clip import ExportClip
from studio.ui.window import LIBRARY, Window
from tests.fakes.voices import clip

from .behind import Studio


@pytest.fixture
async def studio(home: Path, open_window: Callable[..., Window]) -> AsyncIterator[Studio]:
    """With three voices, of which the newest is chosen and has a take."""
    made = Studio(open_window(Memory(voice_name="Guide", export_format="flac")))
    for count in range(1, 4):
        await made.kept()
        await made.until(lambda count=count: len(made.library.state.voices) == count)
    made.window.show_tab(LIBRARY)
    made.tab.table.enter()
    await made.until(lambda: made.library.state.clips)
    chosen = made.library.state.chosen
    assert chosen is not None
    await made.store.clips.add_clip(chosen.library_id, clip(b"a take"), ClipKind.SPOKEN, "Mind the step.")
    made.library.look_at_clips()
    await made.until(lambda: made.tab.details.takes.rows)
    yield made
    await made.end()


def dialog_of(studio: Studio) -> ExportClip:
    (dialog,) = studio.tab.findChildren(ExportClip)
    return dialog


def choose(where: QWidget, name: str, path: Path) -> None:
    """In the file dialog that is open."""
    dialog = where.findChildren(QFileDialog, name)[-1]
    dialog.fileSelected.emit(str(path))
    dialog.reject()


async def test_a_clip_is_exported_as_it_was_asked_for(studio: Studio, tmp_path: Path) -> None:
    studio.tab.details.export.click()
    dialog = dialog_of(studio)
    dialog.level.combo.choose("-16")
    dialog.save.click()
    choose(dialog, "export-dialog", tmp_path / "guide.flac")
    await studio.until(lambda: studio.library.state.exported)
    assert (tmp_path / "guide.flac").is_file()
    assert studio.status == "Exported guide.flac"
    (finish,) = studio.codec.asked
    assert (finish.lufs, finish.title, finish.artist) == (-16.0, "Guide", "Guide")
    assert studio.desk.memory.export_level == "-16"


async def test_a_level_that_peaks_forbid_is_told(studio: Studio, tmp_path: Path) -> None:
    studio.codec.loudness = [-19.3]
    (row,) = studio.tab.details.takes.rows.values()
    row.export.click()
    dialog = dialog_of(studio)
    dialog.level.combo.choose("-14")
    dialog.save.click()
    choose(dialog, "export-dialog", tmp_path / "take.flac")
    await studio.until(lambda: studio.library.state.exported)
    told = "Exported take.flac. It has −19.3 LUFS instead of −14.0 LUFS: louder, its peaks would be distorted."
    assert studio.tab.left.exported.sentence.text() == told
    assert studio.status == told


async def test_the_clips_of_many_are_exported_into_a_folder(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    studio.tab.table.selectAll()
    studio.tab.left.bulk.clips.click()
    dialog = dialog_of(studio)
    dialog.save.click()
    choose(dialog, "export-folder-dialog", tmp_path / "clips")
    await studio.until(lambda: studio.library.state.exported)
    assert sorted(path.name for path in (tmp_path / "clips").iterdir()) == [
        "Guide (2).flac",
        "Guide (3).flac",
        "Guide.flac",
    ]
    assert studio.tab.left.exported.sentence.text() == "Exported 3 clips to clips."
    assert studio.status == "Exported 3 clips to clips"


async def test_several_voices_are_one_zip(studio: Studio, tmp_path: Path) -> None:
    studio.tab.table.selectAll()
    studio.tab.left.bulk.export.click()
    choose(studio.tab, "export-dialog", tmp_path / "voices.zip")
    await studio.until(lambda: studio.moving.state.written)
    with zipfile.ZipFile(tmp_path / "voices.zip") as archive:
        assert sum(name.startswith("clips/") for name in archive.namelist()) == 4
    assert studio.status == "Exported 3 voices to voices.zip"


class Desk(QWidget):
    """Another window, onto which files are dropped; looks into them as they land."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.dropped: list[tuple[str, bytes]] = []
        self.entered = False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()
        if not self.entered:
            self.entered = True
            QTimer.singleShot(0, lambda: xdotool("mouseup", "1"))

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for url in event.mimeData().urls():
            path = Path(url.toLocalFile())
            self.dropped.append((path.name, path.read_bytes()))


def xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True)


def move_to(point: QPoint) -> None:
    xdotool("mousemove", str(point.x()), str(point.y()))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    return made


async def dragged(studio: Studio, handle: DragHandle, desk: Desk) -> tuple[str, bytes]:
    """With a real mouse, from the handle to the desk: what landed there."""

    async def until(true: Callable[[], object]) -> None:
        def now() -> object:
            QApplication.processEvents()  # the loop of these tests is asyncio's own
            return true()

        await studio.until(now)

    studio.window.setGeometry(0, 0, 900, 700)
    desk.setGeometry(920, 100, 300, 300)
    desk.show()
    await until(lambda: desk.isVisible() and studio.window.width() == 900)
    studio.tab.details.ensureWidgetVisible(handle)
    middle = handle.mapToGlobal(handle.rect().center())
    move_to(middle)
    await until(handle.underMouse)
    xdotool("mousedown", "1")
    await until(lambda: studio.library.state.draggable)
    QTimer.singleShot(0, lambda: move_to(desk.mapToGlobal(desk.rect().center())))
    move_to(middle + QPoint(30, 0))  # the drag begins here
    await until(lambda: desk.dropped)
    return desk.dropped[0]


async def test_a_preview_is_dragged_out_as_a_file(studio: Studio, desk: Desk) -> None:
    name, data = await dragged(studio, studio.tab.details.sound.drag, desk)
    stored = studio.tab.details.sound.audible()
    assert stored is not None
    assert (name, data) == (f"Guide.{clip().format}", clip().data)


async def test_a_take_is_dragged_out_as_a_file(studio: Studio, desk: Desk) -> None:
    (row,) = studio.tab.details.takes.rows.values()
    assert await dragged(studio, row.drag, desk) == (f"Guide - Mind the step.{clip().format}", b"a take")


async def test_a_clip_dragged_twice_is_there_both_times(studio: Studio, desk: Desk) -> None:
    first = await dragged(studio, studio.tab.details.sound.drag, desk)
    assert studio.library.state.draggable
    studio.library.state.draggable[1].unlink()  # whoever got it may have moved it away
    desk.dropped.clear()
    desk.entered = False
    assert await dragged(studio, studio.tab.details.sound.drag, desk) == first
