"""The waveform by mouse and by keys: handles, play position, zoom; drawn once for each view."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.takes import Edit
from studio.ui.sound.draft import EditDraft
from studio.ui.sound.grips import Grip
from studio.ui.sound.picture import SCALE_HEIGHT
from studio.ui.sound.stops import Stop
from studio.ui.sound.view import SoundView
from studio.ui.theme import Role, colour

from . import states_editor as states

SECONDS = 16.0
WIDTH, HEIGHT = 800, 200
MIDDLE, TOP = 100, SCALE_HEIGHT + 6
NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Key = Qt.Key


class Page(QWidget):
    """The view between two fields, 50 pixels a second wide."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = EditDraft(self)
        self.before = QLineEdit(self)
        self.view = SoundView(self.draft, self)
        self.after = QLineEdit(self)
        self.view.setFixedSize(WIDTH, HEIGHT)
        column = QVBoxLayout(self)
        for widget in (self.before, self.view, self.after):
            column.addWidget(widget)
        self.settled: list[Edit] = []
        self.draft.settled.connect(self.settled.append)


@pytest.fixture
def page(qtbot: QtBot, light: None) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    take = states.take(SECONDS)
    page.draft.render_edit(Edit(), SECONDS)
    page.view.render_sound(states.outline(take), SECONDS, None, anew=True)
    page.view.setFocus()
    return page


@pytest.fixture
def view(page: Page) -> SoundView:
    return page.view


def at(seconds: float, y: int = MIDDLE) -> QPoint:
    return QPoint(round(seconds * WIDTH / SECONDS), y)


def drag(qtbot: QtBot, view: SoundView, start: QPoint, end: QPoint, *, drop: bool = True) -> None:
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, (start + end) / 2)
    qtbot.mouseMove(view, end)
    if drop:
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def turn(view: SoundView, seconds: float, up: int, keys: Qt.KeyboardModifier = NONE, sideways: int = 0) -> bool:
    event = QWheelEvent(
        QPointF(at(seconds)), QPointF(view.mapToGlobal(at(seconds))), QPoint(), QPoint(sideways, up),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    event.ignore()
    QApplication.sendEvent(view, event)
    return event.isAccepted()


# -- handles ---------------------------------------------------------------------------------------------------------


def test_handles_are_dragged_and_asked_for_once(page: Page, qtbot: QtBot) -> None:
    drag(qtbot, page.view, at(0.0), at(2.0), drop=False)
    assert page.draft.edit == Edit(start_s=2.0)
    assert page.settled == []
    qtbot.mouseRelease(page.view, Qt.MouseButton.LeftButton, pos=at(2.0))
    drag(qtbot, page.view, at(15.99), at(12.0))
    assert page.settled == [Edit(start_s=2.0), Edit(start_s=2.0, end_s=12.0)]


def test_fades_are_dragged_at_the_upper_edge(page: Page, qtbot: QtBot) -> None:
    drag(qtbot, page.view, at(0.05, TOP), at(1.0, TOP))
    drag(qtbot, page.view, at(15.95, TOP), at(14.0, TOP))
    assert page.settled[-1] == Edit(fade_in_s=1.0, fade_out_s=2.0)


def test_a_drag_that_comes_back_asks_nothing(page: Page, qtbot: QtBot) -> None:
    drag(qtbot, page.view, at(0.0), at(3.0), drop=False)
    qtbot.mouseMove(page.view, at(0.0))
    qtbot.mouseRelease(page.view, Qt.MouseButton.LeftButton, pos=at(0.0))
    assert page.settled == []


def test_the_tab_key_passes_both_handles(page: Page, qtbot: QtBot) -> None:
    page.before.setFocus()
    held: list[Grip | None] = []
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget() or page, Key.Key_Tab)
        held.append(page.view.held)
    assert held == [None, Grip.START, Grip.END]
    qtbot.keyClick(page.view, Key.Key_Tab)
    assert page.after.hasFocus()
    qtbot.keyClick(page.after, Key.Key_Backtab, SHIFT)
    assert page.view.stops.grips[Grip.END].hasFocus()
    assert page.view.held is Grip.END


