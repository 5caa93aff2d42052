"""One picture for each state of the whole Clone tab, to be looked at by a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.accounts import NOIZ
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.domain.takes import Step
from studio.flows.booth import BoothState
from studio.flows.takes import TakesState
from studio.ui.clone.tab import CloneTab

from . import states_booth, states_editor
from . import states_clone as states
from .drawing import drawn

Stage = Callable[[CloneTab], None]


def shown_tab(qtbot: QtBot, width: int, height: int, **memory: object) -> CloneTab:
    """As large as the tab is in a window that has the player strip below."""
    tab = CloneTab(Memory(**memory))  # pyright: ignore[reportArgumentType]
    qtbot.addWidget(tab)
    tab.resize(width, height - 90)
    tab.show()
    tab.render(states.clone())
    tab.render_booth(states_booth.heard())
    meter = replace(states_booth.SPOKEN, seconds=9.0)
    tab.right.booth.set_sources(lambda: meter, lambda start: states_booth.outline(9.0)[2 * start :])
    return tab


def filled(tab: CloneTab) -> None:
    tab.form.voice_name.set_text("Großmutter Ilse")
    tab.render_takes(states.takes())
    tab.right_box.box.setChecked(True)


def none(tab: CloneTab) -> None:
    tab.render(states.clone(systems=()))


def first(tab: CloneTab) -> None:
    pass


def no_device(tab: CloneTab) -> None:
    error = StudioError(Reason.NO_INPUT_DEVICE, detail="no default input")
    tab.render_booth(BoothState(searched=True, open=True, error=error))


def monitoring(tab: CloneTab) -> None:
    _pull(tab)


def recording(tab: CloneTab) -> None:
    report = states_editor.report(limits=states.QWEN_LIMITS, seconds=9.0, longest_speech_s=7.5)
    tab.render_booth(replace(states_booth.recording(), report=report))
    _pull(tab)


def clipped(tab: CloneTab) -> None:
    meter, outline = replace(states_booth.LOUD, seconds=9.0), states_booth.outline(9.0, clipped=True)
    tab.right.booth.set_sources(lambda: meter, lambda start: outline[2 * start :])
    report = states_editor.report(limits=states.QWEN_LIMITS, clipped_runs=31, clipped_samples=400, seconds=9.0)
    tab.render_booth(replace(states_booth.recording(), report=report))
    _pull(tab)


def paused(tab: CloneTab) -> None:
    tab.render_booth(replace(states_booth.recording(), step=Step.PAUSED))
    _pull(tab)


def importing(tab: CloneTab) -> None:
    tab.render_takes(TakesState(importing="a long interview in the harbour.mp4", progress=0.4))


def good(tab: CloneTab) -> None:
    filled(tab)


def refused(tab: CloneTab) -> None:
    filled(tab)
    tab.render_takes(states.refused())


def report(tab: CloneTab) -> None:
    refused(tab)
    QApplication.processEvents()
    bar = tab.right.verticalScrollBar()
    bar.setValue(bar.maximum())


def trimmed(tab: CloneTab) -> None:
    filled(tab)
    edits = (states.TAKE.edit, states_editor.TRIMMED)
    tab.render_takes(states.takes(replace(states.TAKE, edit=states_editor.TRIMMED), edits=edits, at=1))


def anothers(tab: CloneTab) -> None:
    filled(tab)
    tab.form.whose.whose.choose("anothers")
    tab.form.whose.speaker.set_text("Ilse Brandt")
    tab.form.whose.since.set_text("2026-09-30")
    tab.render(states.clone(consent=states.CONSENT))
    _end_of_form(tab)


def nobody_said(tab: CloneTab) -> None:
    anothers(tab)
    tab.form.whose.speaker.set_text("")
    tab.form.whose.since.set_text("last week")
    tab.busy.start.click()


def address(tab: CloneTab) -> None:
    filled(tab)
    tab.form.sample_url.put(states.URL)
    _end_of_form(tab)


def timbre(tab: CloneTab) -> None:
    filled(tab)
    tab.form.target.system.choose(ON_DEVICE)


def noiz(tab: CloneTab) -> None:
    filled(tab)
    tab.form.target.system.choose(NOIZ)


def mute(tab: CloneTab) -> None:
    filled(tab)
    tab.form.target.model.choose("qwen3-tts-vc-realtime-2026-01-15")
    _end_of_form(tab)


def cloning(tab: CloneTab) -> None:
    filled(tab)
    tab.render(states.clone(cloning=True, progress=0.3))
    tab.busy.bar.show()


def done(tab: CloneTab) -> None:
    filled(tab)
    tab.render(states.clone(cloned=states.cloned(), spoken=states.spoken()))


def degraded(tab: CloneTab) -> None:
    filled(tab)
    words = "audio quality is low: background noise"
    tab.render(states.clone(cloned=states.cloned(), degraded=words, speaking=True))


def matched(tab: CloneTab) -> None:
    timbre(tab)
    tab.render(states.clone(cloned=states.matched(), mute=states.IN_REVIEW))


def wrong(tab: CloneTab) -> None:
    tab.render_takes(states.takes())
    tab.form.handle.set_text("Größe")
    tab.render(states.clone(error=states.MUCH_WRONG))


def transcript(tab: CloneTab) -> None:
    filled(tab)
    tab.render(states.clone(error=states.NOT_WORD_FOR_WORD))


def no_key(tab: CloneTab) -> None:
    filled(tab)
    tab.render(states.clone(error=states.NO_KEY))


def failed(tab: CloneTab) -> None:
    filled(tab)
    tab.render(states.clone(error=states.SERVER_FAILED))
    tab.error_note.buttons["details"].click()


def nothing(tab: CloneTab) -> None:
    tab.busy.start.click()


STAGES: tuple[Stage, ...] = (
    *(
        none,
        first,
        no_device,
        monitoring,
        recording,
        clipped,
        paused,
        importing,
        good,
        refused,
        report,
        trimmed,
        anothers,
    ),
    *(nobody_said, address, timbre, noiz, mute, cloning, done, degraded, matched, wrong, transcript, no_key, failed),
    nothing,
)
SMALL: tuple[Stage, ...] = (recording, good, refused, report, nobody_said, timbre, done, wrong, failed)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_clone_is_drawn(stage: Stage, light: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    tab = shown_tab(qtbot, 1180, 780)
    stage(tab)
    drawn(tab, f"clone-{stage.__name__}", qapp, tmp_path)


@pytest.mark.parametrize("stage", SMALL, ids=lambda stage: stage.__name__)
def test_clone_has_room_in_the_smallest_window(
    stage: Stage, light: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    tab = shown_tab(qtbot, 900, 600)
    stage(tab)
    drawn(tab, f"clone-{stage.__name__}-small", qapp, tmp_path)


@pytest.mark.parametrize("stage", SMALL, ids=lambda stage: stage.__name__)
def test_clone_has_room_for_german(
    stage: Stage, light: None, german: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    tab = shown_tab(qtbot, 900, 600)
    stage(tab)
    drawn(tab, f"clone-{stage.__name__}-german", qapp, tmp_path)


def _pull(tab: CloneTab) -> None:
    tab.right.booth._pull()


def _end_of_form(tab: CloneTab) -> None:
    QApplication.processEvents()
    bar = tab.form_area.verticalScrollBar()
    bar.setValue(bar.maximum())
