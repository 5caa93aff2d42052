"""The Clone tab drawn from states, and what goes out when a person acts."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from studio.domain.accounts import COSYVOICE, NOIZ, QWEN
from studio.domain.briefs import CloneBrief
from studio.domain.languages import Language
from studio.domain.memory import Memory
from studio.domain.voices import Status
from studio.flows.clone import CloneState
from studio.ui.clone_tab import CloneTab

from . import states_accounts as states

FILE = "/recordings/interview.wav"


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


def heard(tab: CloneTab) -> list[tuple[str, object]]:
    """Everything that goes out from now on, in order."""
    out: list[tuple[str, object]] = []
    tab.choose_file_asked.connect(lambda path: out.append(("file", path)))
    tab.drop_file_asked.connect(lambda: out.append(("drop", None)))
    tab.clone_asked.connect(lambda brief: out.append(("clone", brief)))
    return out


EVERY_STATE = {
    "no system": CloneState(),
    "first": states.clone(),
    "reading": states.clone(reading=True),
    "read": states.read(),
    "m4a": states.clone(sample=states.M4A, clip=states.M4A_CLIP),
    "cloning": states.read(cloning=True, progress=0.4),
    "cloned": states.read(cloned=states.cloned()),
    "degraded": states.read(cloned=states.cloned(), degraded="low quality"),
    "no key": states.read(error=states.NO_KEY),
    "wrong": states.clone(error=states.MUCH_WRONG),
    "failed": states.read(error=states.SERVER_FAILED),
}


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(EVERY_STATE, 2)))
def test_every_state_is_drawn_the_same_after_any_other(qtbot: QtBot, before: str, after: str) -> None:
    alone, changed = CloneTab(Memory()), CloneTab(Memory())
    for made in (alone, changed):
        qtbot.addWidget(made)
    changed.render(EVERY_STATE[before])
    for made in (alone, changed):
        made.render(EVERY_STATE[after])
    assert seen(changed) == seen(alone)


def seen(tab: CloneTab) -> tuple[object, ...]:
    shown = [one.text() for one in tab.findChildren(QLabel) if one.isVisibleTo(tab) and one.text()]
    return (
        shown if tab.form.target.info() and not tab.splitter.isHidden() else (),
        tab.splitter.isHidden(),
        tab.nowhere.isHidden(),
        tab.error_note.isHidden() or tab.error_note.sentence.text(),
        tab.right_box.hint.text(),
        tab.busy.cancel.isHidden(),
        tab.empty.isHidden() or tab.empty.sentence.text(),
        tab.cloned.isHidden() or tab.cloned.note.sentence.text(),
    )


# -- what is there ------------------------------------------------------------------------------------


def test_without_a_system_that_clones(qtbot: QtBot, tab: CloneTab) -> None:
    tab.render(CloneState())
    assert tab.nowhere.isVisible()
    assert tab.nowhere.sentence.text() == "No system that clones voices is here."
    with qtbot.waitSignal(tab.design_asked):
        tab.nowhere.action.click()


def test_each_field_has_its_name(tab: CloneTab) -> None:
    form = tab.form
    combos = (form.target.system, form.target.region, form.target.model, form.language, form.denoise)
    assert [one.title.text() for one in combos] == ["System", "Region", "Model", "Language", "Denoise"]
    assert all(one.title.buddy() is one for one in combos)
    fields = (form.sample.field, form.voice_name, form.handle, form.transcript)
    names = ["Sample", "Voice name", "Voice id prefix", "Transcript"]
    assert [one.editor.accessibleName() for one in fields] == names
    assert tab.right_box.box.text() == "I have the right to clone this voice"
    assert form.sample.choose.text() == "Choose file…"
    assert tab.busy.start.text() == "Clone"


def test_a_system_shows_what_it_has(tab: CloneTab) -> None:
    form = tab.form
    for system, expected in (
        (QWEN, (True, True, True, True, True, False)),
        (COSYVOICE, (True, False, True, False, False, False)),
        (NOIZ, (False, False, False, False, True, True)),
    ):
        form.target.system.choose(system)
        parts = (
            form.target.region, form.target.model, form.handle, form.transcript, form.language, form.denoise,
        )  # fmt: skip
        assert tuple(part.isVisibleTo(tab) for part in parts) == expected, system
        assert form.word_for_word.isVisibleTo(tab) is expected[3]


def test_models_tell_their_price_and_whether_they_speak(tab: CloneTab) -> None:
    model = tab.form.target.model
    assert [model.itemText(row) for row in range(model.count())] == [
        "qwen3-tts-vc-2026-01-22 · $0.01",
        "qwen3-tts-vc-realtime-2026-01-15 · $0.01 · no speaking yet",
    ]


@pytest.mark.parametrize(
    ("system", "price"),
    [(QWEN, "$0.01 for each voice"), (COSYVOICE, "Free"), (NOIZ, "Price not published")],
)
def test_the_price_stands_before_the_click(tab: CloneTab, system: str, price: str) -> None:
    tab.form.target.system.choose(system)
    assert tab.price.text() == price
    assert tab.price.isVisible()


def test_words_that_help(tab: CloneTab) -> None:
    assert tab.form.word_for_word.text() == "It must match the sample word for word, or stay empty."
    assert tab.form.sample.field.editor.placeholderText() == "A sound file, or its public address"
    assert tab.form.language.itemText(0) == "Not said"
    tab.form.target.system.choose(NOIZ)
    assert tab.form.sample.field.editor.placeholderText() == "A sound file"
    assert [tab.form.denoise.itemText(row) for row in range(3)] == ["The vendor decides", "On", "Off"]


def test_the_prefix_follows_the_name(tab: CloneTab) -> None:
    tab.form.voice_name.set_text("小雨")
    assert tab.form.handle.editor.placeholderText() == "XiaoYu"
    tab.form.target.system.choose(COSYVOICE)
    assert tab.form.handle.editor.placeholderText() == "xiaoyu"


# -- the sample ---------------------------------------------------------------------------------------


def test_a_file_is_asked_for_when_its_name_is_whole(tab: CloneTab, qtbot: QtBot) -> None:
    out = heard(tab)
    editor = tab.form.sample.field.editor
    editor.setFocus()
    qtbot.keyClicks(editor, FILE)
    assert out == []
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    tab.form.voice_name.editor.setFocus()
    assert out == [("file", Path(FILE))]
    tab.form.sample.field.set_text("https://example.org/a.wav")
    tab.form.sample.commit()
    assert out[1:] == [("drop", None)]


@pytest.mark.parametrize("text", [f" {FILE} ", f'"{FILE}"', QUrl.fromLocalFile(FILE).toString()])
def test_paths_as_file_managers_copy_them(tab: CloneTab, text: str) -> None:
    out = heard(tab)
    tab.form.sample.field.set_text(text)
    tab.form.sample.commit()
    assert out == [("file", Path(FILE))]


def test_what_was_read_of_a_file(tab: CloneTab) -> None:
    sample = tab.form.sample
    assert sample.figures.isHidden()
    tab.render(states.clone(reading=True))
    assert sample.figures.text() == "Reading…"
    tab.render(states.read())
    assert sample.figures.text() == "WAV · 1.4 MB · 0:14 · 48 kHz · interview.wav"
    assert sample.waveform.isVisible()
    tab.render(states.clone(sample=states.M4A, clip=states.M4A_CLIP))
    assert sample.figures.text() == "M4A · 90 kB · memo.m4a"
    assert not sample.waveform.isVisible()


def test_a_file_is_chosen_without_waiting_for_the_dialog(tab: CloneTab, qtbot: QtBot, tmp_path: Path) -> None:
    out = heard(tab)
    tab.form.sample.choose.click()
    dialog = tab.findChild(QFileDialog, "sample-dialog")
    assert dialog is not None
    dialog.fileSelected.emit(FILE)
    dialog.close()
    assert out == [("file", Path(FILE))]
    assert tab.form.sample.field.text() == FILE


def test_a_file_is_dropped_anywhere(tab: CloneTab) -> None:
    out = heard(tab)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(FILE)])
    assert drop(tab, mime)
    assert out == [("file", Path(FILE))]
    address = QMimeData()
    address.setText("https://example.org/a.wav")
    assert drop(tab, address)
    assert tab.form.sample.field.text() == "https://example.org/a.wav"
    words = QMimeData()
    words.setText("some words")
    assert not drop(tab, words)


def drop(tab: CloneTab, mime: QMimeData) -> bool:
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(500, 300), Qt.DropAction.CopyAction, mime, buttons, keys)
    entered.ignore()
    tab.dragEnterEvent(entered)
    if entered.isAccepted():
        tab.dropEvent(QDropEvent(QPointF(500, 300), Qt.DropAction.CopyAction, mime, buttons, keys))
    return entered.isAccepted()


def test_the_sample_of_the_last_time_is_read_again(qtbot: QtBot, light: None) -> None:
    tab = CloneTab(Memory(clone_sample=FILE))
    qtbot.addWidget(tab)
    with qtbot.waitSignal(tab.choose_file_asked) as asked:
        tab.offer_again()
    assert asked.args == [Path(FILE)]


def test_an_address_of_the_last_time_asks_for_no_file(qtbot: QtBot, light: None) -> None:
    tab = CloneTab(Memory(clone_sample="https://example.org/a.wav"))
    qtbot.addWidget(tab)
    out = heard(tab)
    tab.offer_again()
    assert out == []


# -- cloning ------------------------------------------------------------------------------------------


def fill(tab: CloneTab) -> None:
    tab.form.sample.put(FILE)
    tab.render(states.read())
    tab.form.voice_name.set_text(" Ilse ")
    tab.right_box.box.setChecked(True)


def test_clone_sends_what_was_said_and_no_more(tab: CloneTab, qtbot: QtBot) -> None:
    fill(tab)
    with qtbot.waitSignal(tab.clone_asked) as asked:
        tab.busy.start.click()
    assert asked.args == [CloneBrief(QWEN, "Ilse", has_right=True, region="intl", model="qwen3-tts-vc-2026-01-22")]


def test_clone_sends_all_that_was_said(tab: CloneTab, qtbot: QtBot) -> None:
    fill(tab)
    tab.form.target.choose_region("cn")
    tab.form.target.model.choose("qwen3-tts-vc-realtime-2026-01-15")
    tab.form.target.model.choose("qwen3-tts-vc-2026-01-22")
    tab.form.handle.set_text("ilse_1")
    tab.form.transcript.set_text("So it goes.\n")
    tab.form.language.choose("de")
    with qtbot.waitSignal(tab.clone_asked) as asked:
        tab.busy.start.click()
    assert asked.args == [
        CloneBrief(
            QWEN,
            "Ilse",
            transcript="So it goes.",
            language=Language.DE,
            has_right=True,
            region="cn",
            model="qwen3-tts-vc-2026-01-22",
            handle="ilse_1",
        )
    ]


def test_fields_that_are_hidden_are_left_out(tab: CloneTab, qtbot: QtBot) -> None:
    fill(tab)
    tab.form.handle.set_text("ilse_1")
    tab.form.transcript.set_text("So it goes.")
    tab.form.target.system.choose(NOIZ)
    tab.form.denoise.choose("off")
    with qtbot.waitSignal(tab.clone_asked) as asked:
        tab.busy.start.click()
    assert asked.args == [CloneBrief(NOIZ, "Ilse", denoise=False, has_right=True)]


def test_an_address_goes_as_it_is(tab: CloneTab) -> None:
    tab.form.sample.field.set_text("https://example.org/a.wav ")
    tab.form.voice_name.set_text("Ilse")
    out = heard(tab)
    tab.busy.start.click()
    assert [name for name, _ in out] == ["drop", "clone"]
    brief = out[1][1]
    assert isinstance(brief, CloneBrief)
    assert (brief.sample_url, brief.has_right) == ("https://example.org/a.wav", False)


def test_a_file_that_is_only_named_is_read_before_it_is_cloned(tab: CloneTab) -> None:
    tab.form.sample.field.set_text(FILE)
    out = heard(tab)
    tab.busy.start.click()
    tab.render(states.clone(reading=True))
    assert out == [("file", Path(FILE))]
    tab.render(states.read())
    assert [name for name, _ in out] == ["file", "clone"]
    tab.render(states.read(cloning=True))
    tab.render(states.read())
    assert len(out) == 2


def test_a_file_that_cant_be_read_is_not_cloned(tab: CloneTab) -> None:
    tab.form.sample.field.set_text(FILE)
    out = heard(tab)
    tab.busy.start.click()
    tab.render(states.clone(reading=True))
    tab.render(states.clone(error=states.UNREADABLE_FILE))
    tab.render(states.read())
    assert [name for name, _ in out] == ["file"]
    assert tab.form.sample.field.hint.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_enter_clones_from_any_field(tab: CloneTab, qtbot: QtBot, key: Qt.Key) -> None:
    fill(tab)
    for field in (tab.form.transcript.editor, tab.form.voice_name.editor, tab.form.language):
        field.setFocus()
        with qtbot.waitSignal(tab.clone_asked):
            qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)


def test_clone_turns_into_cancel(tab: CloneTab, qtbot: QtBot) -> None:
    fill(tab)
    tab.render(states.read(cloning=True, progress=0.5))
    assert tab.empty.sentence.text() == "Qwen is making the voice. It will be here, and in the Library."
    with qtbot.waitSignal(tab.cancel_asked):
        tab.busy.cancel.click()
    with qtbot.assertNotEmitted(tab.clone_asked):
        qtbot.keyClick(tab.form.voice_name.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_right_is_stated_for_one_sample_and_one_voice(tab: CloneTab) -> None:
    fill(tab)
    tab.render(states.read(cloned=states.cloned()))
    assert not tab.right_box.stated()
    tab.right_box.box.setChecked(True)
    tab.render(states.read(cloned=states.cloned(), degraded=""))
    assert tab.right_box.stated()
    tab.form.sample.field.set_text("/recordings/another.wav")
    assert not tab.right_box.stated()


# -- what came of it ----------------------------------------------------------------------------------


def test_the_voice_is_in_the_library(tab: CloneTab, qtbot: QtBot) -> None:
    tab.render(states.read(cloned=states.cloned()))
    card = tab.cloned
    assert card.note.sentence.text() == "“Grandmother Ilse” is in the Library."
    assert card.figures.text() == "Cloned · qwen3-tts-vc-2026-01-22 · International (Singapore) · German"
    assert card.voice_id.text() == "Voice id: qwen-tts-vc-ilse-voice-20261120120000000-1a2b"
    assert card.degraded.isHidden()
    with qtbot.waitSignal(tab.show_asked) as asked:
        card.note.buttons["show-in-library"].click()
    assert asked.args == [states.cloned().library_id]


def test_a_clone_of_lesser_quality_says_so(tab: CloneTab) -> None:
    tab.render(states.read(cloned=states.cloned(status=Status.IN_REVIEW), degraded="background noise"))
    assert tab.cloned.degraded.isVisible()
    assert tab.cloned.degraded.text() == "Of lesser quality, as Qwen says: background noise"
    assert tab.cloned.figures.text().endswith("· In review")


def test_without_a_key_the_way_to_the_settings_is_offered(tab: CloneTab, qtbot: QtBot) -> None:
    tab.render(states.read(error=states.NO_KEY))
    assert tab.error_note.sentence.text() == "No key is set for Qwen. Add one in Settings → Accounts."
    assert "retry" not in tab.error_note.buttons
    with qtbot.waitSignal(tab.settings_asked):
        tab.error_note.buttons["settings"].click()


def test_the_other_region_is_offered_for_a_key_that_isnt_known(tab: CloneTab, qtbot: QtBot) -> None:
    tab.render(states.read(error=states.refused(QWEN)))
    assert tab.error_note.sentence.text() == (
        "The Singapore server doesn't know this key. It may be a Beijing key: try it there?"
    )
    with qtbot.waitSignal(tab.other_region_asked) as asked:
        tab.error_note.buttons["other-region"].click()
    assert asked.args == [QWEN, "intl"]
    tab.render_region_tried("cn", states.refused(QWEN))
    assert not tab.error_note.isHidden()
    tab.render_region_tried("cn", None)
    assert (tab.form.target.chosen_region(), tab.error_note.isHidden()) == ("cn", True)


def test_retry_only_where_it_may_help(tab: CloneTab, qtbot: QtBot) -> None:
    fill(tab)
    tab.render(states.read(error=states.LOST))
    assert "retry" not in tab.error_note.buttons
    tab.render(states.read(error=states.SERVER_FAILED))
    with qtbot.waitSignal(tab.clone_asked):
        tab.error_note.buttons["retry"].click()


def test_fields_that_must_change_are_marked(tab: CloneTab) -> None:
    tab.form.handle.set_text("Größe")
    tab.render(states.clone(error=states.MUCH_WRONG))
    form = tab.form
    assert form.sample.field.hint.text() == "There is no sample. Choose a file or write its address first."
    assert form.voice_name.hint.text() == "The voice name is empty. Write it first."
    assert form.handle.hint.text() == "The voice id prefix has a character that isn't allowed in it."
    assert tab.right_box.hint.text() == "Say first that you have the right to clone this voice."
    assert tab.error_note.sentence.text() == (
        "Something in the form needs a change first. This language isn't offered here."
    )
    assert form.sample.field.editor.hasFocus()
    tab.right_box.box.click()
    assert tab.right_box.hint.isHidden()


def test_an_address_that_isnt_taken_is_marked_at_the_sample(tab: CloneTab) -> None:
    tab.render(states.clone(error=states.NO_ADDRESSES))
    assert tab.form.sample.field.hint.text() == "This system takes a file, not an address. Choose a file."


# -- remembered, and by keyboard -----------------------------------------------------------------------


def test_what_is_typed_is_remembered(tab: CloneTab) -> None:
    out: dict[str, object] = {}
    tab.changed.connect(lambda name, value: out.update({name: value}))
    fill(tab)
    tab.form.transcript.set_text("So it goes.")
    tab.form.language.choose("de")
    tab.form.target.choose_region("cn")
    tab.form.target.model.choose("qwen3-tts-vc-realtime-2026-01-15")
    tab.form.target.system.choose(NOIZ)
    assert out == {
        "clone_sample": FILE,
        "clone_name": " Ilse ",
        "clone_transcript": "So it goes.",
        "clone_language": "de",
        "clone_region": "cn",
        "clone_model": "qwen3-tts-vc-realtime-2026-01-15",
        "clone_system": NOIZ,
    }


def test_what_was_remembered_is_there(qtbot: QtBot, light: None) -> None:
    memory = Memory(
        clone_system=QWEN,
        clone_region="cn",
        clone_model="qwen3-tts-vc-realtime-2026-01-15",
        clone_name="Ilse",
        clone_transcript="So it goes.",
        clone_language="de",
    )
    tab = opened(qtbot, memory)
    brief = tab.form.brief(has_right=tab.right_box.stated())
    assert brief == CloneBrief(
        QWEN,
        "Ilse",
        transcript="So it goes.",
        language=Language.DE,
        region="cn",
        model="qwen3-tts-vc-realtime-2026-01-15",
    )


def test_the_tab_key_passes_in_reading_order(tab: CloneTab, qtbot: QtBot) -> None:
    tab.form.target.system.setFocus()
    passed = ["clone-system"]
    for _ in range(9):
        focused = tab.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        after = tab.focusWidget()
        assert after is not None
        passed.append(after.objectName())
    assert passed == [
        "clone-system", "clone-region", "clone-model", "sample", "choose-file", "clone-name", "clone-handle",
        "transcript", "clone-language", "right",
    ]  # fmt: skip