@pytest.mark.parametrize(
    ("key", "keys", "start"), [(Key.Key_Right, NONE, 5.01), (Key.Key_Right, SHIFT, 5.1), (Key.Key_Left, CTRL, 4.999)]
)
def test_arrows_nudge_the_handle_that_is_held(
    page: Page, qtbot: QtBot, key: Qt.Key, keys: Qt.KeyboardModifier, start: float
) -> None:
    page.draft.render_edit(Edit(start_s=5.0), SECONDS)
    qtbot.keyClick(page.view, Key.Key_BracketLeft)
    qtbot.keyClick(page.view, key, keys)
    assert page.draft.edit == Edit(start_s=start)


def test_nudges_are_asked_for_together(page: Page, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view, Key.Key_BracketRight)
    with qtbot.waitSignal(page.draft.settled):
        for _ in range(5):
            qtbot.keyClick(page.view, Key.Key_Left, SHIFT)
    assert page.settled == [Edit(end_s=15.5)]


def test_leaving_asks_for_what_was_nudged(page: Page, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view, Key.Key_BracketLeft)
    qtbot.keyClick(page.view, Key.Key_Right)
    page.after.setFocus()
    assert page.settled == [Edit(start_s=0.01)]
    assert page.view.held is None


def test_keys_with_alt_are_the_windows(page: Page, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view, Key.Key_BracketLeft)
    qtbot.keyClick(page.view, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert not page.draft.pending


def test_in_and_out_are_set_at_the_play_position(page: Page, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view, Key.Key_I)
    assert not page.draft.pending
    qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=at(3.0))
    qtbot.keyClick(page.view, Key.Key_I)
    page.view.render_playhead(11.0)  # while it sounds, where it sounds
    qtbot.keyClick(page.view, Key.Key_O)
    page.draft.settle()
    assert page.settled == [Edit(start_s=3.0, end_s=11.0)]


def test_an_edit_from_elsewhere_ends_what_was_being_changed(page: Page, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view, Key.Key_BracketLeft)
    qtbot.keyClick(page.view, Key.Key_Right)
    page.draft.render_edit(Edit(), SECONDS)
    assert page.draft.pending
    page.draft.render_edit(Edit(gain_db=3.0), SECONDS)
    assert page.draft.edit == Edit(gain_db=3.0)
    page.draft.settle()
    assert page.settled == []


# -- play position ---------------------------------------------------------------------------------------------------


def test_a_click_places_and_keys_move_from_there(view: SoundView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.sought):
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at(6.0))
    places = [view.at_s]
    for key, keys in (
        (Key.Key_Right, NONE),
        (Key.Key_Left, SHIFT),
        (Key.Key_Home, NONE),
        (Key.Key_End, NONE),
        (Key.Key_Home, CTRL),
        (Key.Key_End, CTRL),
    ):
        view.draft.render_edit(Edit(1.0, 12.0), SECONDS)
        qtbot.keyClick(view, key, keys)
        places.append(view.at_s)
    assert places == [pytest.approx(one) for one in (6.0, 6.01, 5.91, 1.0, 12.0, 0.0, 16.0)]


def test_keys_ask_to_play_and_to_loop(view: SoundView, qtbot: QtBot) -> None:
    with qtbot.waitSignals([view.play_asked, view.loop_asked]):
        qtbot.keyClick(view, Key.Key_Space)
        qtbot.keyClick(view, Key.Key_L)


def test_escape_lets_go_of_the_handle(view: SoundView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Key.Key_BracketLeft)
    qtbot.keyClick(view, Key.Key_Escape)
    assert view.held is None


# -- zoom ------------------------------------------------------------------------------------------------------------


def test_ctrl_and_the_wheel_zoom_around_the_pointer(view: SoundView) -> None:
    assert turn(view, 4.0, 240, CTRL)
    assert view.shown.span_s == pytest.approx(SECONDS / 1.25**2)
    assert view.shown.x_of(4.0, WIDTH) == pytest.approx(200, abs=1)


