"""The Design tab drawn from states, and what goes out when a person acts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from studio.domain.accounts import COSYVOICE, EVOLINK, QWEN
from studio.domain.briefs import ON_DEVICE, Brief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import Fault, Field, Problem
from studio.domain.memory import FIRST_DESCRIPTION, FIRST_PREVIEW, Memory
from studio.flows.design import DesignState
from studio.ui.combo import Combo
from studio.ui.design_tab import DesignTab
from studio.ui.preview_texts import PREVIEW_TEXTS
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


EVERY_STATE = {
    "first": states.design(),
    "no system": DesignState(),
    "three": states.design(candidates=states.three()),
    "generating": states.design(generating=True, candidates=states.three()[1:]),
    "progress": states.design(generating=True, progress=0.5),
    "error": states.design(error=states.STOPPED),
    "bad input": states.design(error=states.TOO_LONG, candidates=states.three()[:1]),
    "kept": states.design(kept=states.voice(3, "Mira")),
    "discarded": states.design(candidates=states.three()[:2], discarded=states.three()[2]),
    "elsewhere": states.design(systems=states.DESIGNERS, candidates=(states.made_elsewhere(), *states.three())),
    "key refused": states.design(systems=states.DESIGNERS, error=states.KEY_REFUSED),
}


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(EVERY_STATE, 2)))
def test_every_state_is_drawn_the_same_after_any_other(qtbot: QtBot, before: str, after: str) -> None:
    alone, changed = DesignTab(Memory()), DesignTab(Memory())
    for made in (alone, changed):
        qtbot.addWidget(made)
    changed.render(EVERY_STATE[before])
    for made in (alone, changed):
        made.render(EVERY_STATE[after])
    assert seen(changed) == seen(alone)


def seen(tab: DesignTab) -> tuple[object, ...]:
    return (
        order(tab),
        tab.error_note.isHidden() or tab.error_note.sentence.text(),
        tab.done_note.isHidden() or tab.done_note.sentence.text(),
        tab.busy.start.isHidden(),
        tab.busy.cancel.isHidden(),
        tab.cards.empty.isHidden() or tab.cards.empty.sentence.text(),
    )


# -- the form ----------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_enter_generates_from_any_field(tab: DesignTab, qtbot: QtBot, key: Qt.Key) -> None:
    for field in (tab.form.description.editor, tab.form.voice_name.editor, tab.form.language):
        field.setFocus()
        with qtbot.waitSignal(tab.generate_asked):
            qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
    assert tab.form.description.text() == FIRST_DESCRIPTION


def test_generate_turns_into_cancel_at_the_same_place(tab: DesignTab, qtbot: QtBot) -> None:
    place = tab.busy.start.geometry()
    tab.render(states.design(generating=True))
    assert tab.busy.start.isHidden()
    assert tab.busy.cancel.geometry() == place
    with qtbot.waitSignal(tab.cancel_asked):
        tab.busy.cancel.click()
    with qtbot.assertNotEmitted(tab.generate_asked):
        qtbot.keyClick(tab.form.description.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_progress_shows_only_what_lasts(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(generating=True, progress=0.25))
    assert not tab.busy.bar.isVisible()
    qtbot.waitUntil(tab.busy.bar.isVisible, timeout=1000)
    assert tab.busy.bar.value() == 250
    tab.render(states.design())
    assert not tab.busy.bar.isVisible()


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


# -- notes -------------------------------------------------------------------------------------------


def test_an_error_has_details_and_retry(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(error=states.STOPPED))
    note = tab.error_note
    assert note.sentence.text() == "The speech engine of this computer stopped in the middle. Try again."
    assert note.raw.isHidden()
    note.buttons["details"].click()
    assert note.raw.text() == "engine-stopped\non-device\nsynthesiser ended with code 3\nrequest id: r-77"
    with qtbot.waitSignal(tab.retry_asked):
        note.buttons["retry"].click()


def test_no_retry_where_it_can_not_help(tab: DesignTab) -> None:
    tab.render(states.design(error=StudioError(Reason.ENGINE_MISSING)))
    assert list(tab.error_note.buttons) == ["details"]


@pytest.mark.parametrize("reason", [Reason.KEY_MISSING, Reason.KEYRING_LOCKED, Reason.INSECURE_ADDRESS])
def test_what_the_settings_cure_leads_there(tab: DesignTab, qtbot: QtBot, reason: Reason) -> None:
    tab.render(states.design(systems=states.DESIGNERS, error=StudioError(reason, system=QWEN)))
    with qtbot.waitSignal(tab.settings_asked):
        tab.error_note.buttons["settings"].click()


def test_a_key_is_tried_in_the_other_region_when_the_person_says_so(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    tab.form.system.choose(QWEN)
    tab.render(states.design(systems=states.DESIGNERS, error=states.KEY_REFUSED))
    note = tab.error_note
    assert note.sentence.text() == (
        "The Singapore server doesn't know this key. It may be a Beijing key: try it there?"
    )
    assert note.buttons["other-region"].text() == "Try Beijing"
    with qtbot.waitSignal(tab.other_region_asked) as asked:
        note.buttons["other-region"].click()
    assert asked.args == [QWEN, "intl"]
    tab.render_region_tried("cn", None)
    assert note.isHidden()
    assert tab.form.brief().region == "cn"


def test_a_key_that_neither_region_knows(tab: DesignTab) -> None:
    tab.render(states.design(systems=states.DESIGNERS))
    tab.form.system.choose(QWEN)
    tab.form.region.choose("cn")
    tab.render(states.design(systems=states.DESIGNERS, error=states.KEY_REFUSED))
    assert tab.error_note.buttons["other-region"].text() == "Try Singapore"
    tab.render_region_tried("intl", StudioError(Reason.KEY_REFUSED, system=QWEN))
    assert tab.error_note.sentence.text() == "Qwen doesn't know this key. Check it in Settings → Accounts."
    assert list(tab.error_note.buttons) == ["settings", "details"]
    assert tab.form.brief().region == "cn"


def test_a_voice_without_its_preview_is_shown(tab: DesignTab, qtbot: QtBot) -> None:
    lost = StudioError(Reason.PREVIEW_LOST, system=QWEN, voice_id="qwen-tts-vd-1")
    tab.render(states.design(systems=states.DESIGNERS, error=lost))
    with qtbot.waitSignal(tab.show_asked) as asked:
        tab.error_note.buttons["show-in-library"].click()
    assert asked.args == ["qwen-tts-vd-1"]


def test_discarded_can_be_taken_back(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(discarded=states.candidate(1)))
    assert tab.done_note.sentence.text() == "Discarded “Announcer”."
    with qtbot.waitSignal(tab.undo_asked):
        tab.done_note.buttons["undo"].click()


def test_kept_can_be_shown(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(kept=states.voice(1)))
    assert tab.done_note.sentence.text() == "Kept “Announcer”."
    with qtbot.waitSignal(tab.show_asked) as asked:
        tab.done_note.buttons["show-in-library"].click()
    assert asked.args == [states.number(1)]


# -- orders ------------------------------------------------------------------------------------------


def test_an_open_order_is_told_and_asked_about(tab: DesignTab, qtbot: QtBot) -> None:
    assert tab.orders.isHidden()
    tab.render_orders(states.orders())
    note = tab.orders.open
    assert note.sentence.text() == (
        "An order at Qwen is still open: its answer was lost, so the voice may have been made and paid for."
    )
    assert [button.text() for button in note.buttons.values()] == ["Look again", "Forget it"]
    with qtbot.waitSignal(tab.look_again_asked):
        note.buttons["look-again"].click()
    with qtbot.waitSignal(tab.forget_asked) as asked:
        note.buttons["forget"].click()
    assert asked.args == [states.number(70)]
    tab.render_orders(states.orders(0))
    assert tab.orders.isHidden()


def test_several_open_orders_are_counted(tab: DesignTab) -> None:
    tab.render_orders(states.orders(3))
    assert tab.orders.open.sentence.text().endswith("paid for. 2 more are open.")
    tab.render_orders(states.orders(2))
    assert tab.orders.open.sentence.text().endswith("paid for. 1 more is open.")


def test_a_task_goes_on_elsewhere(tab: DesignTab) -> None:
    tab.render_orders(states.orders(open=(states.running_order(),)))
    assert tab.orders.open.sentence.text() == (
        "EvoLink is still at work on an order. It goes on there, and is looked after here."
    )


def test_an_order_that_arrived_can_be_shown(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render_orders(states.orders(1, arrived=states.remote(3, "Mira")))
    news = tab.orders.news
    assert news.sentence.text() == "“Mira” has arrived and is in the Library."
    assert tab.orders.open.isVisible()
    with qtbot.waitSignal(tab.show_asked) as asked:
        news.buttons["show-in-library"].click()
    assert asked.args == [states.number(3)]


def test_an_order_that_came_to_nothing(tab: DesignTab) -> None:
    tab.render_orders(states.orders(0, error=StudioError(Reason.NOT_MADE, system=QWEN)))
    assert tab.orders.news.sentence.text() == (
        "Qwen shows no voice for the order whose answer was lost. It can be ordered again."
    )
    assert tab.orders.open.isHidden()


# -- cards -------------------------------------------------------------------------------------------


def test_nothing_yet_offers_to_begin(tab: DesignTab, qtbot: QtBot) -> None:
    assert tab.cards.empty.action.text() == "Generate the first voice"
    with qtbot.waitSignal(tab.generate_asked):
        tab.cards.empty.action.click()


def test_cards_live_as_long_as_their_candidate(tab: DesignTab) -> None:
    tab.render(states.design(candidates=states.three()[1:]))
    kept = {key: id(card) for key, card in tab.cards.cards.items()}
    tab.render(states.design(candidates=states.three()))
    assert {key: id(tab.cards.cards[key]) for key in kept} == kept
    assert list(order(tab)) == [3, 2, 1]
    tab.render(states.design(candidates=states.three()[::2]))
    assert list(order(tab)) == [3, 1]


def order(tab: DesignTab) -> list[int]:
    cards = sorted(tab.cards.cards.values(), key=lambda card: tab.cards._column.indexOf(card))
    return [card.candidate.candidate_id.int for card in cards]


def test_a_card_says_what_was_made_of_the_words(tab: DesignTab) -> None:
    tab.render(states.design(candidates=(states.candidate(1, unused=("museum", "guide")),)))
    card = tab.cards.cards[states.number(1)]
    words = {name: card.findChild(object, name).text() for name in ("candidate-name", "candidate-system")}  # pyright: ignore
    assert words == {"candidate-name": "Announcer", "candidate-system": "Local · draft"}
    assert card.figures.text() == "0:06 · 24 kHz · English · seed 48001"
    assert card.findChild(object, "candidate-understood").text() == "man · middle-aged · deep · warm · steady pace"  # pyright: ignore
    assert card.findChild(object, "candidate-unused").text() == "Not used: “museum”, “guide”"  # pyright: ignore
    assert card.findChild(object, "candidate-description").text() == states.WORDS["Announcer"]  # pyright: ignore


def test_a_card_is_worked_by_keys(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(candidates=states.three()))
    first, second = tab.cards.cards[states.number(3)], tab.cards.cards[states.number(2)]
    first.setFocus()
    with qtbot.waitSignal(tab.play_asked) as played:
        qtbot.keyClick(first, Qt.Key.Key_Space)
    assert played.args == [first.audible]
    with qtbot.waitSignal(tab.keep_asked) as kept:
        qtbot.keyClick(first, Qt.Key.Key_Return)
    assert kept.args == [states.number(3), "Mira"]
    with qtbot.waitSignal(tab.discard_asked) as discarded:
        qtbot.keyClick(first, Qt.Key.Key_Delete)
    assert discarded.args == [states.number(3)]
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert first.hasFocus()


def test_enter_on_a_button_of_a_card_presses_that_button(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(candidates=states.three()))
    card = tab.cards.cards[states.number(3)]
    card.discard.setFocus()
    with qtbot.assertNotEmitted(tab.keep_asked), qtbot.waitSignal(tab.discard_asked):
        qtbot.keyClick(card.discard, Qt.Key.Key_Return)


def test_a_card_of_a_voice_made_elsewhere(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(systems=states.DESIGNERS, candidates=(states.made_elsewhere(), *states.three())))
    card = tab.cards.cards[states.number(4)]
    badges = {name: card.findChild(QLabel, name).text() for name in ("candidate-system", "candidate-kept")}  # pyright: ignore
    assert badges == {"candidate-system": "Qwen", "candidate-kept": "In the Library"}
    assert card.accessibleName() == "Voice Announcer, in the Library"
    assert card.figures.text() == "0:09 · 24 kHz · English"
    buttons = [button.text() for button in card.findChildren(QPushButton)]
    assert sorted(buttons) == ["Close", "Play", "Same words again", "Show in Library"]
    assert card.again.toolTip() == "Designs another voice from the same words, for $0.20"
    with qtbot.waitSignal(tab.show_asked) as asked:
        card.decide.click()
    assert asked.args == [states.number(4)]
    card.setFocus()
    with qtbot.assertNotEmitted(tab.keep_asked), qtbot.waitSignal(tab.show_asked):
        qtbot.keyClick(card, Qt.Key.Key_Return)
    with qtbot.waitSignal(tab.discard_asked) as closed:
        card.discard.click()
    assert closed.args == [states.number(4)]


def test_another_voice_of_the_same_words_says_what_it_costs(tab: DesignTab) -> None:
    made = states.made_elsewhere()
    evolink = replace(made, candidate_id=states.number(5), brief=replace(made.brief, system=EVOLINK, model=""))
    evolink = replace(evolink, voice=replace(made.voice, system=EVOLINK, language=None))
    tab.render(states.design(systems=states.DESIGNERS, candidates=(evolink, *states.three()[:1])))
    cards = tab.cards.cards
    words = "Designs another voice from the same words"
    assert cards[states.number(5)].again.toolTip() == f"{words}; the price is not published"
    assert cards[states.number(5)].figures.text() == "0:09 · 24 kHz"
    assert cards[states.number(3)].again.toolTip() == words


def test_keep_takes_the_name_of_the_form(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(candidates=states.three()))
    tab.form.voice_name.set_text("River guide")
    with qtbot.waitSignal(tab.keep_asked) as kept:
        tab.cards.cards[states.number(1)].decide.click()
    assert kept.args == [states.number(1), "River guide"]


def test_same_words_again(tab: DesignTab, qtbot: QtBot) -> None:
    tab.render(states.design(candidates=states.three()))
    with qtbot.waitSignal(tab.again_asked) as asked:
        tab.cards.cards[states.number(2)].again.click()
    assert asked.args == [states.number(2)]


def test_the_focus_stays_in_the_list_after_a_discard(tab: DesignTab) -> None:
    tab.render(states.design(candidates=states.three()))
    tab.cards.cards[states.number(2)].setFocus()
    tab.render(states.design(candidates=states.three()[::2]))
    assert tab.cards.cards[states.number(1)].hasFocus()


def test_only_the_card_that_sounds_says_stop(window: Window, tab: DesignTab) -> None:
    cards = states.three()
    tab.render(states.design(candidates=cards))
    window.render_audition(states.sounding(cards[1].preview))
    said = {key.int: card.play.text() for key, card in tab.cards.cards.items()}
    assert said == {3: "Play", 2: "Stop", 1: "Play"}
    window.playhead.moved.emit(3.5)
    assert tab.cards.cards[states.number(2)].waveform.part == pytest.approx(0.5)
    window.render_audition(states.sounding(cards[1].preview, playing=False))
    assert tab.cards.cards[states.number(2)].waveform.part is None


def test_more_candidates_than_anyone_looks_at_are_counted(tab: DesignTab) -> None:
    many = tuple(states.candidate(number) for number in range(53))
    more = tab.cards.findChild(QLabel, "candidates-more")
    tab.render(states.design(candidates=many))
    assert len(tab.cards.cards) == 50
    assert more.text() == "and 3 older, shown as these are kept or discarded"
    tab.render(states.design(candidates=many[3:]))
    assert more.isHidden()
