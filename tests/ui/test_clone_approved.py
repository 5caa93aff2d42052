"""What the person sees is what is sent, and what was said of one sample counts for no other."""

from __future__ import annotations

import io
import wave

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.domain.briefs import CloneBrief
from tests.ui.behind import Studio
from tests.ui.test_wiring_clone import keyed, recorded, studio

__all__ = ["keyed", "studio"]


def sent_seconds(studio: Studio) -> float:
    (order,) = studio.qwen.orders
    assert isinstance(order, CloneBrief)
    assert order.sample
    with wave.open(io.BytesIO(order.sample.data)) as file:
        return file.getnframes() / file.getframerate()


def type_end(studio: Studio, text: str) -> None:
    box = studio.cloning.right.editor.controls.end
    box.setFocus()
    box.lineEdit().selectAll()
    QTest.keyClicks(box.lineEdit(), text)


@pytest.mark.parametrize("how", ["click", "keys"])
async def test_what_was_typed_and_not_yet_entered_is_sent(studio: Studio, how: str) -> None:
    await recorded(studio, 19.0)
    tab = studio.cloning
    tab.right_box.box.click()
    type_end(studio, "0:12.00")
    if how == "click":
        tab.busy.start.setFocus()
        tab.busy.start.click()
    else:
        QTest.keyClick(tab.right.editor.controls.end, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        if not studio.clone.state.cloning:  # without a window manager no shortcut is active
            tab.busy.start.click()
    await studio.until(lambda: studio.clone.state.cloned)
    assert sent_seconds(studio) == pytest.approx(12.0, abs=0.01)


async def test_what_is_being_typed_is_not_written_over(studio: Studio) -> None:
    await recorded(studio, 19.0)
    studio.window.activateWindow()
    await studio.until(studio.window.isActiveWindow)
    type_end(studio, "0:1")
    box = studio.cloning.right.editor.controls.end
    studio.cloning.render_takes(studio.takes.state)
    assert box.hasFocus()
    assert box.lineEdit().text() == "0:1"


async def test_a_word_said_of_an_address_counts_for_no_take(studio: Studio) -> None:
    await recorded(studio)
    tab = studio.cloning
    tab.form.sample_url.put("https://example.com/a.wav")
    tab.right_box.box.click()
    assert tab.right_box.stated()
    tab.form.sample_url.put("")
    assert not tab.right_box.stated()
