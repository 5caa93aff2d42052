"""The frame: tabs and keys, what is remembered, names for screen readers, closing, and rest when nothing sounds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.flows.audition import AuditionState
from studio.ui.combo import Combo
from studio.ui.library.columns import WIDTHS
from studio.ui.window import CLONE, DESIGN, LIBRARY, Window

from . import states, states_clone


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    window = open_window()
    window.render_design(states.design(candidates=states.three()))
    return window


def test_name_and_tabs(window: Window, qapp: QApplication) -> None:
    assert qapp.applicationName() == "Voice Studio"
    assert window.windowTitle() == "Voice Studio"
    assert [window.tabs.tabText(index) for index in range(3)] == ["Design", "Clone", "Library"]


def test_keys_change_the_tab(window: Window, qtbot: QtBot) -> None:
    for key, index in ((Qt.Key.Key_2, CLONE), (Qt.Key.Key_3, LIBRARY), (Qt.Key.Key_1, DESIGN)):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.tabs.currentIndex() == index


def test_find_goes_to_the_search(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.design_tab.form.description.editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.currentIndex() == LIBRARY
    assert window.library_tab is not None
    assert window.library_tab.search.hasFocus()


def test_the_library_is_built_when_it_is_looked_at(window: Window) -> None:
    built: list[QWidget] = []
    window.when_library_built(built.append)
    assert (window.library_tab, built) == (None, [])
    window.show_tab(LIBRARY)
    assert built == [window.library_tab]
    window.when_library_built(built.append)
    assert len(built) == 2


def test_the_clone_tab_is_built_when_it_is_looked_at(window: Window) -> None:
    built: list[QWidget] = []
    window.when_clone_built(built.append)
    window.render_clone(states.cloning())
    assert (window.clone_tab, built) == (None, [])
    window.show_tab(CLONE)
    assert built == [window.clone_tab]


def test_the_clone_tab_is_looked_at_only_while_it_can_be_seen(window: Window) -> None:
    window.allow_close = False
    looked: list[bool] = []
    window.clone_looked_at.connect(looked.append)
    assert not window.looks_at_clone
    window.show_tab(CLONE)
    assert (window.looks_at_clone, looked) == (True, [True])
    window.show_tab(LIBRARY)
    window.show_tab(CLONE)
    assert looked == [True, False, True]
    window.showMinimized()
    assert looked[3:] == [False]
    window.showNormal()
    assert looked[4:] == [True]
    window.close()
    assert looked[5:] == [False]
    window.allow_close = True


def test_what_sounds_reaches_every_tab(window: Window) -> None:
    window.show_tab(CLONE)
    assert window.clone_tab is not None
    window.render_takes(states_clone.takes())
    window.render_clone(states_clone.clone(cloned=states_clone.cloned(), spoken=states_clone.spoken()))
    window.render_audition(AuditionState(audible=states_clone.spoken(), playing=True))
    assert window.clone_tab.right.cloned.play.text() == "Stop first words"
    window.render_audition(AuditionState(audible=states_clone.spoken()))


# -- the settings -----------------------------------------------------------------------------------


def test_the_settings_open_by_button_and_keys(window: Window, qtbot: QtBot) -> None:
    built: list[QWidget] = []
    window.when_settings_built(built.append)
    assert window.settings is None
    assert (window.settings_button.text(), window.settings_button.isVisible()) == ("Settings", True)
    with qtbot.waitSignal(window.settings_shown):
        window.settings_button.click()
    assert built == [window.settings]
    assert window.settings is not None
    assert window.settings.isVisible()
    assert not window.settings.isModal()
    window.settings.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    with qtbot.waitSignal(window.settings_shown):
        qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.settings.isVisible()
    assert len(built) == 1


def test_the_settings_open_at_an_account(window: Window) -> None:
    window.open_settings("model-studio-cn")
    assert window.settings is not None
    shown = [card.region.currentText() for card in window.settings.cards if card.region]
    assert shown == ["Chinese mainland (Beijing)"]


def test_the_settings_close_with_the_window(window: Window) -> None:
    window.open_settings()
    window.allow_close = False
    window.close()
    assert window.settings is not None
    assert not window.settings.isVisible()
    window.allow_close = True


def test_the_settings_are_reached_by_the_tab_key(window: Window, qapp: QApplication) -> None:
    window.tabs.tabBar().setFocus()
    QTest.keyClick(window.tabs.tabBar(), Qt.Key.Key_Tab)
    assert qapp.focusWidget() is window.settings_button


# -- names that screen readers and outside tests rely on --------------------------------------------


def names(window: Window, kind: type[QWidget]) -> list[str]:
    found = window.findChildren(kind)
    return [one.accessibleName() or (one.text() if isinstance(one, QPushButton) else "") for one in found]


def test_fields_have_their_names(window: Window) -> None:
    window.show_tab(LIBRARY)
    assert {"Voice description", "Preview text", "Text to speak", "Notes"} <= set(names(window, QPlainTextEdit))
    assert {"Voice name", "Search voices", "Rename voice"} <= set(names(window, QLineEdit))
    assert names(window, QTableView) == ["Voices"]
    assert names(window, QLineEdit).count("Voice name") == 1


def test_combos_have_their_label_as_buddy(window: Window) -> None:
    buddies = {words.buddy(): words.text() for words in window.findChildren(QLabel) if words.buddy()}
    named = [buddies[combo] for combo in window.findChildren(Combo)]
    assert named == [combo.accessibleName() for combo in window.findChildren(Combo)]
    assert sorted(named) == ["Language", "Model", "Output device", "Region", "Sample rate", "System"]
    window.show_tab(LIBRARY)
    assert window.library_tab is not None
    show = window.library_tab.left.head.show_kind
    assert (show.title.text(), show.title.buddy(), show.accessibleName()) == ("Show", show, "Show")


def test_what_a_system_has_can_be_found_by_name(window: Window) -> None:
    window.render_design(states.design(systems=states.DESIGNERS))
    window.design_tab.form.system.choose("qwen")
    assert "Voice id prefix" in names(window, QLineEdit)
    combos = [combo for combo in window.findChildren(Combo) if combo.isVisible()]
    assert [combo.accessibleName() for combo in combos] == [
        "Language", "System", "Region", "Model", "Sample rate", "Output device",
    ]  # fmt: skip
    window.show_tab(LIBRARY)
    assert {"Refresh", "Settings", "Copy voice ID"} <= set(names(window, QPushButton))
    assert "Voice ID" in names(window, QLineEdit)


def test_buttons_have_their_names(window: Window) -> None:
    window.render_design(states.design(candidates=states.three(), error=states.STOPPED, discarded=states.candidate(9)))
    window.show_tab(LIBRARY)
    wanted = {"Generate", "Cancel", "Play", "Keep", "Discard", "Details", "Retry", "Undo", "Speak", "Delete"}
    assert wanted <= set(names(window, QPushButton))
    window.render_audition(states.sounding(states.three()[0].preview))
    assert "Stop" in names(window, QPushButton)
    shown = [button for button in window.findChildren(QPushButton) if not button.isHidden()]
    assert all(button.text() or button.accessibleName() for button in shown)


def test_labels_with_words_keep_them(window: Window) -> None:
    window.show_tab(LIBRARY)
    assert [words.objectName() for words in window.findChildren(QLabel) if words.accessibleName()] == []


def test_no_button_that_a_note_does_not_offer(window: Window) -> None:
    assert not {"Retry", "Undo", "Details"} & set(names(window, QPushButton))


def test_tab_goes_through_the_form_to_the_cards(window: Window, qapp: QApplication) -> None:
    window.render_design(states.design(candidates=states.three()[:1], error=states.STOPPED))
    window.design_tab.form.description.editor.setFocus()
    passed: list[str] = []
    while len(passed) < 16:
        at = qapp.focusWidget()
        passed.append(at.objectName())
        QTest.keyClick(at, Qt.Key.Key_Tab)
    assert passed[:14] == [
        "voice-description", "preview-text", "language", "voice-name", "system", "sample-rate", "retry", "details",
        "generate", "candidate", "play", "keep", "discard", "again",
    ]  # fmt: skip


def test_tab_passes_what_a_system_has_and_its_cards(window: Window, qapp: QApplication) -> None:
    cards = (states.made_elsewhere(),)
    window.render_design(states.design(systems=states.DESIGNERS, candidates=cards))
    window.render_orders(states.orders())
    window.design_tab.form.system.choose("qwen")
    qapp.processEvents()  # a layout shows what is new in it as soon as it can
    window.design_tab.form.system.setFocus()
    passed: list[str] = []
    while len(passed) < 13:
        at = qapp.focusWidget()
        passed.append(at.objectName())
        QTest.keyClick(at, Qt.Key.Key_Tab)
    assert passed == [
        "system", "region", "model", "sample-rate", "voice-id-prefix", "generate", "look-again", "forget",
        "candidate", "play", "show-in-library", "again", "close",
    ]  # fmt: skip


# -- rest when nothing sounds ---------------------------------------------------------------------


def test_clocks_run_only_while_something_sounds(window: Window, qtbot: QtBot) -> None:
    def running() -> list[QTimer]:
        return [timer for timer in window.findChildren(QTimer) if timer.isActive() and not timer.isSingleShot()]

    window.playhead.position_s = lambda: 1.25
    window.show_tab(LIBRARY)
    window.show_tab(DESIGN)
    assert running() == []
    window.render_audition(states.sounding(states.three()[0].preview))
    assert window.playhead.running
    qtbot.waitUntil(lambda: window.strip.time.text() == "0:01 / 0:08")
    window.render_audition(states.sounding(states.three()[0].preview, playing=False))
    assert not window.playhead.running
    assert running() == []


# -- remembering and closing ------------------------------------------------------------------------


def test_places_are_remembered(window: Window, qtbot: QtBot) -> None:
    heard: dict[str, object] = {}
    window.remembered.connect(lambda name, value: heard.update({name: value}))
    window.show_tab(LIBRARY)
    assert heard["tab"] == LIBRARY
    window.design_tab.form.description.set_text("Unsent words")
    assert heard["description"] == "Unsent words"
    assert window.library_tab is not None
    window.library_tab.render(states.library(3))
    window.library_tab.speak.field.set_text("To say")
    window.library_tab.table.setColumnWidth(0, 222)
    window.library_tab.splitter.splitterMoved.emit(1, 1)
    assert heard["text_to_speak"] == "To say"
    assert heard["column_widths"][0] == 222  # pyright: ignore
    assert [name for name, _ in heard["splitters"]] == ["library-splitter"]  # pyright: ignore


def test_everything_comes_back(open_window: Callable[..., Window]) -> None:
    window = open_window(
        Memory(
            description="Unsent words", text_to_speak="To say", tab=LIBRARY, rate_hz=48_000,
            column_widths=(222, *WIDTHS[1:]), splitters=(("design-splitter", (365, 815)),),
        )
    )  # fmt: skip
    window.render_design(states.design())
    assert window.tabs.currentIndex() == LIBRARY
    assert window.library_tab is not None
    assert window.library_tab.speak.field.text() == "To say"
    assert window.library_tab.table.columnWidth(0) == 222
    assert window.design_tab.form.brief().description == "Unsent words"
    assert window.design_tab.form.brief().rate_hz == 48_000
    window.show_tab(DESIGN)
    assert window.design_tab.splitter.sizes()[0] in range(360, 372)


def test_a_damaged_geometry_is_passed_over(open_window: Callable[..., Window]) -> None:
    assert open_window(Memory(geometry="nonsense é")).width() >= 900


def test_closing_hides_and_tells(window: Window, qtbot: QtBot) -> None:
    window.allow_close = False
    kept: list[tuple[str, object]] = []
    window.remembered.connect(lambda name, value: kept.append((name, value)))
    with qtbot.waitSignal(window.closed):
        assert not window.close()
    assert not window.isVisible()
    assert kept[-1][0] == "geometry"
    window.allow_close = True
    assert window.close()
