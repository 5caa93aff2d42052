"""What the person says of the chosen voice: favourite, stars, tags, collection; each goes out alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.memory import Memory
from studio.ports import Labels
from studio.ui.flow_layout import FlowLayout
from studio.ui.library.facets import Facets
from studio.ui.library.tab import LibraryTab
from studio.ui.library.voice_labels import VoiceLabels
from studio.ui.window import LIBRARY, Window

from . import states
from .states_library import chosen, labelled

ID = (states.number(1),)


@pytest.fixture
def tab(open_window: Callable[..., Window]) -> LibraryTab:
    tab = open_window(Memory(tab=LIBRARY)).library_tab
    assert tab is not None
    tab.render_systems(states.EVERY)
    tab.render(chosen())
    return tab


@pytest.fixture
def labels(tab: LibraryTab) -> VoiceLabels:
    return tab.details.labels


def test_they_are_drawn(labels: VoiceLabels) -> None:
    assert labels.favourite.accessibleName() == "Favourite"
    assert (labels.favourite.isChecked(), labels.rating.value()) == (True, 4)
    assert [chip.text() for chip in labels.tags.chips.values()] == ["river", "museum"]
    assert labels.collection.combo.currentText() == "Museum"


def test_favourite_by_its_star(tab: LibraryTab, labels: VoiceLabels, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.label_asked) as asked:
        labels.favourite.click()
    assert asked.args == [ID, Labels(favourite=False)]
    tab.render(chosen(labelled(favourite=False)))
    with qtbot.waitSignal(tab.label_asked) as asked:
        labels.favourite.click()
    assert asked.args == [ID, Labels(favourite=True)]


def test_stars_by_mouse_and_keys(tab: LibraryTab, labels: VoiceLabels, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.label_asked) as asked:
        qtbot.mouseClick(labels.rating, Qt.MouseButton.LeftButton, pos=QPoint(34, 14))
    assert asked.args == [ID, Labels(rating=2)]
    with qtbot.waitSignal(tab.label_asked) as asked:
        qtbot.mouseClick(labels.rating, Qt.MouseButton.LeftButton, pos=QPoint(34, 14))
    assert asked.args == [ID, Labels(rating=0)]
    with qtbot.waitSignal(tab.label_asked) as asked:
        qtbot.keyClick(labels.rating, Qt.Key.Key_Right)
    assert asked.args == [ID, Labels(rating=1)]


def test_tags_are_added_and_taken_off(tab: LibraryTab, labels: VoiceLabels, qtbot: QtBot) -> None:
    line = labels.tags.line
    with qtbot.waitSignal(tab.label_asked) as asked:
        qtbot.keyClicks(line, "low  hall")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert asked.args == [ID, Labels(add_tags=("low hall",))]
    assert line.text() == ""
    with qtbot.waitSignal(tab.label_asked) as asked:
        qtbot.keyClicks(line, "warm,")
    assert asked.args == [ID, Labels(add_tags=("warm",))]
    chip = labels.tags.chips["river"]
    assert chip.accessibleName() == "Remove tag river"
    with qtbot.waitSignal(tab.label_asked) as asked:
        chip.click()
    assert asked.args == [ID, Labels(drop_tags=("river",))]


def test_a_tag_that_is_there_is_not_added_again(tab: LibraryTab, labels: VoiceLabels, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tab.label_asked):
        for typed in ("River", "  ", ","):
            qtbot.keyClicks(labels.tags.line, typed)
            qtbot.keyClick(labels.tags.line, Qt.Key.Key_Return)


def test_a_tag_that_was_begun_is_not_the_next_voices(tab: LibraryTab, labels: VoiceLabels, qtbot: QtBot) -> None:
    qtbot.keyClicks(labels.tags.line, "low")
    with qtbot.assertNotEmitted(tab.label_asked):
        tab.render(chosen(states.elsewhere()[1]))
    assert labels.tags.line.text() == ""
    assert labels.tags.chips == {}


def test_tags_that_are_known_are_offered(labels: VoiceLabels, qtbot: QtBot) -> None:
    labels.render_facets(Facets(tags=("museum", "radio"), collections=("Museum", "Radio")))
    line = labels.tags.line
    line.setFocus()
    completer = line.completer()
    assert completer is not None
    completer.setCompletionPrefix("AD")
    assert (completer.completionCount(), completer.currentCompletion()) == (1, "radio")
    labels.collection.combo.opening.emit()
    combo = labels.collection.combo
    assert [combo.itemText(row) for row in range(combo.count())] == ["", "Museum", "Radio"]
    assert combo.currentText() == "Museum"


def test_a_collection_is_chosen_or_written(tab: LibraryTab, labels: VoiceLabels, qtbot: QtBot) -> None:
    combo = labels.collection.combo
    line = combo.lineEdit()
    assert line is not None
    line.selectAll()
    with qtbot.waitSignal(tab.label_asked) as asked:
        qtbot.keyClicks(line, "River room")
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert asked.args == [ID, Labels(collection="River room")]
    labels.render_facets(Facets(collections=("Museum", "Radio")))
    combo.opening.emit()
    with qtbot.waitSignal(tab.label_asked) as asked:
        combo.setCurrentIndex(2)
        combo.activated.emit(2)
    assert asked.args == [ID, Labels(collection="Radio")]


def test_many_tags_stand_on_several_lines(tab: LibraryTab, labels: VoiceLabels) -> None:
    tags = tuple(f"a longer tag, number {number}" for number in range(9))
    tab.render(chosen(labelled(tags=tags)))
    tab.window().resize(900, 600)
    for _ in range(4):
        QApplication.processEvents()
    places = [chip.geometry() for chip in labels.tags.chips.values()]
    assert len({place.top() for place in places}) > 3
    assert max(place.right() for place in places) <= labels.tags.width()
    assert labels.tags.line.geometry().top() >= places[-1].top()


def test_of_very_many_tags_some_are_chips_and_the_rest_is_counted(
    tab: LibraryTab, labels: VoiceLabels, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    arranged: list[object] = []
    arrange = FlowLayout.setGeometry
    monkeypatch.setattr(FlowLayout, "setGeometry", lambda layout, room: (arranged.append(room), arrange(layout, room)))
    tags = tuple(f"tag {number:04}" for number in range(1_500))
    tab.render(chosen(labelled(tags=tags)))
    for _ in range(4):
        QApplication.processEvents()
    assert tuple(labels.tags.chips) == tags[:30]
    assert (labels.tags.more.isVisible(), labels.tags.more.text()) == (True, "and 1,470 more")
    assert "tag 0030" in labels.tags.more.toolTip()
    assert len(arranged) < 20  # not one for each chip
    assert all(chip.isVisible() and chip.width() > 0 for chip in labels.tags.in_order())
    with qtbot.waitSignal(tab.label_asked) as asked:
        labels.tags.chips["tag 0000"].click()
    assert asked.args == [ID, Labels(drop_tags=("tag 0000",))]
    tab.render(chosen(labelled(tags=tags[1:])))
    assert tuple(labels.tags.chips) == tags[1:31]
    tab.render(chosen())
    assert labels.tags.more.isHidden()
