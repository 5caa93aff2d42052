"""One picture for each state of the editor and of the capture report, to be looked at by a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.takes import Edit
from studio.flows.hearing import HearingState
from studio.flows.takes import TakesState
from studio.ui.clone.report_view import ReportView
from studio.ui.sound.editor import SoundEditor
from studio.ui.sound.grips import Grip

from . import states_editor as states
from .test_pictures_accounts import drawn


def empty(editor: SoundEditor) -> None:
    editor.render_takes(TakesState())


def importing(editor: SoundEditor) -> None:
    editor.render_takes(TakesState(importing="Interview mit Großmutter.m4a", progress=0.43))


def whole(editor: SoundEditor) -> None:
    editor.render_takes(states.chosen())


def zoomed(editor: SoundEditor) -> None:
    editor.render_takes(states.chosen())
    editor.view.show_part(editor.view.shown.fitted(4.9, 7.4))


def nearest(editor: SoundEditor) -> None:
    editor.set_fine(states.fine)
    editor.render_takes(states.chosen())
    editor.view.show_part(editor.view.shown.fitted(6.2, 6.24))


def trimmed(editor: SoundEditor) -> None:
    editor.render_takes(states.chosen(states.take(edit=states.TRIMMED), edits=(Edit(), states.TRIMMED), at=1))
    editor.view.setFocus()
    editor.view.hold(Grip.START)


def more(editor: SoundEditor) -> None:
    edit = replace(states.TRIMMED, clean=True, gain_db=4.5)
    of = states.take(edit=edit)
    editor.render_takes(states.chosen(of, edits=(Edit(), edit), at=1))
    heard, audition = states.sounding(of, 1.2)
    editor.controls.cleaned.click()
    editor.render_hearing(heard)
    editor.render_audition(audition)
    editor.render_position(2.2)


def playing(editor: SoundEditor) -> None:
    of = states.take(edit=states.TRIMMED)
    editor.render_takes(states.chosen(of))
    editor.controls.loop.click()
    editor.view.place(6.0)
    heard, audition = states.sounding(of, 1.2)
    editor.render_hearing(heard)
    editor.render_audition(audition)
    editor.render_position(7.3)


def clipped(editor: SoundEditor) -> None:
    editor.render_takes(states.chosen(loud=1.62))


def hour(editor: SoundEditor) -> None:
    of = states.take(3600.0, "Podcast 12", source=states.IMPORTED)
    editor.render_takes(states.chosen(of, report=states.report(seconds=3600.0, speech=((31.0, 3520.0),))))


def hour_zoomed(editor: SoundEditor) -> None:
    hour(editor)
    editor.view.show_part(editor.view.shown.fitted(1800.0, 1815.0))


def saved(editor: SoundEditor) -> None:
    editor.render_takes(states.chosen())
    editor.render_hearing(HearingState(saved=Path("Take 3.wav")))


def in_trouble(editor: SoundEditor) -> None:
    editor.render_takes(states.chosen(error=states.NO_DISK))
    editor.render_hearing(HearingState(error=states.GONE))


EDITORS: dict[str, Callable[[SoundEditor], None]] = {
    "editor-empty": empty,
    "editor-importing": importing,
    "editor-whole": whole,
    "editor-zoomed": zoomed,
    "editor-nearest": nearest,
    "editor-trimmed": trimmed,
    "editor-more": more,
    "editor-playing": playing,
    "editor-clipped": clipped,
    "editor-hour": hour,
    "editor-hour-zoomed": hour_zoomed,
    "editor-saved": saved,
    "editor-trouble": in_trouble,
}

BAD = states.report(
    seconds=2.4, speech_s=1.1, longest_speech_s=1.1, clipped_runs=84, clipped_samples=900, noise_floor_dbfs=-38.0,
    snr_db=14.0, hum_db=22.0, reverberation_s=0.9, bandwidth_hz=3_400.0, dropouts=2, speech=((0.4, 1.5),),
)  # fmt: skip
WARNED = states.report(noise_floor_dbfs=-44.0, snr_db=21.0, channels=2, rate_hz=96_000, bit_depth=24)
MUTE = states.report(
    speech_s=0.0, longest_speech_s=0.0, speech=(), peak_dbfs=-120.0, rms_dbfs=-120.0, loudness_lufs=None,
    noise_floor_dbfs=None, snr_db=None, reverberation_s=None, bandwidth_hz=None,
)  # fmt: skip


def passes(view: ReportView) -> None:
    view.render_report(states.report(), measuring=False, live=False, system_label="Qwen")


def warnings(view: ReportView) -> None:
    view.render_report(WARNED, measuring=False, live=False, system_label="Qwen")


def failures(view: ReportView) -> None:
    view.render_report(BAD, measuring=False, live=False, system_label="Qwen")


def all_of_them(view: ReportView) -> None:
    warnings(view)
    view.show_all.click()


def live(view: ReportView) -> None:
    view.render_report(states.report(seconds=1.0, speech_s=0.6), measuring=False, live=True, system_label="Qwen")
    view.render_report(states.report(seconds=8.0), measuring=False, live=True, system_label="Qwen")


def measuring(view: ReportView) -> None:
    view.render_report(None, measuring=True, live=False, system_label="Qwen")


def measuring_again(view: ReportView) -> None:
    view.render_report(WARNED, measuring=True, live=False, system_label="Qwen")


def no_speech(view: ReportView) -> None:
    view.render_report(MUTE, measuring=False, live=False, system_label="Qwen")


REPORTS: dict[str, Callable[[ReportView], None]] = {
    "report-passes": passes,
    "report-warnings": warnings,
    "report-failures": failures,
    "report-all": all_of_them,
    "report-live": live,
    "report-measuring": measuring,
    "report-measuring-again": measuring_again,
    "report-no-speech": no_speech,
}


def page(widget: QWidget, width: int, height: int, qtbot: QtBot) -> QWidget:
    """On the ground that it has in the tab, in a window that really has the focus."""
    around = QWidget()
    column = QVBoxLayout(around)
    column.addWidget(widget)
    if isinstance(widget, ReportView):
        column.addStretch(1)
    qtbot.addWidget(around)
    around.resize(width, height)
    around.show()
    around.activateWindow()
    qtbot.waitUntil(around.isActiveWindow)
    return around


@pytest.mark.parametrize("name", EDITORS)
def test_the_editor_is_drawn(name: str, light: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    editor = SoundEditor()
    around = page(editor, 760, 380, qtbot)
    EDITORS[name](editor)
    drawn(around, name, qapp, tmp_path)


@pytest.mark.parametrize("name", ["editor-more", "editor-importing", "editor-saved"])
def test_the_editor_has_room_for_german(
    name: str, light: None, german: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    editor = SoundEditor()
    around = page(editor, 440, 460, qtbot)
    EDITORS[name](editor)
    assert around.width() == 440
    drawn(around, f"{name}-german", qapp, tmp_path)


@pytest.mark.parametrize("name", REPORTS)
def test_the_report_is_drawn(name: str, light: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    view = ReportView()
    around = page(view, 760, 640, qtbot)
    REPORTS[name](view)
    drawn(around, name, qapp, tmp_path)


@pytest.mark.parametrize("name", ["report-failures", "report-all"])
def test_the_report_has_room_for_german(
    name: str, light: None, german: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    view = ReportView()
    around = page(view, 440, 900, qtbot)
    REPORTS[name](view)
    assert around.width() == 440
    drawn(around, f"{name}-german", qapp, tmp_path)
