"""A system whose server isn't set is shown with what is missing, and nothing is asked of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.domain.accounts import SPEECH_SERVER
from studio.domain.limits import CloneModel, DesignModel, SampleLimits, SystemInfo
from studio.domain.memory import Memory
from studio.flows.clone import CloneState
from studio.flows.design import DesignState
from studio.ui.clone.tab import CloneTab
from studio.ui.design.tab import DesignTab

from . import states_clone as states
from .drawing import drawn
from .systems import HERE, LIMITS, THE_NOIZ

SERVERS = SystemInfo(
    SPEECH_SERVER,
    "Speech server",
    needs_key=False,
    note="Servers of your own.",
    designs=(DesignModel("voice-design", LIMITS, 0.0),),
    clones=(CloneModel("voice-clone", SampleLimits(takes_transcript=True), 0.0),),
)
MISSING = frozenset({SPEECH_SERVER})
WORDS = "No server is set for this. Settings → Accounts → Speech server takes its address, and tells how to start one."


@pytest.fixture
def design(qtbot: QtBot, light: None) -> DesignTab:
    tab = DesignTab(Memory(system=SPEECH_SERVER, description="A calm voice", preview_text="Hello."))
    qtbot.addWidget(tab)
    tab.resize(1100, 700)
    tab.show()
    tab.render(DesignState(systems=(HERE, SERVERS)))
    return tab


@pytest.fixture
def clone(qtbot: QtBot, light: None) -> CloneTab:
    tab = CloneTab(Memory(clone_system=SPEECH_SERVER, clone_name="Ilse"))
    qtbot.addWidget(tab)
    tab.resize(1100, 700)
    tab.show()
    tab.render(CloneState(systems=(THE_NOIZ, SERVERS)))
    return tab


def test_design_says_what_is_missing_and_leads_to_the_settings(design: DesignTab, qtbot: QtBot) -> None:
    assert (design.obstacle.isHidden(), design.busy.start.isEnabled()) == (True, True)
    design.render_without(MISSING)
    assert (design.obstacle.sentence.text(), design.obstacle.isVisible()) == (WORDS, True)
    assert not design.busy.start.isEnabled()
    with qtbot.waitSignal(design.settings_asked):
        design.obstacle.buttons["settings"].click()
    assert design.without_server == SPEECH_SERVER
    with qtbot.assertNotEmitted(design.generate_asked):
        qtbot.keyClick(design, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    design.form.system.choose(HERE.system)
    assert (design.obstacle.isHidden(), design.busy.start.isEnabled(), design.without_server) == (True, True, "")
    design.form.system.choose(SPEECH_SERVER)
    assert design.obstacle.isVisible()
    design.render_without(frozenset())
    assert (design.obstacle.isHidden(), design.busy.start.isEnabled()) == (True, True)


def test_what_is_drawn_later_takes_nothing_away(design: DesignTab) -> None:
    design.render_without(MISSING)
    design.render(DesignState(systems=(HERE, SERVERS), generating=True))
    design.render(DesignState(systems=(HERE, SERVERS)))
    assert (design.obstacle.isVisible(), design.busy.start.isEnabled()) == (True, False)


def test_clone_says_what_is_missing_and_sends_nothing(clone: CloneTab, qtbot: QtBot) -> None:
    clone.render_without(MISSING)
    assert (clone.obstacle.sentence.text(), clone.busy.start.isEnabled()) == (WORDS, False)
    clone.render_takes(states.takes(replace(states.TAKE, transcript="")))
    clone.right_box.box.setChecked(True)
    with qtbot.assertNotEmitted(clone.clone_asked):
        qtbot.keyClick(clone, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(clone.settings_asked):
        clone.obstacle.buttons["settings"].click()
    clone.form.target.system.choose(THE_NOIZ.system)
    assert (clone.obstacle.isHidden(), clone.busy.start.isEnabled()) == (True, True)
    clone.form.target.system.choose(SPEECH_SERVER)
    clone.render_without(frozenset())
    assert (clone.obstacle.isHidden(), clone.busy.start.isEnabled()) == (True, True)


def test_it_is_drawn(design: DesignTab, clone: CloneTab, qapp: object, tmp_path: object) -> None:
    design.render_without(MISSING)
    clone.render_without(MISSING)
    drawn(design, "design-without-server", qapp, tmp_path)  # pyright: ignore[reportArgumentType]
    drawn(clone, "clone-without-server", qapp, tmp_path)  # pyright: ignore[reportArgumentType]
