"""One picture for each tab and state, light and dark, to be looked at by a person."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.languages import Language
from studio.domain.memory import Memory
from studio.ui import theme
from studio.ui.window import CLONE, LIBRARY, Window

from . import states

Stage = Callable[[Window, QtBot], None]


def design_first(window: Window, qtbot: QtBot) -> None:
    window.render_design(states.design())


def design_filled(window: Window, qtbot: QtBot) -> None:
    window.render_design(states.design(systems=(states.HERE, states.AFAR), candidates=states.three()[:1]))
    window.design_tab.form.description.set_text("A warm voice. " * 30)
    window.design_tab.form.voice_name.set_text("River guide")


def design_over_limit(window: Window, qtbot: QtBot) -> None:
    window.render_design(states.design(error=states.TOO_LONG, candidates=states.three()[:1]))
    window.design_tab.form.description.set_text("A warm voice. " * 39)


def design_generating(window: Window, qtbot: QtBot) -> None:
    window.render_design(states.design(generating=True, progress=0.4, candidates=states.three()[:1]))
    qtbot.wait(250)


def design_generating_first(window: Window, qtbot: QtBot) -> None:
    window.render_design(states.design(generating=True))
    qtbot.wait(250)


def design_three(window: Window, qtbot: QtBot) -> None:
    cards = states.three()
    window.render_design(states.design(candidates=cards))
    window.render_audition(states.sounding(cards[0].preview, "Mira"))
    window.playhead.run(False)
    window.playhead.moved.emit(3.1)


def design_focused_card(window: Window, qtbot: QtBot) -> None:
    window.render_design(states.design(candidates=states.three()))
    window.design_tab.cards.cards[states.number(2)].setFocus()


def design_error(window: Window, qtbot: QtBot) -> None:
    window.render_design(states.design(error=states.STOPPED, candidates=states.three()[1:]))
    window.design_tab.error_note.buttons["details"].click()


def design_discarded(window: Window, qtbot: QtBot) -> None:
    window.render_design(states.design(candidates=states.three()))
    window.render_design(states.design(candidates=states.three()[1:], discarded=states.three()[0]))


def design_kept(window: Window, qtbot: QtBot) -> None:
    window.render_design(states.design(candidates=states.three()[1:], kept=states.voice(9, "Mira")))


def design_chinese(window: Window, qtbot: QtBot) -> None:
    made = states.candidate(4, "小雨", unused=("睡前",))
    window.render_design(states.design(candidates=(made,)))
    form = window.design_tab.form
    form.description.set_text(states.WORDS["小雨"])
    form.language.choose(Language.ZH)
    window.render_audition(states.sounding(made.preview, "小雨", playing=False))


def design_no_loudspeaker(window: Window, qtbot: QtBot) -> None:
    cards = states.three()
    window.render_design(states.design(candidates=cards))
    window.render_audition(replace(states.sounding(cards[0].preview, playing=False), error=states.NO_LOUDSPEAKER))


def small(stage: Stage) -> Stage:
    def staged(window: Window, qtbot: QtBot) -> None:
        window.resize(900, 600)
        stage(window, qtbot)

    return staged


def shown_library(window: Window) -> None:
    window.show_tab(LIBRARY)
    assert window.library_tab is not None
    window.library_tab.render_systems((states.HERE,))


def library_empty(window: Window, qtbot: QtBot) -> None:
    shown_library(window)
    window.render_library(states.library(0))


def library_voices(window: Window, qtbot: QtBot) -> None:
    shown_library(window)
    window.render_library(states.library(24))


def library_chosen(window: Window, qtbot: QtBot) -> None:
    shown_library(window)
    state = states.library(24)
    chosen = replace(state.voices[0], notes="For the river room, not the hall.")
    window.render_library(replace(state, chosen=chosen, clips=(states.clip(1),)))


def library_playing(window: Window, qtbot: QtBot) -> None:
    library_chosen(window, qtbot)
    window.render_audition(states.sounding(states.clip(1)))
    window.playhead.run(False)
    window.playhead.moved.emit(2.5)


def library_nothing_found(window: Window, qtbot: QtBot) -> None:
    shown_library(window)
    window.render_library(states.library(24))
    assert window.library_tab is not None
    window.library_tab.search.setText("saxophone")


def library_speaking(window: Window, qtbot: QtBot) -> None:
    shown_library(window)
    state = states.library(24)
    assert window.library_tab is not None
    window.library_tab.speak.field.set_text("The next tour starts at three, by the main stairs.")
    window.render_library(replace(state, chosen=state.voices[0], clips=(states.clip(1),), speaking=True, progress=0.6))
    qtbot.wait(250)


def library_takes(window: Window, qtbot: QtBot) -> None:
    shown_library(window)
    state = states.library(24)
    window.render_library(replace(state, chosen=state.voices[0], clips=(states.clip(1), *states.takes())))
    window.render_audition(states.sounding(states.takes()[1]))
    window.playhead.run(False)
    window.playhead.moved.emit(1.5)


def library_deleted(window: Window, qtbot: QtBot) -> None:
    shown_library(window)
    state = states.library(24)
    window.render_library(replace(state, voices=state.voices[1:], deleted=state.voices[0]))


def library_error(window: Window, qtbot: QtBot) -> None:
    shown_library(window)
    state = states.library(24)
    window.render_library(replace(state, chosen=state.voices[1], clips=(states.clip(2),), error=states.NO_TEXT))


def clone(window: Window, qtbot: QtBot) -> None:
    window.show_tab(CLONE)


STAGES: dict[str, Stage] = {
    "design-first": design_first,
    "design-filled": design_filled,
    "design-over-limit": design_over_limit,
    "design-generating": design_generating,
    "design-generating-first": design_generating_first,
    "design-three": design_three,
    "design-focused-card": design_focused_card,
    "design-error": design_error,
    "design-discarded": design_discarded,
    "design-kept": design_kept,
    "design-chinese": design_chinese,
    "design-no-loudspeaker": design_no_loudspeaker,
    "design-small": small(design_three),
    "design-small-error": small(design_error),
    "library-empty": library_empty,
    "library-voices": library_voices,
    "library-chosen": library_chosen,
    "library-playing": library_playing,
    "library-nothing-found": library_nothing_found,
    "library-speaking": library_speaking,
    "library-takes": library_takes,
    "library-deleted": library_deleted,
    "library-error": library_error,
    "library-small": small(library_takes),
    "clone": clone,
}


@pytest.mark.parametrize("name", STAGES)
def test_every_state_is_drawn_in_light_and_dark(
    name: str, open_window: Callable[..., Window], qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder = Path(os.environ.get("STUDIO_PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    window = open_window(Memory())
    STAGES[name](window, qtbot)
    sizes: list[int] = []
    for dark in (False, True):
        theme.wear(qapp, dark)
        qapp.processEvents()
        file = folder / f"{name}-{'dark' if dark else 'light'}.png"
        assert window.grab().save(str(file))
        sizes.append(file.stat().st_size)
    assert min(sizes) > 5_000
