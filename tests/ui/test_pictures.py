"""One picture for each tab and state, light and dark, to be looked at by a person."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.accounts import COSYVOICE, EVOLINK, QWEN
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.memory import Memory
from studio.ui import theme
from studio.ui.window import Window

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


def far_design(system: str, **changes: object) -> Stage:
    def staged(window: Window, qtbot: QtBot) -> None:
        window.render_design(states.design(systems=states.DESIGNERS))
        form = window.design_tab.form
        form.system.choose(system)
        form.voice_name.set_text("Night reader")
        window.render_design(states.design(systems=states.DESIGNERS, **changes))

    return staged


def design_cosyvoice(window: Window, qtbot: QtBot) -> None:
    far_design(COSYVOICE)(window, qtbot)
    window.design_tab.form.preview.set_text("Good evening.")


def design_realtime(window: Window, qtbot: QtBot) -> None:
    far_design(QWEN)(window, qtbot)
    window.design_tab.form.model.choose("qwen3-tts-vd-realtime-2026-01-15")


def design_orders(window: Window, qtbot: QtBot) -> None:
    far_design(QWEN, candidates=states.three())(window, qtbot)
    window.render_orders(states.orders(2, arrived=states.remote(3, "Mira")))


def design_orders_failed(window: Window, qtbot: QtBot) -> None:
    far_design(QWEN, candidates=states.three()[:1])(window, qtbot)
    window.render_orders(states.orders(0, error=StudioError(Reason.NOT_MADE, system=QWEN)))


BOTH_CARDS = (states.made_elsewhere(), *states.three())

FAR_STAGES: dict[str, Stage] = {
    "design-qwen": far_design(QWEN),
    "design-qwen-realtime": design_realtime,
    "design-qwen-cards": far_design(QWEN, candidates=BOTH_CARDS),
    "design-qwen-key-refused": far_design(QWEN, error=states.KEY_REFUSED),
    "design-qwen-no-key": far_design(QWEN, error=StudioError(Reason.KEY_MISSING, system=QWEN)),
    "design-cosyvoice": design_cosyvoice,
    "design-evolink": far_design(EVOLINK),
    "design-orders": design_orders,
    "design-orders-failed": design_orders_failed,
    "design-small-qwen": small(far_design(QWEN, candidates=BOTH_CARDS)),
    "design-small-key-refused": small(far_design(QWEN, error=states.KEY_REFUSED)),
    "design-small-orders": small(design_orders),
}

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
} | FAR_STAGES


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
