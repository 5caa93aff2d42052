"""The Clone tab drawn from states, and what goes out when a person acts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from studio.domain.accounts import COSYVOICE, NOIZ, QWEN
from studio.domain.briefs import ON_DEVICE, CloneBrief
from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.memory import Memory
from studio.domain.samples import Right
from studio.domain.takes import Step
from studio.flows.clone import CloneState
from studio.flows.takes import TakesState
from studio.ui.clone.tab import CloneTab

from . import states_accounts, states_booth, states_editor
from . import states_clone as states

FILE = "/recordings/interview.wav"
OTHER_TAKE = replace(states.TAKE, take_id=UUID(int=4711), transcript="Other words.")


def opened(qtbot: QtBot, memory: Memory | None = None) -> CloneTab:
    tab = CloneTab(memory or Memory())
    qtbot.addWidget(tab)
    tab.resize(1100, 700)
    tab.show()
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow)
    tab.render(states.clone())
    return tab


@pytest.fixture
def tab(qtbot: QtBot, light: None) -> CloneTab:
    return opened(qtbot)


def fill(tab: CloneTab) -> None:
    tab.form.voice_name.set_text(" Ilse ")
    tab.form.first_words.box.setChecked(False)
    tab.render_takes(states.takes(replace(states.TAKE, transcript="")))
    tab.right_box.box.setChecked(True)


def asked(tab: CloneTab) -> list[tuple[CloneBrief, str]]:
    """What is asked for from now on."""
    out: list[tuple[CloneBrief, str]] = []
    tab.clone_asked.connect(lambda brief, words: out.append((brief, words)))
    return out


EVERY_STATE = {
    "no system": CloneState(),
    "first": states.clone(),
    "consent": states.clone(consent=states.CONSENT),
    "cloning": states.clone(cloning=True, progress=0.4),
    "cloned": states.clone(cloned=states.cloned()),
    "speaking": states.clone(cloned=states.cloned(), speaking=True),
    "spoken": states.clone(cloned=states.cloned(), spoken=states.spoken()),
    "degraded": states.clone(cloned=states.cloned(), degraded="low quality", mute=states.IN_REVIEW),
    "no key": states.clone(error=states.NO_KEY),
    "wrong": states.clone(error=states.MUCH_WRONG),
    "failed": states.clone(error=states.SERVER_FAILED),
}


@pytest.fixture(scope="module")
def alone() -> dict[str, object]:
    """What a tab of its own shows of each state, seen once."""
    return {}


@pytest.mark.parametrize("before", EVERY_STATE)
def test_every_state_is_drawn_the_same_after_any_other(qtbot: QtBot, alone: dict[str, object], before: str) -> None:
    changed = CloneTab(Memory())
    qtbot.addWidget(changed)
    for after, state in EVERY_STATE.items():
        if after not in alone:
            one = CloneTab(Memory())
            qtbot.addWidget(one)
            one.render(state)
            alone[after] = seen(one)
        changed.render(EVERY_STATE[before])
        changed.render(state)
        assert (after, seen(changed)) == (after, alone[after])


def seen(tab: CloneTab) -> tuple[object, ...]:
    shown = [one.text() for one in tab.findChildren(QLabel) if one.isVisibleTo(tab) and one.text()]
    return (
        shown if tab.form.target.info() and not tab.splitter.isHidden() else (),
        tab.splitter.isHidden(),
        tab.nowhere.isHidden(),
        tab.error_note.isHidden() or tab.error_note.sentence.text(),
        tab.right_box.hint.text(),
        tab.busy.cancel.isHidden(),
        tab.right.cloned.isHidden() or tab.right.cloned.note.sentence.text(),
    )


# -- what is there ------------------------------------------------------------------------------------


def test_without_a_system_that_clones(qtbot: QtBot, tab: CloneTab) -> None:
    tab.render(CloneState())
    assert tab.nowhere.isVisible()
    assert tab.nowhere.sentence.text() == "No system that clones voices is here."
    with qtbot.waitSignal(tab.design_asked):
        tab.nowhere.action.click()


@pytest.mark.parametrize(
    ("system", "price"),
    [
        (QWEN, "About $0.01 in all: $0.01 for the voice, about $0.0010 for its first words"),
        (COSYVOICE, "Free"),
        (NOIZ, "Price not published · first words about $0.0012"),
        (ON_DEVICE, "Free, on this computer"),
    ],
)
def test_the_price_stands_before_the_click(tab: CloneTab, system: str, price: str) -> None:
    tab.form.target.system.choose(system)
    assert tab.price.text() == price
    assert tab.price.isVisible()


def test_without_first_words_only_the_voice_is_paid(tab: CloneTab) -> None:
    tab.form.first_words.box.click()
    assert tab.price.text() == "$0.01 for each voice"


def test_a_timbre_match_is_called_nothing_else(tab: CloneTab) -> None:
    assert (tab.busy.start.text(), tab.busy.start.accessibleName()) == ("Clone voice", "Clone voice")
    tab.form.target.system.choose(ON_DEVICE)
    assert (tab.busy.start.text(), tab.busy.start.accessibleName()) == ("Match timbre", "Clone voice")
    assert tab.busy.start.accessibleDescription() == "Match timbre"
    assert tab.form.target.system.currentText() == "Timbre match"
    assert tab.form.target.basic.isVisible()
    assert tab.form.target.basic.text() == "Local · basic"
    assert tab.system_note.text().startswith("Basic match of pitch and colour on this computer.")
    tab.form.target.system.choose(QWEN)
    assert tab.form.target.basic.isHidden()
    assert tab.busy.start.accessibleDescription() == ""
    assert tab.system_note.text().startswith("Cloned by Alibaba Model Studio")


def test_takes_are_held_against_the_chosen_system(tab: CloneTab) -> None:
    out: list[tuple[str, object]] = []
    tab.target_changed.connect(lambda system, limits: out.append((system, limits)))
    tab.tell_target()
    tab.form.target.system.choose(NOIZ)
    assert out[0] == (QWEN, states.QWEN_LIMITS)
    assert out[-1] == (NOIZ, states.NOIZ_INFO.clones[0].limits)


def test_the_text_to_read_follows_the_language_of_the_form(tab: CloneTab) -> None:
    tab.form.language.choose("de")
    assert tab.right.booth.reading.language.currentData() == "de"


# -- the sample ---------------------------------------------------------------------------------------


def test_files_and_addresses_are_dropped_anywhere(tab: CloneTab) -> None:
    out: list[object] = []
    tab.import_asked.connect(out.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(FILE)])
    assert drop(tab, mime)
    assert out == [Path(FILE)]
    address = QMimeData()
    address.setText(states.URL)
    assert drop(tab, address)
    assert tab.form.sample_url.url() == states.URL
    words = QMimeData()
    words.setText("some words")
    assert not drop(tab, words)
    assert len(out) == 1


def test_of_several_dropped_files_it_is_said_which_one_is_imported(tab: CloneTab) -> None:
    out: list[object] = []
    tab.import_asked.connect(out.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(FILE), QUrl.fromLocalFile("/recordings/second.wav")])
    assert drop(tab, mime)
    assert out == [Path(FILE)]
    assert tab.drop_note.sentence.text() == "Only “interview.wav” is imported: drop one file at a time."
    mime.setUrls([QUrl.fromLocalFile(FILE)])
    assert drop(tab, mime)
    assert tab.drop_note.isHidden()


def test_no_file_is_taken_while_the_import_button_takes_none(tab: CloneTab) -> None:
    mime, address = QMimeData(), QMimeData()
    mime.setUrls([QUrl.fromLocalFile(FILE)])
    address.setText(states.URL)
    tab.render_booth(states_booth.recording())
    assert not drop(tab, mime)
    assert drop(tab, address)
    tab.render_booth(states_booth.heard())
    tab.render_takes(TakesState(importing="hall.mp3"))
    assert not drop(tab, mime)


def drop(tab: CloneTab, mime: QMimeData) -> bool:
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(500, 300), Qt.DropAction.CopyAction, mime, buttons, keys)
    entered.ignore()
    tab.dragEnterEvent(entered)
    if entered.isAccepted():
        tab.dropEvent(QDropEvent(QPointF(500, 300), Qt.DropAction.CopyAction, mime, buttons, keys))
    return entered.isAccepted()


def test_without_a_sample_nothing_goes_out(tab: CloneTab) -> None:
    out = asked(tab)
    assert tab.blocked.isHidden()
    tab.busy.start.click()
    assert tab.blocked.sentence.text() == "Record or import a sample first."
    tab.render_takes(states.takes())
    assert tab.blocked.isHidden()
    tab.render_booth(states_booth.recording())
    tab.busy.start.click()
    assert tab.blocked.sentence.text() == "A take is being recorded. Stop it first."
    tab.render_booth(states_booth.heard())
    assert (tab.blocked.isHidden(), out) == (True, [])


def test_a_sample_that_would_be_refused_is_not_sent(tab: CloneTab) -> None:
    out = asked(tab)
    fill(tab)
    tab.render_takes(states.refused())
    assert tab.blocked.sentence.text() == (
        "Qwen would refuse this sample, so nothing is sent.\n"
        "Qwen takes at most 60.0 s; this is 72.4 s. Trim it to the best 10 to 20 seconds.\n"
        "Qwen takes at least 24 kHz; this has 16 kHz. Record at 48 kHz."
    )
    assert tab.system_note.isHidden()
    tab.busy.start.click()
    assert out == []
    tab.form.sample_url.put(states.URL)
    assert tab.blocked.isHidden()
    tab.busy.start.click()
    assert len(out) == 1


def test_a_refused_clone_is_told_once(tab: CloneTab) -> None:
    failed = states.clone(error=StudioError(Reason.REPORT_FAILED, system=QWEN))
    tab.render(failed)
    assert not tab.error_note.isHidden()  # the report isn't here yet
    tab.render_takes(states.refused())
    assert (tab.error_note.isHidden(), tab.blocked.isHidden()) == (True, False)
    tab.render(states.clone())
    tab.render(failed)
    assert tab.error_note.isHidden()
    tab.render_takes(states.takes())
    assert (tab.error_note.isHidden(), tab.blocked.isHidden()) == (True, True)


def test_a_warning_blocks_nothing(tab: CloneTab) -> None:
    out = asked(tab)
    fill(tab)
    poor = states_editor.report(limits=states.QWEN_LIMITS, clipped_runs=40, clipped_samples=9_000)
    tab.render_takes(states.takes(report=poor))
    tab.busy.start.click()
    assert (len(out), tab.blocked.isHidden()) == (1, True)


# -- cloning ------------------------------------------------------------------------------------------


def test_clone_sends_what_was_said_and_no_more(tab: CloneTab) -> None:
    out = asked(tab)
    fill(tab)
    tab.busy.start.click()
    brief = CloneBrief(
        QWEN, "Ilse", has_right=True, region="intl", model="qwen3-tts-vc-2026-01-22", right=Right(own=True)
    )
    assert out == [(brief, "")]


def test_first_words_go_with_the_clone(tab: CloneTab) -> None:
    out = asked(tab)
    fill(tab)
    tab.form.first_words.box.setChecked(True)
    tab.form.first_words.field.set_text(" Good evening. ")
    tab.busy.start.click()
    assert out[0][1] == "Good evening."


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_enter_clones_from_any_field(tab: CloneTab, qtbot: QtBot, key: Qt.Key) -> None:
    fill(tab)
    for field in (tab.form.transcript.editor, tab.form.voice_name.editor, tab.form.language):
        field.setFocus()
        with qtbot.waitSignal(tab.clone_asked):
            qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)


def test_clone_turns_into_cancel(tab: CloneTab, qtbot: QtBot) -> None:
    fill(tab)
    tab.render(states.clone(cloning=True, progress=0.5))
    with qtbot.waitSignal(tab.cancel_asked):
        tab.busy.cancel.click()
    with qtbot.assertNotEmitted(tab.clone_asked):
        qtbot.keyClick(tab.form.voice_name.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


# -- the right ----------------------------------------------------------------------------------------


def test_the_right_is_stated_for_one_sample_and_one_voice(tab: CloneTab) -> None:
    fill(tab)
    tab.render(states.clone(cloned=states.cloned()))
    assert not tab.right_box.stated()
    tab.right_box.box.setChecked(True)
    tab.render(states.clone(cloned=states.cloned(), speaking=True))
    tab.render_takes(states.takes(replace(states.TAKE, transcript="", name="Renamed")))
    assert tab.right_box.stated()
    tab.render_takes(states.takes(OTHER_TAKE))
    assert not tab.right_box.stated()
    tab.right_box.box.setChecked(True)
    tab.form.sample_url.put(states.URL)
    assert not tab.right_box.stated()


def test_a_consent_goes_with_its_sample(tab: CloneTab, qtbot: QtBot) -> None:
    fill(tab)
    with qtbot.assertNotEmitted(tab.drop_consent_asked):
        tab.render_takes(states.takes(OTHER_TAKE))
    tab.render(states.clone(consent=states.CONSENT))
    with qtbot.waitSignal(tab.drop_consent_asked):
        tab.render_takes(states.takes())


def test_somebody_elses_voice_is_named_before_anything_goes_out(tab: CloneTab) -> None:
    out = asked(tab)
    fill(tab)
    tab.form.whose.whose.choose("anothers")
    tab.busy.start.click()
    assert out == []
    assert tab.form.whose.speaker.editor.hasFocus()
    tab.form.whose.speaker.set_text("Ilse Brandt")
    tab.form.whose.since.set_text("2026-01-31")
    tab.busy.start.click()
    assert out[0][0].right == Right("Ilse Brandt", "2026-01-31")


def test_a_right_that_isnt_stated_is_pointed_at(tab: CloneTab) -> None:
    tab.render(states.clone(error=states.NO_RIGHT))
    assert tab.right_box.hint.text() == "Say first that you have the right to clone this voice."
    assert tab.right_box.box.hasFocus()


# -- what came of it ----------------------------------------------------------------------------------


def test_the_voice_is_shown_where_it_can_be_seen(tab: CloneTab, qtbot: QtBot) -> None:
    fill(tab)
    tab.render(states.clone(cloned=states.cloned()))
    card = tab.right.cloned
    qtbot.waitUntil(lambda: not card.visibleRegion().isEmpty())
    with qtbot.waitSignal(tab.show_asked) as shown:
        card.note.buttons["show-in-library"].click()
    assert shown.args == [states.cloned().library_id]


def test_a_recording_is_not_scrolled_away(tab: CloneTab) -> None:
    tab.render_takes(states.takes())
    tab.render_booth(states_booth.recording())
    tab.render(states.clone(cloned=states.cloned()))
    assert tab.right.verticalScrollBar().value() == 0


def test_without_a_key_the_way_to_the_settings_is_offered(tab: CloneTab, qtbot: QtBot) -> None:
    tab.render(states.clone(error=states.NO_KEY))
    assert tab.error_note.sentence.text() == "No key is set for Qwen. Add one in Settings → Accounts."
    assert "retry" not in tab.error_note.buttons
    with qtbot.waitSignal(tab.settings_asked):
        tab.error_note.buttons["settings"].click()


def test_the_other_region_is_offered_for_a_key_that_isnt_known(tab: CloneTab, qtbot: QtBot) -> None:
    tab.render(states.clone(error=states_accounts.refused(QWEN)))
    assert tab.error_note.sentence.text() == (
        "The Singapore server doesn't know this key. It may be a Beijing key: try it there?"
    )
    with qtbot.waitSignal(tab.other_region_asked) as other:
        tab.error_note.buttons["other-region"].click()
    assert other.args == [QWEN, "intl"]
    tab.render_region_tried("cn", states_accounts.refused(QWEN))
    assert not tab.error_note.isHidden()
    tab.render_region_tried("cn", None)
    assert (tab.form.target.chosen_region(), tab.error_note.isHidden()) == ("cn", True)


def test_retry_only_where_it_may_help(tab: CloneTab, qtbot: QtBot) -> None:
    fill(tab)
    tab.render(states.clone(error=states.LOST))
    assert "retry" not in tab.error_note.buttons
    tab.render(states.clone(error=states.SERVER_FAILED))
    with qtbot.waitSignal(tab.clone_asked):
        tab.error_note.buttons["retry"].click()


def test_a_transcript_that_doesnt_match_can_be_left_out_once(tab: CloneTab) -> None:
    out = asked(tab)
    fill(tab)
    tab.render_takes(states.takes())
    tab.right_box.box.setChecked(True)
    tab.busy.start.click()
    tab.render(states.clone(error=states.NOT_WORD_FOR_WORD))
    tab.error_note.buttons["without-transcript"].click()
    tab.busy.start.click()
    said = states.TAKE.transcript
    assert [brief.transcript for brief, _ in out] == [said, "", said]
    assert tab.form.transcript.text() == said


def test_nothing_more_is_left_out_of_a_clone_without_transcript(tab: CloneTab) -> None:
    fill(tab)
    tab.render_takes(states.takes())
    tab.busy.start.click()
    tab.render(states.clone(error=states.NOT_WORD_FOR_WORD))
    tab.error_note.buttons["without-transcript"].click()
    tab.render(states.clone(cloning=True))
    tab.render(states.clone(error=StudioError(Reason.TRANSCRIPT_REFUSED, system=QWEN)))
    assert "without-transcript" not in tab.error_note.buttons


def test_fields_that_must_change_are_marked(tab: CloneTab) -> None:
    tab.form.handle.set_text("Größe")
    tab.render(states.clone(error=states.MUCH_WRONG))
    form = tab.form
    assert form.voice_name.hint.text() == "The voice name is empty. Write it first."
    assert form.handle.hint.text() == "The voice id prefix has a character that isn't allowed in it."
    assert tab.right_box.hint.text() == "Say first that you have the right to clone this voice."
    assert tab.error_note.sentence.text() == (
        "Something in the form needs a change first. This language isn't offered here."
    )
    assert form.voice_name.editor.hasFocus()
    tab.right_box.box.click()
    assert tab.right_box.hint.isHidden()


# -- microphone, takes and report -----------------------------------------------------------------------


def test_the_report_is_of_what_is_being_recorded_else_of_the_chosen_take(tab: CloneTab) -> None:
    report = tab.right.report
    assert tab.right.editor.isHidden()
    tab.render_takes(states.takes())
    assert (tab.right.editor.isHidden(), report.state.text()) == (False, "")
    assert report.verdict.text() == "A good sample: every check is passed."
    tab.render_booth(states_booth.recording())
    assert (tab.right.editor.isHidden(), report.state.text()) == (True, "")
    assert report.verdict.text() == "The report comes as soon as there is something to measure."
    tab.render_booth(states_booth.heard(step=Step.IDLE))
    assert report.verdict.text() == "A good sample: every check is passed."


def test_trouble_with_takes_is_told_once(tab: CloneTab) -> None:
    gone = states_editor.GONE
    tab.render_takes(states.takes(error=gone))
    told = [one for one in tab.findChildren(QLabel, "note-sentence") if one.isVisibleTo(tab) and one.text()]
    assert len(told) == 1
    tab.render_takes(TakesState())


# -- remembered, and by keyboard -----------------------------------------------------------------------


def test_what_was_remembered_is_there(qtbot: QtBot, light: None) -> None:
    memory = Memory(
        clone_system=QWEN,
        clone_region="cn",
        clone_model="qwen3-tts-vc-realtime-2026-01-15",
        clone_name="Ilse",
        clone_url=states.URL,
        clone_transcript="So it goes.",
        clone_language="de",
        clone_first_words="Guten Abend.",
    )
    tab = opened(qtbot, memory)
    brief = tab.form.brief(has_right=tab.right_box.stated())
    assert brief == CloneBrief(
        QWEN,
        "Ilse",
        sample_url=states.URL,
        transcript="So it goes.",
        language=Language.DE,
        region="cn",
        model="qwen3-tts-vc-realtime-2026-01-15",
        right=Right(own=True),
    )
    assert tab.form.first_words.field.text() == "Guten Abend."


def test_the_tab_key_passes_in_reading_order(tab: CloneTab, qtbot: QtBot) -> None:
    tab.render_takes(states.takes())
    tab.form.target.system.setFocus()
    passed = ["clone-system"]
    for _ in range(14):
        focused = tab.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        after = tab.focusWidget()
        assert after is not None
        passed.append(after.objectName())
    assert passed == [
        "clone-system", "clone-region", "clone-model", "clone-name", "clone-handle", "clone-language", "sample-url",
        "transcript", "speak-once-made", "first-words", "whose-voice", "attach-consent", "right", "clone-voice",
        "microphone",
    ]  # fmt: skip
