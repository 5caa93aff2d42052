"""The chosen voice: what is told of it, however long its id, and what goes out as it is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.flows.audition import Audible
from studio.flows.library import LibraryState
from studio.ui.library.spoken_takes import MOST_SHOWN
from studio.ui.library.tab import LibraryTab
from studio.ui.window import LIBRARY, Window

from . import states


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    return open_window(Memory(tab=LIBRARY))


@pytest.fixture
def tab(window: Window) -> LibraryTab:
    tab = window.library_tab
    assert tab is not None
    tab.render_systems((states.HERE,))
    return tab


def chosen(**changes: object) -> LibraryState:
    state = states.library(3)
    return replace(
        state,
        **({"chosen": state.voices[0], "clips": (states.clip(1), *states.takes(2))} | changes),  # pyright: ignore
    )


def test_details_say_all_of_it(tab: LibraryTab) -> None:
    tab.render(chosen())
    details = tab.details
    assert details.name.text() == "Announcer"
    assert (details.system.text(), details.status.text()) == ("This computer", "Ready")
    assert details.chips.text() == "English · espeak-ng 1.52"
    assert details.figures.text() == "0:07 · 24 kHz"
    assert details.description.text() == states.WORDS["Announcer"]
    assert details.voice_id.text() == "vs-000001"
    assert details.voice_id.shown.isReadOnly()


def test_details_of_a_voice_elsewhere(tab: LibraryTab) -> None:
    state = states.elsewhere_library()
    tab.render_systems(states.EVERY)
    tab.render(replace(state, chosen=state.voices[1]))
    assert (tab.details.system.text(), tab.details.status.text()) == ("CosyVoice", "In review")
    assert tab.details.chips.text() == "Chinese mainland (Beijing) · English · cosyvoice-v3.5-plus"
    tab.render(replace(state, chosen=state.voices[5]))
    assert (tab.details.system.text(), tab.details.chips.isHidden()) == ("Noiz", True)
    assert tab.details.description.isHidden()
    assert tab.details.figures.text() == "No clip of this voice is here."


def test_an_id_as_long_as_a_sample_is_copied_whole(tab: LibraryTab, qtbot: QtBot) -> None:
    long_id = "v" * 350_000 + "w" * 350_000
    made = states.remote(1, voice_id=long_id)
    began = perf_counter()
    tab.render(replace(states.library(0), voices=(made,), chosen=made))
    assert perf_counter() - began < 0.5
    assert tab.details.voice_id.text() == "v" * 60 + "…" + "w" * 60
    assert tab.details.voice_id.copy.accessibleName() == "Copy voice id"
    with qtbot.waitSignal(tab.said) as said:
        tab.details.voice_id.copy.click()
    assert said.args == ["Copied the voice id"]
    assert QApplication.clipboard().text() == long_id


def test_renaming_and_notes_go_out_as_they_are_typed(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    with qtbot.waitSignal(tab.rename_asked) as renamed:
        tab.details.name.set_text("River guide")
    assert renamed.args == [states.number(1), "River guide"]
    with qtbot.waitSignal(tab.annotate_asked) as noted:
        tab.details.notes.set_text("Low hall")
    assert noted.args == [states.number(1), "Low hall"]


def test_drawing_does_not_take_a_space_from_who_types(tab: LibraryTab, qtbot: QtBot) -> None:
    state = chosen()
    tab.render(state)
    tab.details.name.editor.setFocus()
    tab.details.name.set_text("River ")
    named = replace(state.voices[0], name="River")
    tab.render(replace(state, voices=(named, *state.voices[1:]), chosen=named))
    assert tab.details.name.text() == "River "


def test_takes_play_export_and_go(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    take = states.takes(2)[0]
    row = tab.details.takes.rows[take.clip_id]
    with qtbot.waitSignal(tab.play_asked) as played:
        row.play.click()
    assert played.args == [Audible(take, "Announcer")]
    with qtbot.waitSignal(tab.delete_clip_asked) as deleted:
        row.remove.click()
    assert deleted.args == [take]
    tab.render_audition(states.sounding(take))
    assert (row.play.accessibleName(), tab.details.play.text()) == ("Stop", "Play")


def test_many_takes_stay_light(tab: LibraryTab) -> None:
    tab.render(chosen(clips=(states.clip(1), *states.takes(MOST_SHOWN + 7))))
    assert len(tab.details.takes.rows) == MOST_SHOWN
    assert tab.details.takes.findChild(object, "takes-more").text() == "and 7 older"  # pyright: ignore


@pytest.mark.parametrize("suffix", ["wav", "mp3", "opus", "flac"])
def test_export_asks_for_a_place_without_waiting(tab: LibraryTab, qtbot: QtBot, tmp_path: Path, suffix: str) -> None:
    tab.render(chosen())
    tab.details.export.click()
    dialog = tab.findChild(QFileDialog, "export-dialog")
    assert isinstance(dialog, QFileDialog)
    place = tmp_path / f"river.{suffix}"
    with qtbot.waitSignal(tab.export_asked) as asked:
        dialog.fileSelected.emit(str(place))
    assert asked.args == [states.clip(1), place]
    dialog.reject()


def test_delete_by_its_button(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    with qtbot.waitSignal(tab.delete_asked) as deleted:
        tab.details.remove.click()
    assert deleted.args == [states.number(1)]


def test_the_buttons_fit_with_longer_words(tab: LibraryTab, window: Window, qtbot: QtBot) -> None:
    window.resize(900, 600)
    tab.render(chosen())
    details = tab.details
    details.export.setText("Aufnahme exportieren…")
    details.remove.setText("Stimme löschen")
    details.figures.setText("0:07")
    qtbot.waitUntil(lambda: details.widget().width() <= details.viewport().width())
    assert (
        details.remove.mapTo(details.viewport(), details.remove.rect().bottomRight()).x() < details.viewport().width()
    )
    assert details.play.geometry().right() < details.export.x()
    assert details.export.geometry().right() < details.remove.x()
