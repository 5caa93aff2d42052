"""The Clone tab from the click to the flows and back: recorded, trimmed, heard, cloned, and what survives a crash."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from studio.domain.accounts import QWEN
from studio.domain.briefs import CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.domain.takes import Edit, Step
from studio.store import Store
from studio.ui.window import CLONE, DESIGN, LIBRARY, Window
from tests.fakes.recording import wav

from .behind import Studio

RECOVERED = "A take that was being recorded when the program ended is in the Clone tab."


@pytest.fixture
def keyed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-of-the-environment")


@pytest.fixture
async def studio(home: Path, open_window: Callable[..., Window], keyed: None) -> AsyncIterator[Studio]:
    memory = Memory(clone_system=QWEN, clone_name="Mine", input_device="Desk microphone")
    Store().memory.save(memory)
    made = Studio(open_window(memory))
    yield made
    await made.end()


async def recorded(studio: Studio, seconds: float = 14.0) -> None:
    """A take, as a person makes one."""
    studio.window.show_tab(CLONE)
    await studio.until(lambda: studio.booth.state.listening)
    studio.cloning.right.booth.buttons.record.click()
    await studio.until(lambda: studio.booth.state.step is Step.RECORDING)
    studio.recorder.give(seconds)
    studio.cloning.right.booth.buttons.stop.click()
    await studio.until(lambda: studio.takes.state.report and not studio.booth.state.busy)


# -- the microphone -----------------------------------------------------------------------------------


async def test_the_microphone_is_open_while_the_tab_is_looked_at(studio: Studio) -> None:
    assert studio.recorder.listened == []
    studio.window.show_tab(CLONE)
    await studio.until(lambda: studio.booth.state.listening)
    assert studio.recorder.open == "desk"  # the one of the last time
    studio.window.show_tab(DESIGN)
    await studio.until(lambda: studio.recorder.open is None)
    studio.window.show_tab(CLONE)
    await studio.until(lambda: studio.booth.state.listening)
    studio.window.hide()
    await studio.until(lambda: studio.recorder.open is None)
    studio.window.show()


async def test_a_recording_goes_on_while_another_tab_is_looked_at(studio: Studio) -> None:
    studio.window.show_tab(CLONE)
    await studio.until(lambda: studio.booth.state.listening)
    studio.cloning.right.booth.buttons.record.click()
    await studio.until(lambda: studio.booth.state.step is Step.RECORDING)
    studio.window.show_tab(DESIGN)
    studio.recorder.give(12.0)
    assert studio.recorder.open == "desk"
    studio.booth.stop()
    await studio.until(lambda: studio.takes.state.chosen)
    assert studio.status == "Recorded “Take 1” · 0:12"


async def test_the_chosen_microphone_and_count_in_are_remembered(studio: Studio) -> None:
    studio.window.show_tab(CLONE)
    await studio.until(lambda: studio.booth.state.listening)
    panel = studio.cloning.right.booth
    panel.device.choose("")
    panel.count_in.click()
    panel.reading.language.choose("fr")
    memory = studio.desk.memory
    assert (memory.input_device, memory.count_in, memory.reading_language) == ("", True, "fr")
    await studio.until(lambda: studio.recorder.open == "")


# -- takes --------------------------------------------------------------------------------------------


async def test_recorded_measured_and_heard(studio: Studio) -> None:
    await recorded(studio)
    assert studio.status == "Recorded “Take 1” · 0:14"
    take = studio.takes.state.chosen
    assert take is not None
    assert take.transcript.startswith("The old house stands where the river turns")
    assert studio.cloning.form.transcript.text() == take.transcript
    assert studio.cloning.right.report.verdict.text() == "A good sample: every check is passed."
    studio.cloning.right.editor.play_asked.emit(None, False)
    await studio.until(lambda: studio.player.played)
    assert studio.audition.state.playing
    studio.cloning.right.editor.play_asked.emit(None, False)
    await studio.until(lambda: studio.player.silenced)


async def test_what_plays_goes_round_when_it_shall(studio: Studio) -> None:
    await recorded(studio)
    play = studio.cloning.right.editor.play_asked
    play.emit(None, False)
    await studio.until(lambda: studio.player.played)
    play.emit(None, True)
    await studio.until(lambda: len(studio.player.played) == 2)
    assert studio.audition.state.playing
    studio.cloning.right.editor.stop_asked.emit()
    assert not studio.audition.state.playing


async def test_trimmed_and_taken_back(studio: Studio) -> None:
    await recorded(studio)
    editor = studio.cloning.right.editor
    editor.edit_asked.emit(Edit(start_s=1.0, end_s=12.0))
    await studio.until(lambda: studio.takes.state.report and studio.takes.state.report.figures.seconds == 11.0)
    editor.undo_asked.emit()
    assert studio.takes.state.chosen is not None
    assert studio.takes.state.chosen.edit == Edit()
    editor.redo_asked.emit()
    editor.trim_to_speech_asked.emit()
    assert studio.takes.state.chosen.edit == Edit(start_s=0.5, end_s=13.5)
    await studio.until(lambda: not studio.takes.state.measuring)


async def test_what_is_sent_is_heard_and_saved(studio: Studio, tmp_path: Path) -> None:
    await recorded(studio)
    editor = studio.cloning.right.editor
    editor.hear_sent_asked.emit()
    await studio.until(lambda: studio.player.played)
    editor.save_sent_asked.emit(tmp_path / "sent.wav")
    await studio.until(lambda: studio.hearing.state.saved)
    assert (tmp_path / "sent.wav").read_bytes() == wav(14.0, 2_000)
    assert studio.status == "Saved sent.wav"
    editor.compare_asked.emit(True)
    await studio.until(lambda: len(studio.player.played) == 2)


async def test_a_file_is_imported_renamed_deleted_and_brought_back(studio: Studio, tmp_path: Path) -> None:
    studio.window.show_tab(CLONE)
    studio.cloning.import_asked.emit(tmp_path / "hall.wav")
    await studio.until(lambda: studio.takes.state.report)
    assert studio.status == "Imported “hall”"
    rows = studio.cloning.right.takes
    take = studio.takes.state.takes[0]
    rows.rename_asked.emit(take.take_id, "The hall")
    rows.delete_asked.emit(take.take_id)
    assert studio.status == "Deleted “The hall”"
    rows.undo_asked.emit()
    await studio.until(lambda: studio.takes.state.takes)
    assert studio.status == "Brought back “The hall”"


async def test_a_file_that_cant_be_read_is_told(studio: Studio, tmp_path: Path) -> None:
    studio.window.show_tab(CLONE)
    studio.importer.error = StudioError(Reason.NO_SOUND_IN_FILE)
    studio.cloning.right.booth.choose_file_asked.emit(tmp_path / "picture.png")
    await studio.until(lambda: studio.takes.state.error)
    assert studio.status == "There is no sound in this file."


# -- after a crash ------------------------------------------------------------------------------------


async def test_a_recovered_take_is_told_of_once(studio: Studio) -> None:
    studio.kept_takes.put("Take 1", recovered=True)
    studio.takes.restore()  # as the warm-up of the program does
    await studio.until(lambda: studio.takes.state.takes)
    assert (studio.status, studio.window.clone_tab) == (RECOVERED, None)
    studio.window.strip.say("Something else")
    studio.takes.restore()
    await studio.until(lambda: not studio.tasks.running("takes.restore"))
    assert studio.status == "Something else"
    studio.kept_takes.put("Take 2", recovered=True)
    studio.takes.restore()
    await studio.until(lambda: len(studio.takes.state.takes) == 2)
    assert studio.status == RECOVERED
    await studio.until(lambda: studio.takes.state.report)


async def test_a_start_in_the_clone_tab_opens_the_microphone_and_brings_the_takes(
    home: Path, open_window: Callable[..., Window], qapp: QApplication
) -> None:
    window = open_window(Memory(tab=CLONE))
    qapp.processEvents()  # painted, and nobody listens yet
    studio = Studio(window)
    studio.kept_takes.put("Take 1")
    qapp.processEvents()
    await studio.until(lambda: studio.booth.state.listening and studio.takes.state.report)
    await studio.end()


# -- cloning ------------------------------------------------------------------------------------------


async def test_a_take_becomes_a_voice_that_says_its_first_words(studio: Studio) -> None:
    await recorded(studio)
    tab = studio.cloning
    tab.form.first_words.field.set_text("Good evening.")
    tab.right_box.box.click()
    tab.busy.start.click()
    await studio.until(lambda: studio.clone.state.spoken and studio.library.state.voices)
    assert studio.qwen.spoken == ["Good evening."]
    (brief,) = studio.qwen.orders
    assert isinstance(brief, CloneBrief)
    assert brief.sample is not None
    assert brief.sample.data == wav(14.0, 2_000)
    await studio.until(lambda: studio.player.played)
    assert studio.status == "Playing “Mine”"
    assert not tab.right_box.stated()
    assert studio.kept_takes.kept[studio.takes.state.chosen.take_id].sent == (brief.sample.sha256,)  # pyright: ignore
    tab.right.cloned.note.buttons["show-in-library"].click()
    await studio.until(lambda: studio.library.state.clips)
    assert studio.tab.details.name.text() == "Mine"


async def test_a_refused_sample_reaches_nobody(studio: Studio) -> None:
    await recorded(studio)
    studio.gauge.error = StudioError(Reason.EMPTY_AUDIO)
    studio.cloning.right_box.box.click()
    studio.cloning.busy.start.click()
    await studio.until(lambda: studio.clone.state.error)
    assert (studio.qwen.orders, studio.status) == ([], "Not cloned: This sound is empty.")


async def test_a_spoken_consent_is_kept_and_taken_off(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "yes.wav").write_bytes(wav())
    studio.window.show_tab(CLONE)
    studio.cloning.form.whose.attach_asked.emit(tmp_path / "yes.wav")
    await studio.until(lambda: studio.clone.state.consent)
    assert studio.cloning.form.whose.right().consent_sha256
    studio.cloning.form.whose.remove.click()
    assert studio.clone.state.consent is None


async def test_typed_words_stay_with_the_take(studio: Studio) -> None:
    await recorded(studio)
    studio.cloning.form.transcript.set_text("What was really said.")
    take = studio.takes.state.chosen
    assert take is not None
    await studio.until(lambda: studio.kept_takes.kept[take.take_id].transcript == "What was really said.")


# -- by keyboard, and later -----------------------------------------------------------------------------


def in_chain(window: QWidget) -> list[QWidget]:
    """What the Tab key passes in a window, hidden and disabled widgets too."""
    passed: list[QWidget] = []
    after = window.nextInFocusChain()
    while after and after is not window:
        if after.focusPolicy() & Qt.FocusPolicy.TabFocus:
            passed.append(after)
        after = after.nextInFocusChain()
    return passed


async def test_the_tab_key_goes_from_the_form_to_the_right_and_then_to_the_strip(studio: Studio) -> None:
    studio.window.show_tab(CLONE)
    studio.window.show_tab(LIBRARY)
    window, tab = studio.window, studio.cloning
    passed = in_chain(window)
    right = tab.right
    order = (
        window.settings_button, tab.form.target.system, tab.form.voice_name.editor, tab.right_box.box, tab.busy.start,
        right.booth.device, right.booth.buttons.record, right.takes.rows, right.verdict.show_report,
        right.editor.controls.play, right.report.show_all, right.cloned.play, studio.tab.search, window.strip.play,
        window.strip.device,
    )  # fmt: skip
    places = [passed.index(one) for one in order]
    assert places == sorted(places)
    await studio.until(lambda: studio.library.state.loaded)


async def test_a_clone_that_was_given_up_and_comes_is_shown_with_its_right_withdrawn(studio: Studio) -> None:
    await recorded(studio)
    studio.qwen.gate.clear()
    tab = studio.cloning
    tab.right_box.box.click()
    tab.busy.start.click()
    await studio.until(studio.qwen.started.is_set)
    tab.busy.cancel.click()
    await studio.until(lambda: studio.orders.state.arrived)
    assert not tab.right.cloned.isHidden()
    assert (tab.right_box.stated(), tab.results.orders.isHidden()) == (False, True)
    assert studio.window.design_tab.orders.isHidden()
