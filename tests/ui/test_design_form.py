"""The form of a design: limits, prices and fields follow the system and its model, and what is picked is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from studio.domain.accounts import COSYVOICE, EVOLINK, QWEN
from studio.domain.briefs import ON_DEVICE, Brief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Fault, Field, Problem
from studio.domain.memory import FIRST_DESCRIPTION, FIRST_PREVIEW, Memory
from studio.ui.combo import Combo
from studio.ui.design.preview_texts import PREVIEW_TEXTS
from studio.ui.design.tab import DesignTab
from studio.ui.window import Window

from . import states


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    window = open_window()
    window.render_design(states.design())
    return window


@pytest.fixture
def tab(window: Window) -> DesignTab:
    return window.design_tab


def test_first_start_has_the_words_selected(tab: DesignTab) -> None:
    editor = tab.form.description.editor
    assert isinstance(editor, QPlainTextEdit)
    assert editor.hasFocus()
    assert editor.textCursor().selectedText() == FIRST_DESCRIPTION


def test_generate_sends_the_whole_brief(tab: DesignTab, qtbot: QtBot) -> None:
    tab.form.description.set_text("A bright young woman.")
    tab.form.preview.set_text("Hello there.")
    tab.form.voice_name.set_text(" Mira ")
    tab.form.rate.choose(48_000)
    with qtbot.waitSignal(tab.generate_asked) as asked:
        tab.busy.start.click()
    assert asked.args == [
        Brief(ON_DEVICE, "A bright young woman.", "Hello there.", Language.EN, name="Mira", rate_hz=48_000)
    ]


def test_counter_shows_from_four_fifths_and_says_what_to_do(tab: DesignTab) -> None:
    field = tab.form.description
    field.set_text("x" * 399)
    assert field.counter.text() == ""
    field.set_text("x" * 400)
    assert (field.counter.text(), field.hint.isVisible()) == ("400 / 500", False)
    field.set_text("x" * 546)
    assert field.counter.text() == "546 / 500"
    assert field.hint.text() == "Shorten it by 46: “This computer” takes 500 characters."


def items(combo: Combo) -> list[str]:
    return [combo.itemText(row) for row in range(combo.count())]


def shown(tab: DesignTab) -> set[str]:
    """Which of the fields that not every system has are there."""
    target = tab.form.target
    fields = {"Region": target.region, "Model": target.model, "Sample rate": target.rate, "Prefix": target.handle}
    return {name for name, field in fields.items() if field.isVisible()}


def test_limits_follow_the_system(tab: DesignTab) -> None:
    tab.render(states.design(systems=(states.HERE, states.AFAR)))
    assert tab.price.text() == "Free, on this computer"
    tab.form.language.choose(Language.DE)
    tab.form.description.set_text("x" * 210)
    tab.form.system.choose("afar")
    assert tab.price.text() == "$0.20 for each voice"
    assert tab.system_note.text() == "Made on a server."
    assert tab.form.description.hint.text() == "Shorten it by 10: “Far away” takes 200 characters."
    assert items(tab.form.language) == ["Chinese", "English"]
    assert tab.form.language.currentText() == "English"
    assert items(tab.form.rate) == ["24 kHz"]


def test_it_stays_this_computer_until_the_person_chooses(tab: DesignTab) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    assert items(tab.form.system) == ["This computer", "Qwen", "CosyVoice", "EvoLink"]
    assert tab.form.system.currentText() == "This computer"
    assert shown(tab) == {"Sample rate"}


def test_each_system_shows_what_it_has(tab: DesignTab) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    form = tab.form
    form.system.choose(QWEN)
    assert shown(tab) == {"Region", "Model", "Sample rate", "Prefix"}
    assert items(form.region) == ["International (Singapore)", "Chinese mainland (Beijing)"]
    assert items(form.model) == [
        "qwen3-tts-vd-2026-01-26",
        "qwen3-tts-vd-realtime-2026-01-15 · no speaking yet",
    ]
    assert (tab.price.text(), tab.system_note.text()) == ("$0.20 for each voice", states.THE_QWEN.note)
    form.model.choose("qwen3-tts-vd-realtime-2026-01-15")
    assert tab.system_note.text() == f"{states.THE_QWEN.note} {states.LATER}"
    form.system.choose(COSYVOICE)
    assert form.model.currentText() == "cosyvoice-v3.5-plus · no speaking yet"
    assert tab.price.text() == "Free"
    assert items(form.rate) == ["16 kHz", "24 kHz"]
    form.system.choose(EVOLINK)
    assert shown(tab) == {"Sample rate", "Prefix"}
    assert tab.price.text() == "Price not published"
    form.system.choose(QWEN)
    assert form.brief().model == "qwen3-tts-vd-realtime-2026-01-15"


def test_what_was_picked_comes_back_with_the_system(tab: DesignTab) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    tab.form.language.choose(Language.DE)
    tab.form.rate.choose(48_000)
    tab.form.system.choose(COSYVOICE)
    assert (tab.form.brief().language, tab.form.brief().rate_hz) == (Language.EN, 24_000)
    assert tab.form.preview.text() == PREVIEW_TEXTS[Language.EN]
    tab.form.system.choose(ON_DEVICE)
    assert (tab.form.brief().language, tab.form.brief().rate_hz) == (Language.DE, 48_000)
    assert tab.form.preview.text() == PREVIEW_TEXTS[Language.DE]


def test_the_whole_brief_of_another_system(tab: DesignTab) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    form = tab.form
    form.system.choose(QWEN)
    form.voice_name.set_text("Night reader 小雨")
    form.description.set_text("A calm man.")
    form.preview.set_text("Hello there.")
    made = Brief(QWEN, "A calm man.", "Hello there.", Language.EN, name="Night reader 小雨", region="intl")
    assert form.brief() == replace(made, model="qwen3-tts-vd-2026-01-26")
    form.handle.set_text(" night ")
    form.region.choose("cn")
    assert form.brief() == replace(made, model="qwen3-tts-vd-2026-01-26", region="cn", handle="night")
    form.system.choose(ON_DEVICE)
    assert form.brief() == replace(made, system=ON_DEVICE, region="", model="", handle="")


def test_the_prefix_follows_the_name_until_it_is_typed(tab: DesignTab) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    form = tab.form
    form.system.choose(QWEN)
    placeholder = form.handle.editor.placeholderText
    assert placeholder() == "voice"
    form.voice_name.set_text("Night reader")
    assert placeholder() == "Night_reader"
    form.voice_name.set_text("小雨")
    assert placeholder() == "XiaoYu"
    form.system.choose(COSYVOICE)
    assert placeholder() == "xiaoyu"
    assert form.brief().handle == ""
    form.handle.set_text("rain_in_summer")
    assert form.handle.hint.text() == "Shorten it by 4: “CosyVoice” takes 10 characters."


def test_a_bad_prefix_is_said_at_its_field(tab: DesignTab) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    tab.form.system.choose(COSYVOICE)
    tab.form.handle.set_text("小雨")
    bad = StudioError(Reason.BAD_INPUT, system=COSYVOICE, problems=(Problem(Field.HANDLE, Fault.NOT_PLAIN, 10, 2),))
    tab.render(states.design(systems=states.DESIGNERS, error=bad))
    assert tab.form.handle.hint.text() == "The voice id prefix has a character that isn't allowed in it."
    assert tab.form.handle.editor.hasFocus()


def test_a_short_preview_is_advised_against_not_forbidden(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    tab.form.preview.set_text("Good evening.")
    assert tab.form.advice.isHidden()
    tab.form.system.choose(COSYVOICE)
    assert tab.form.advice.text() == "CosyVoice may refuse a preview of fewer than 15 characters."
    assert tab.form.advice.isVisible()
    with qtbot.waitSignal(tab.generate_asked):
        tab.busy.start.click()
    tab.form.preview.set_text("Good evening to you.")
    assert tab.form.advice.isHidden()


def test_no_family_of_a_vendor_is_ever_shown(window: Window, tab: DesignTab) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    for system in (QWEN, COSYVOICE, EVOLINK):
        tab.form.system.choose(system)
        words = [label.text() for label in window.findChildren(QLabel)]
        words += [text for combo in window.findChildren(Combo) for text in items(combo)]
        assert not [word for word in words if "qwen-voice-" in word or "voice-enrollment" in word]


def test_the_preview_text_follows_the_language_while_untouched(tab: DesignTab) -> None:
    assert tab.form.preview.text() == FIRST_PREVIEW
    tab.form.language.choose(Language.DE)
    assert tab.form.preview.text() == PREVIEW_TEXTS[Language.DE]
    tab.form.preview.set_text("Meine eigenen Worte.")
    tab.form.language.choose(Language.FR)
    assert tab.form.preview.text() == "Meine eigenen Worte."


@pytest.mark.parametrize("language", Language)
def test_every_language_has_a_preview_text(language: Language) -> None:
    assert 20 <= len(PREVIEW_TEXTS[language]) <= 100


def test_every_change_is_remembered(tab: DesignTab, qtbot: QtBot) -> None:
    heard: list[tuple[str, object]] = []
    tab.changed.connect(lambda name, value: heard.append((name, value)))
    tab.form.description.set_text("one")
    tab.form.voice_name.set_text("two")
    tab.form.rate.choose(16_000)
    tab.form.language.choose(Language.ZH)
    assert heard == [
        ("description", "one"),
        ("voice_name", "two"),
        ("rate_hz", 16_000),
        ("language", Language.ZH),
        ("preview_text", PREVIEW_TEXTS[Language.ZH]),
    ]


def test_where_it_is_made_is_remembered(tab: DesignTab) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    heard: list[tuple[str, object]] = []
    tab.changed.connect(lambda name, value: heard.append((name, value)))
    tab.form.system.choose(QWEN)
    tab.form.region.choose("cn")
    tab.form.model.choose("qwen3-tts-vd-realtime-2026-01-15")
    tab.form.handle.set_text("night")
    assert heard == [
        ("system", QWEN),
        ("region", "cn"),
        ("model", "qwen3-tts-vd-realtime-2026-01-15"),
        ("handle", "night"),
    ]


def test_where_it_was_made_comes_back(open_window: Callable[..., Window]) -> None:
    memory = Memory(system=QWEN, region="cn", model="qwen3-tts-vd-realtime-2026-01-15", handle="night")
    window = open_window(memory)
    window.render_design(states.design(systems=states.DESIGNERS))
    brief = window.design_tab.form.brief()
    assert (brief.system, brief.region, brief.model, brief.handle) == (
        QWEN,
        "cn",
        "qwen3-tts-vd-realtime-2026-01-15",
        "night",
    )


def test_the_wheel_passes_over_a_combo_without_focus(tab: DesignTab, qapp: QApplication) -> None:
    combo = tab.form.language
    middle = QPointF(combo.rect().center())
    wheel = QWheelEvent(
        middle, combo.mapToGlobal(middle), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    qapp.sendEvent(combo, wheel)
    assert combo.currentText() == "English"


def test_bad_input_points_at_the_field(tab: DesignTab) -> None:
    missing = StudioError(Reason.BAD_INPUT, problems=(Problem(Field.PREVIEW_TEXT, Fault.MISSING),))
    tab.render(states.design(error=missing))
    assert tab.error_note.sentence.text() == "The preview text is empty. Write it first."
    assert tab.form.preview.hint.text() == "The preview text is empty. Write it first."
    assert tab.form.preview.editor.hasFocus()
    tab.form.preview.set_text("Now there is one.")
    assert tab.form.preview.hint.isHidden()


def test_made_again_begins_at_the_voices_own_system(tab: DesignTab) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    tab.begin_with(states.remote(1, "小雨", region="cn", language=Language.ZH))
    brief = tab.form.brief()
    assert (brief.system, brief.region, brief.language) == (QWEN, "cn", Language.ZH)
    assert (brief.name, brief.description) == ("小雨", states.WORDS["小雨"])
    assert tab.form.model.hasFocus()
    tab.begin_with(states.remote(2, "Mira", system="afar", region=""))
    assert (tab.form.brief().system, tab.form.brief().region, tab.form.brief().name) == (QWEN, "cn", "Mira")
    tab.begin_with(states.voice(1))
    assert tab.form.brief().system == ON_DEVICE
    assert tab.form.system.hasFocus()


def test_words_that_were_not_sent_come_back_by_undo(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    form = tab.form
    form.description.editor.setFocus()
    typed = ((form.description, "A harbour master, weary."), (form.preview, "Cast off!"), (form.voice_name, "Piet"))
    for field, words in typed:
        field.set_text("")
        qtbot.keyClicks(field.editor, words)
    tab.begin_with(states.voice(1))
    assert form.brief().description == states.WORDS["Announcer"]
    for field, words in typed:
        field.editor.undo()
        assert field.text() == words