def test_the_pages_own_wheel_stays_the_pages(page: Page) -> None:
    assert not turn(page.view, 4.0, 120)  # all is shown: there is nothing to scroll
    page.view.zoom(4.0, 8.0)
    page.after.setFocus()
    start = page.view.shown.start_s
    assert not turn(page.view, 4.0, 120)
    assert turn(page.view, 4.0, 0, sideways=-120)
    assert page.view.shown.start_s > start
    page.view.setFocus()
    assert turn(page.view, 4.0, 120)
    assert page.view.shown.start_s == pytest.approx(start)


def test_keys_zoom_and_fit(view: SoundView, qtbot: QtBot) -> None:
    view.draft.render_edit(Edit(4.0, 6.0), SECONDS)
    qtbot.keyClick(view, Key.Key_Plus)
    assert view.shown.span_s < SECONDS
    qtbot.keyClick(view, Key.Key_F)
    assert (view.shown.start_s, view.shown.end_s) == (pytest.approx(3.92), pytest.approx(6.08))
    qtbot.keyClick(view, Key.Key_Minus)
    qtbot.keyClick(view, Key.Key_0)
    assert view.shown.is_whole


def test_the_scale_and_the_middle_button_pan(view: SoundView, qtbot: QtBot) -> None:
    view.zoom(4.0, 8.0)
    drag(qtbot, view, QPoint(400, 10), QPoint(200, 10))
    assert view.shown.start_s == pytest.approx(7.0)
    qtbot.mousePress(view, Qt.MouseButton.MiddleButton, pos=QPoint(200, MIDDLE))
    qtbot.mouseMove(view, QPoint(400, MIDDLE))
    qtbot.mouseRelease(view, Qt.MouseButton.MiddleButton, pos=QPoint(400, MIDDLE))
    assert view.shown.start_s == pytest.approx(6.0)
    assert view.at_s is None


def test_a_handle_out_of_sight_is_brought_into_it(view: SoundView, qtbot: QtBot) -> None:
    view.show_part(view.shown.fitted(8.0, 9.0))
    qtbot.keyClick(view, Key.Key_BracketRight)
    assert view.shown.end_s == SECONDS


def test_the_page_is_turned_with_the_playhead_unless_a_hand_is_at_work(view: SoundView, qtbot: QtBot) -> None:
    view.show_part(view.shown.fitted(4.0, 6.0))
    view.render_playhead(6.0)
    view.render_playhead(6.2)
    assert view.shown.start_s <= 6.2 <= view.shown.end_s
    shown = view.shown
    qtbot.mousePress(view, Qt.MouseButton.MiddleButton, pos=QPoint(200, MIDDLE))
    view.render_playhead(15.0)
    assert view.shown == shown
    qtbot.mouseRelease(view, Qt.MouseButton.MiddleButton, pos=QPoint(200, MIDDLE))


# -- drawing and telling ---------------------------------------------------------------------------------------------


def test_a_moving_playhead_draws_nothing_anew(view: SoundView, qtbot: QtBot) -> None:
    asked: list[tuple[int, int, int]] = []

    def fine(start: int, end: int, columns: int) -> NDArray[np.int8]:
        asked.append((start, end, columns))
        return np.zeros((columns, 2), np.int8)

    view.render_sound(states.outline(states.take(SECONDS)), SECONDS, fine, anew=True)
    view.show_part(view.shown.fitted(5.0, 6.0))
    view.grab()
    drawn = len(asked)
    for step in range(20):
        view.render_playhead(5.2 + step * 0.03)
        view.place(5.5 + step * 0.01)
        view.draft.move(Grip.START, 1.0 + step * 0.1)
        view.grab()
    assert (drawn, len(asked)) == (1, 1)


def test_a_file_that_is_gone_is_drawn_from_its_outline(view: SoundView) -> None:
    def fine(start: int, end: int, columns: int) -> NDArray[np.int8]:
        raise StudioError(Reason.FILE_GONE)

    view.render_sound(states.outline(states.take(SECONDS)), SECONDS, fine, anew=True)
    view.show_part(view.shown.fitted(6.0, 6.4))
    assert has(view, colour(Role.ACCENT, view.palette()))


