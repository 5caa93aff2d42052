"""How clips leave the Library: format, level and words are asked for, then the place, and nothing waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from studio.domain.audio import AudioFormat, Finish
from studio.domain.memory import Memory
from studio.ui.library.export_clip import ANOTHER, ExportClip
from studio.ui.library.tab import LibraryTab
from studio.ui.library.table_menu import voices_menu
from studio.ui.window import LIBRARY, Window

from . import states, states_library

WORDS = Finish(title="Announcer", artist="Announcer", comment="Welcome to the river museum.")


@pytest.fixture
def open_tab(open_window: Callable[..., Window]) -> Callable[..., LibraryTab]:
    def opened(**memory: object) -> LibraryTab:
        tab = open_window(replace(Memory(tab=LIBRARY), **memory)).library_tab  # pyright: ignore[reportArgumentType]
        assert tab is not None
        tab.render_systems(states.EVERY)
        return tab

    return opened


@pytest.fixture
def tab(open_tab: Callable[..., LibraryTab]) -> LibraryTab:
    tab = open_tab()
    tab.render(states_library.chosen(None, states.clip(1), *states.takes(2)))
    return tab


def asked(tab: LibraryTab) -> ExportClip:
    """The dialog after Export… is pressed."""
    tab.details.export.click()
    return dialog_of(tab)


def dialog_of(tab: LibraryTab) -> ExportClip:
    (dialog,) = tab.findChildren(ExportClip)
    assert dialog.isVisible()
    return dialog


def files(dialog: ExportClip, name: str = "export-dialog") -> QFileDialog:
    """The one for the place after Save… is pressed."""
    dialog.save.click()
    found = dialog.findChildren(QFileDialog, name)[-1]
    assert found.isVisible()
    return found


def test_a_clip_is_asked_about_without_waiting(tab: LibraryTab) -> None:
    dialog = asked(tab)
    assert not dialog.isModal()
    assert dialog.windowTitle() == "Export clip"
    assert dialog.formats.combo.currentText() == "WAV"
    assert dialog.level.combo.currentText() == "As it is"
    assert (dialog.target.isHidden(), dialog.guard.isHidden()) == (True, True)
    assert dialog.finish() == replace(WORDS, comment=states.clip(1).text)
    assert asked(tab) is dialog
    dialog.cancel.click()
    assert not dialog.isVisible()


@pytest.mark.parametrize(("shown", "suffix"), [("WAV", "wav"), ("FLAC", "flac"), ("MP3", "mp3"), ("Opus", "opus")])
def test_the_place_is_asked_for_in_the_format_chosen(
    tab: LibraryTab, qtbot: QtBot, tmp_path: Path, shown: str, suffix: str
) -> None:
    dialog = asked(tab)
    dialog.formats.combo.setCurrentText(shown)
    place = files(dialog)
    assert (place.nameFilters(), place.defaultSuffix()) == ([f"{shown} (*.{suffix})"], suffix)
    assert [Path(one).name for one in place.selectedFiles()] == [f"Announcer.{suffix}"]
    with qtbot.waitSignal(tab.export_asked) as told:
        place.fileSelected.emit(str(tmp_path / f"river.{suffix}"))
    assert told.args == [states.clip(1), tmp_path / f"river.{suffix}", dialog.finish()]
    place.reject()
    assert not dialog.isVisible()


def test_a_place_that_is_not_chosen_leaves_the_question(tab: LibraryTab, qtbot: QtBot) -> None:
    dialog = asked(tab)
    with qtbot.assertNotEmitted(tab.export_asked):
        files(dialog).reject()
    assert dialog.isVisible()


@pytest.mark.parametrize(
    ("item", "lufs"),
    [
        ("As it is", None),
        ("−23 LUFS · broadcast", -23.0),
        ("−16 LUFS · podcasts", -16.0),
        ("−14 LUFS · streaming", -14.0),
        ("Another target", -18.0),
    ],
)
def test_levels(tab: LibraryTab, item: str, lufs: float | None) -> None:
    dialog = asked(tab)
    dialog.level.combo.setCurrentText(item)
    assert dialog.level.combo.currentText() == item
    assert dialog.finish().lufs == lufs
    assert dialog.guard.isHidden() is (lufs is None)


def test_a_target_is_typed(tab: LibraryTab, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = asked(tab)
    dialog.level.combo.choose(ANOTHER)
    box = dialog.target.box
    assert not dialog.target.isHidden()
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "-19.5")
    with qtbot.waitSignal(tab.export_asked) as told:
        files(dialog).fileSelected.emit(str(tmp_path / "river.wav"))
    assert told.args is not None
    assert told.args[2].lufs == -19.5
    files(dialog).reject()


def test_the_words_are_the_persons(tab: LibraryTab) -> None:
    dialog = asked(tab)
    dialog.title.set_text(" River ")
    dialog.artist.set_text("")
    dialog.comment.set_text("Two\nlines")
    assert dialog.finish() == Finish(title="River", artist="", comment="Two\nlines")


def test_a_take_is_named_after_its_text(tab: LibraryTab, qtbot: QtBot, tmp_path: Path) -> None:
    take = replace(states.takes(2)[0], clip_id=states.number(99), text="Mind the step / hold on: the rail")
    tab.render(states_library.chosen(None, states.clip(1), take))
    tab.details.takes.rows[take.clip_id].export.click()
    dialog = dialog_of(tab)
    assert (dialog.title.text(), dialog.artist.text()) == (take.text, "Announcer")
    place = files(dialog)
    assert [Path(one).name for one in place.selectedFiles()] == ["Announcer - Mind the step - hold on- the rail.wav"]
    with qtbot.waitSignal(tab.export_asked) as told:
        place.fileSelected.emit(str(tmp_path / "take.wav"))
    assert told.args is not None
    assert told.args[0] == take
    place.reject()


def test_format_and_level_are_remembered(open_tab: Callable[..., LibraryTab], tab: LibraryTab, qtbot: QtBot) -> None:
    dialog, told = asked(tab), list[tuple[str, object]]()
    tab.changed.connect(lambda name, value: told.append((name, value)))
    dialog.formats.combo.choose("opus")
    dialog.level.combo.choose("-16")
    dialog.level.combo.choose(ANOTHER)
    dialog.target.box.setValue(-20.5)
    dialog.level.combo.choose("")
    assert told == [
        ("export_format", "opus"),
        ("export_level", "-16"),
        ("export_level", "-18"),
        ("export_level", "-20.5"),
        ("export_level", ""),
    ]


@pytest.mark.parametrize(
    ("remembered", "item", "lufs"),
    [
        ("-16", "−16 LUFS · podcasts", -16.0),
        ("-20.5", "Another target", -20.5),
        ("-90", "Another target", -18.0),
        ("nan", "Another target", -18.0),
        ("loud", "As it is", None),
    ],
)
def test_what_was_chosen_the_last_time_is_proposed(
    open_tab: Callable[..., LibraryTab], remembered: str, item: str, lufs: float | None
) -> None:
    tab = open_tab(export_format="flac", export_level=remembered)
    tab.render(states_library.chosen())
    dialog = asked(tab)
    assert dialog.format() is AudioFormat.FLAC
    assert (dialog.level.combo.currentText(), dialog.lufs()) == (item, lufs)


def test_an_unknown_format_of_another_version_is_the_first(open_tab: Callable[..., LibraryTab]) -> None:
    tab = open_tab(export_format="aac")
    tab.render(states_library.chosen())
    assert asked(tab).format() is AudioFormat.WAV


# -- clips of many voices ---------------------------------------------------------------------------------


def test_the_clips_of_several_go_to_a_folder(tab: LibraryTab, qtbot: QtBot, tmp_path: Path) -> None:
    tab.table.selectAll()
    bulk = tab.left.bulk
    bulk.clips.click()
    dialog = dialog_of(tab)
    assert dialog.windowTitle() == "Export clips"
    assert dialog.title.isHidden()
    assert dialog.words.text().startswith("The preview, sample or newest take of 7 voices, with")
    dialog.formats.combo.choose("mp3")
    dialog.level.combo.choose("-23")
    place = files(dialog, "export-folder-dialog")
    assert place.fileMode() is QFileDialog.FileMode.Directory
    with qtbot.waitSignal(tab.export_many_asked) as told:
        place.fileSelected.emit(str(tmp_path))
    ids = tuple(voice.library_id for voice in tab.table.selected_voices())
    assert told.args == [ids, tmp_path, AudioFormat.MP3, -23.0]
    place.reject()
    assert asked(tab).title.isVisible()


def test_the_menu_has_it_for_several(tab: LibraryTab, qtbot: QtBot) -> None:
    def words() -> list[str]:
        return [action.text() for action in voices_menu(tab.table).actions()]

    assert "Export clips to a folder…" not in words()
    tab.table.selectAll()
    menu = voices_menu(tab.table)
    (action,) = (one for one in menu.actions() if one.text() == "Export clips to a folder…")
    with qtbot.waitSignal(tab.table.export_clips_asked):
        action.trigger()
    assert dialog_of(tab).windowTitle() == "Export clips"


def test_by_keyboard(tab: LibraryTab, qtbot: QtBot) -> None:
    dialog = asked(tab)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.formats.combo.hasFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
