"""The editor drawn from its states, its buttons and fields, and what it asks for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from studio.domain.audio import AudioFormat
from studio.domain.errors import Reason, StudioError
from studio.domain.takes import Edit, Take
from studio.flows.audition import AuditionState
from studio.flows.hearing import HearingState
from studio.flows.takes import TakesState
from studio.ui.sound.editor import SoundEditor

from . import states_editor as states

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Asked:
    """What the editor asked for, in order."""

    def __init__(self, editor: SoundEditor) -> None:
        self.log: list[tuple[object, ...]] = []
        for name in (*("edit", "undo", "redo", "trim_to_speech", "play", "stop", "compare", "hear_sent", "save_sent"),):
            signal = getattr(editor, f"{name}_asked")
            signal.connect(lambda *words, name=name: self.log.append((name, *words)))

    def taken(self) -> list[tuple[object, ...]]:
        taken, self.log[:] = list(self.log), []
        return taken


@pytest.fixture
def editor(qtbot: QtBot, light: None) -> SoundEditor:
    editor = SoundEditor()
    qtbot.addWidget(editor)
    editor.resize(760, 420)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    return editor


@pytest.fixture
def asked(editor: SoundEditor) -> Asked:
    return Asked(editor)


def shown(editor: SoundEditor, edit: Edit = Edit(), **changes: object) -> Take:  # noqa: B008 - a value
    take = states.take(edit=edit)
    editor.render_takes(states.chosen(take, **changes))
    return take


def sounds(editor: SoundEditor, take: Take, start_s: float = 0.0, position_s: float = 0.0) -> None:
    heard, audition = states.sounding(take, start_s)
    editor.render_hearing(heard)
    editor.render_audition(audition)
    editor.render_position(position_s)


def falls_silent(editor: SoundEditor) -> None:
    editor.render_audition(AuditionState())


# -- what is there --------------------------------------------------------------------------------------------------


def test_without_a_take_it_says_what_to_do(editor: SoundEditor) -> None:
    assert editor.empty.isVisible()
    assert "Record something or import a file" in editor.empty.sentence.text()
    assert not any(widget.isEnabled() for widget in editor.controls.in_order())


def test_a_file_that_is_read_shows_how_far_it_is(editor: SoundEditor) -> None:
    editor.render_takes(TakesState(importing="memo.m4a"))
    assert editor.empty.sentence.text() == "Reading “memo.m4a”…"
    editor.render_takes(TakesState(importing="memo.m4a", progress=0.43))
    assert editor.empty.sentence.text() == "Reading “memo.m4a”… 43 %"


def test_an_outline_that_takes_long_is_told_of(editor: SoundEditor, qtbot: QtBot) -> None:
    shown(editor, outline=None)
    assert editor.view.isVisible()
    qtbot.waitUntil(editor.empty.isVisible)
    assert editor.empty.sentence.text() == "Drawing “Take 3”…"
    shown(editor)
    assert editor.view.isVisible()


def test_names_stay_what_they_are(editor: SoundEditor) -> None:
    take = shown(editor)
    before = [widget.accessibleName() or widget.text() for widget in editor.controls.in_order()]  # pyright: ignore
    sounds(editor, take)
    assert editor.controls.play.text() == "Stop"
    assert [widget.accessibleName() or widget.text() for widget in editor.controls.in_order()] == before  # pyright: ignore
    assert before == [
        *("Play", "Loop", "Trim to speech", "Undo", "Redo", "More", "Start", "End"),
        *("Hear what is sent", "Save what is sent…", "Fade in", "Fade out", "Gain", "Clean up noise", "Raw", "Cleaned"),
    ]


def test_the_fields_show_the_recipe(editor: SoundEditor) -> None:
    shown(editor, replace(states.TRIMMED, gain_db=4.5))
    controls = editor.controls
    boxes = (controls.start, controls.end, controls.fade_in, controls.fade_out, controls.gain)
    assert [box.text() for box in boxes] == ["0:01.20", "0:14.50", "0.60 s", "1.40 s", "+4.5 dB"]


def test_another_take_is_seen_whole(editor: SoundEditor) -> None:
    shown(editor)
    editor.view.zoom(4.0)
    editor.view.place(3.0)
    shown(editor, Edit(start_s=1.0))
    assert not editor.view.shown.is_whole  # the same take with another recipe
    editor.render_takes(states.chosen(states.take(30.0, number=2)))
    assert (editor.view.shown.is_whole, editor.view.shown.seconds, editor.view.at_s) == (True, 30.0, None)


def test_errors_and_what_was_saved_are_told_in_their_place(editor: SoundEditor) -> None:
    editor.render_hearing(HearingState(saved=Path("mine.wav")))
    assert editor.hearing_note.sentence.text() == "Saved what is sent as “mine.wav”."
    editor.render_hearing(HearingState(saved=Path("mine.wav"), error=StudioError(Reason.NOT_WRITABLE)))
    assert "can't be written to" in editor.hearing_note.sentence.text()
    shown(editor)
    editor.render_hearing(HearingState())
    assert editor.hearing_note.isHidden()


# -- trimming -------------------------------------------------------------------------------------------------------


def test_fields_ask_for_an_edit(editor: SoundEditor, asked: Asked, qtbot: QtBot) -> None:
    shown(editor)
    start = editor.controls.start
    start.setFocus()
    start.lineEdit().selectAll()
    qtbot.keyClicks(start.lineEdit(), "2,5")
    assert not editor.draft.pending  # not before it is finished
    with qtbot.waitSignal(editor.edit_asked):
        qtbot.keyClick(start, Key.Key_Return)
    editor.controls.gain.setValue(3.0)
    editor.controls.fade_in.setValue(0.5)
    with qtbot.waitSignal(editor.edit_asked):
        editor.controls.fade_out.setValue(1.0)
    assert asked.taken() == [
        ("edit", Edit(start_s=2.5)),
        ("edit", Edit(start_s=2.5, gain_db=3.0, fade_in_s=0.5, fade_out_s=1.0)),
    ]


def test_words_that_are_no_time_change_nothing(editor: SoundEditor, asked: Asked, qtbot: QtBot) -> None:
    shown(editor, states.TRIMMED)
    end = editor.controls.end
    end.setFocus()
    end.lineEdit().selectAll()
    qtbot.keyClicks(end.lineEdit(), "soon")
    qtbot.keyClick(end.lineEdit(), Key.Key_Backspace)
    editor.controls.play.setFocus()
    assert end.text() == "0:14.50"
    assert asked.taken() == []


def test_trim_to_speech_waits_for_a_suggestion(editor: SoundEditor, asked: Asked) -> None:
    shown(editor, report=None)
    assert not editor.controls.trim.isEnabled()
    shown(editor, report=states.report(speech=()))
    assert not editor.controls.trim.isEnabled()
    shown(editor)
    editor.controls.trim.click()
    assert asked.taken() == [("trim_to_speech",)]
    shown(editor, Edit(1.2, 14.5))  # that is where it leads
    assert not editor.controls.trim.isEnabled()


def test_undo_and_redo_by_button_and_keys(editor: SoundEditor, asked: Asked, qtbot: QtBot) -> None:
    shown(editor)
    assert not editor.controls.undo.isEnabled()
    assert not editor.controls.redo.isEnabled()
    shown(editor, states.TRIMMED, edits=(Edit(), states.TRIMMED, Edit(1.0)), at=1)
    editor.controls.undo.click()
    editor.view.setFocus()
    qtbot.keyClick(editor.view, Key.Key_Z, CTRL)
    qtbot.keyClick(editor.view, Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    editor.controls.start.setFocus()
    qtbot.keyClick(editor.controls.start, Key.Key_Z, CTRL)
    assert asked.taken() == [("undo",), ("undo",), ("redo",), ("undo",)]


def test_what_is_being_typed_has_an_undo_of_its_own(editor: SoundEditor, asked: Asked, qtbot: QtBot) -> None:
    shown(editor, states.TRIMMED, edits=(Edit(), states.TRIMMED), at=1)
    start = editor.controls.start
    start.setFocus()
    qtbot.keyClick(start.lineEdit(), Key.Key_End)
    qtbot.keyClicks(start.lineEdit(), "5")
    qtbot.keyClick(start.lineEdit(), Key.Key_Z, CTRL)
    assert start.text() == "0:01.20"
    assert asked.taken() == []


def test_undo_takes_back_what_was_just_nudged(editor: SoundEditor, asked: Asked, qtbot: QtBot) -> None:
    shown(editor)
    editor.view.setFocus()
    qtbot.keyClick(editor.view, Key.Key_BracketLeft)
    qtbot.keyClick(editor.view, Key.Key_Right)
    qtbot.keyClick(editor.view, Key.Key_Z, CTRL)
    assert asked.taken() == [("edit", Edit(start_s=0.01)), ("undo",)]


def test_cleaning_is_a_choice_that_opens_its_place(editor: SoundEditor, asked: Asked) -> None:
    shown(editor)
    assert not editor.controls.clean.isVisible()
    editor.controls.more.click()
    editor.controls.clean.click()
    assert asked.taken() == [("edit", Edit(clean=True))]
    editor.controls.more.click()
    shown(editor, Edit(clean=True, gain_db=1.0))
    assert editor.controls.clean.isVisible()
    assert editor.controls.clean.isChecked()


# -- hearing --------------------------------------------------------------------------------------------------------


def test_play_is_of_the_selection_or_from_the_play_position(editor: SoundEditor, asked: Asked, qtbot: QtBot) -> None:
    shown(editor, states.TRIMMED)
    editor.controls.play.click()
    editor.view.place(6.0)
    editor.view.setFocus()
    qtbot.keyClick(editor.view, Key.Key_Space)
    editor.view.place(15.0)  # that is cut
    editor.controls.play.click()
    assert asked.taken() == [("play", None, False), ("play", 6.0, False), ("play", None, False)]


def test_play_asks_for_the_edit_first(editor: SoundEditor, asked: Asked, qtbot: QtBot) -> None:
    shown(editor)
    editor.view.setFocus()
    qtbot.keyClick(editor.view, Key.Key_BracketLeft)
    qtbot.keyClick(editor.view, Key.Key_Right)
    qtbot.keyClick(editor.view, Key.Key_Space)
    assert asked.taken() == [("edit", Edit(start_s=0.01)), ("play", None, False)]


def test_what_sounds_is_stopped_and_has_a_playhead(editor: SoundEditor, asked: Asked) -> None:
    take = shown(editor, states.TRIMMED)
    editor.controls.play.click()
    sounds(editor, take, start_s=1.2, position_s=3.0)
    assert editor.view.playhead_s == pytest.approx(4.2)
    editor.controls.play.click()
    falls_silent(editor)
    assert asked.taken() == [("play", None, False), ("stop",)]
    assert (editor.view.playhead_s, editor.controls.play.text()) == (None, "Play")


def test_another_takes_sound_has_no_playhead_here(editor: SoundEditor) -> None:
    take = shown(editor)
    sounds(editor, take, position_s=3.0)
    editor.render_takes(states.chosen(states.take(number=2)))
    editor.render_position(3.1)
    assert (editor.view.playhead_s, editor.controls.play.text()) == (None, "Play")


def test_a_click_while_it_sounds_goes_on_there(editor: SoundEditor, asked: Asked, qtbot: QtBot) -> None:
    take = shown(editor)
    editor.view.place(3.0, by_hand=True)
    assert asked.taken() == []  # nothing sounds that wasn't asked for
    sounds(editor, take)
    editor.view.place(9.0, by_hand=True)
    assert asked.taken() == [("play", 9.0, False)]


def test_a_loop_follows_its_selection(editor: SoundEditor, asked: Asked, qtbot: QtBot) -> None:
    take = shown(editor)
    editor.view.place(6.0)
    editor.view.setFocus()
    qtbot.keyClick(editor.view, Key.Key_L)
    editor.controls.play.click()
    sounds(editor, take, position_s=2.0)
    editor.draft.put(Edit(start_s=1.0))
    editor.draft.settle()
    assert asked.taken() == [("play", None, True), ("edit", Edit(start_s=1.0)), ("play", None, True)]
    qtbot.keyClick(editor.view, Key.Key_L)
    assert asked.taken() == [("play", 2.0, False)]


def test_raw_and_cleaned_are_compared(editor: SoundEditor, asked: Asked) -> None:
    take = shown(editor)
    controls = editor.controls
    controls.more.click()
    controls.raw.click()
    sounds(editor, take)
    assert (controls.raw.sounds, controls.cleaned.sounds) == (True, False)
    controls.cleaned.click()
    assert (controls.raw.sounds, controls.cleaned.sounds) == (False, True)
    controls.cleaned.click()
    falls_silent(editor)
    assert (controls.raw.sounds, controls.cleaned.sounds) == (False, False)
    assert asked.taken() == [("compare", False), ("compare", True), ("stop",)]


def test_what_is_sent_is_heard(editor: SoundEditor, asked: Asked) -> None:
    shown(editor)
    editor.controls.hear_sent.click()
    assert asked.taken() == [("hear_sent",)]
    assert not editor.controls.hear_sent.sounds  # not before it sounds


# -- saving ---------------------------------------------------------------------------------------------------------


def test_what_is_sent_is_saved_where_the_person_says(editor: SoundEditor, asked: Asked, tmp_path: Path) -> None:
    shown(editor)
    editor.controls.save_sent.click()
    dialog = editor.findChild(QFileDialog, "export-dialog")
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "Take 3.wav"
    dialog.fileSelected.emit(str(tmp_path / "mine.wav"))
    dialog.reject()
    assert asked.taken() == [("save_sent", tmp_path / "mine.wav")]


def test_what_is_sent_keeps_the_ending_of_its_format(editor: SoundEditor) -> None:
    shown(editor, report=replace(states.report(), sent_as=AudioFormat.MP3))
    editor.controls.save_sent.click()
    dialog = editor.findChild(QFileDialog, "export-dialog")
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == "Take 3.mp3"
    dialog.reject()