def has(view: SoundView, ink: QColor, left: int = 20, right: int = WIDTH - 20) -> bool:
    image = view.grab().toImage()
    return any(
        image.pixelColor(x, y) == ink for x in range(left, right) for y in range(SCALE_HEIGHT + 2, HEIGHT - 14, 2)
    )


def test_clips_are_marked_and_what_is_cut_is_dimmed(view: SoundView) -> None:
    warning, accent = colour(Role.WARN, view.palette()), colour(Role.ACCENT, view.palette())
    assert not has(view, warning)
    view.render_sound(states.outline(states.take(SECONDS), loud=2.0), SECONDS, None, anew=True)
    assert has(view, warning)
    view.draft.render_edit(Edit(9.0, 12.0), SECONDS)
    assert not has(view, accent, right=400)
    assert has(view, accent, left=460, right=590)


def said(stop: Stop) -> tuple[object, ...]:
    """Its role, name, value and description for assistive technology."""
    heard = QAccessible.queryAccessibleInterface(stop)
    value = heard.valueInterface().currentValue()
    return (heard.role(), heard.text(QAccessible.Text.Name), value, heard.text(QAccessible.Text.Description))


def test_a_screen_reader_hears_what_the_tab_key_stops_at(view: SoundView) -> None:
    slider = QAccessible.Role.Slider
    view.draft.render_edit(Edit(1.2, 14.8), SECONDS)
    assert said(view.stops.position) == (slider, "Take", 1_200, "selection 0:01.20 to 0:14.80")
    view.place(2.5)
    words = "selection 0:01.20 to 0:14.80, play position 0:02.50"
    assert said(view.stops.position) == (slider, "Take", 2_500, words)
    assert said(view.stops.grips[Grip.START]) == (slider, "Start grip", 1_200, "0:01.20")
    assert said(view.stops.grips[Grip.END]) == (slider, "End grip", 14_800, "0:14.80")
    view.draft.nudge(Grip.END, -0.5)
    assert said(view.stops.grips[Grip.END]) == (slider, "End grip", 14_300, "0:14.30")
    assert view.stops.grips[Grip.START].geometry().center().x() == pytest.approx(1.2 * WIDTH / SECONDS, abs=2)


def test_assistive_technology_moves_what_it_is_told_of(page: Page, qtbot: QtBot) -> None:
    def put(stop: Stop, value: int) -> None:
        QAccessible.queryAccessibleInterface(stop).valueInterface().setCurrentValue(value)

    view = page.view
    with qtbot.waitSignal(page.draft.settled):
        put(view.stops.grips[Grip.END], 12_000)
    with qtbot.waitSignal(view.sought):
        put(view.stops.position, 5_000)
    assert (page.settled, view.at_s) == ([Edit(end_s=12.0)], 5.0)
    put(view.stops.grips[Grip.START], 14_000)  # beyond the other one
    assert view.stops.grips[Grip.START].value() == 11_950


def test_the_cursor_goes_with_what_is_held(page: Page, qtbot: QtBot) -> None:
    view = page.view
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_BracketRight)
    assert view.stops.grips[Grip.END].hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Escape)
    assert view.hasFocus()
    drag(qtbot, view, at(0.0), at(2.0))
    assert view.stops.grips[Grip.START].hasFocus()
    view.render_sound(states.outline(states.take(8.0)), 8.0, None, anew=True)
    assert (view.hasFocus(), view.held) == (True, None)


def test_what_lies_under_the_pointer_is_told(view: SoundView, qtbot: QtBot) -> None:
    told: list[str] = []
    for place in (at(0.0), at(15.99, TOP)):
        QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
        told.append(QToolTip.text())
    assert [words.partition(":")[0] for words in told] == ["Start", "Fade out"]
    QToolTip.hideText()


def test_without_a_take_nothing_happens(qtbot: QtBot, light: None) -> None:
    page = Page()
    qtbot.addWidget(page)
    page.show()
    with qtbot.assertNotEmitted(page.view.play_asked):
        qtbot.keyClick(page.view, Key.Key_Space)
        qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=at(3.0))
    assert not turn(page.view, 4.0, 240, CTRL)
    assert (page.view.at_s, page.view.words()) == (None, "")
