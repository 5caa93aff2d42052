"""The Library tab drawn from states, its search in any script, and what goes out when a person acts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.domain.voices import Origin, Status, Voice
from studio.flows.audition import Audible
from studio.flows.library import LibraryState
from studio.ui.library_tab import LibraryTab
from studio.ui.takes import MOST_SHOWN
from studio.ui.voices_model import STATUS, VoicesModel
from studio.ui.window import LIBRARY, Window
from studio.words import SENTENCES

from . import states


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    return open_window(Memory(tab=LIBRARY))


@pytest.fixture
def tab(window: Window) -> LibraryTab:
    tab = window.library_tab
    assert tab is not None
    tab.render_systems((states.HERE,))
    return tab


def chosen(**changes: object) -> LibraryState:
    state = states.library(3)
    return replace(
        state,
        **({"chosen": state.voices[0], "clips": (states.clip(1), *states.takes(2))} | changes),  # pyright: ignore
    )


EVERY_STATE = {
    "not loaded": LibraryState(),
    "empty": states.library(0),
    "three": states.library(3),
    "chosen": chosen(),
    "no clips": chosen(clips=()),
    "speaking": chosen(speaking=True, progress=0.3),
    "deleted": replace(states.library(3), deleted=states.voice(9)),
    "last deleted": replace(states.library(0), deleted=states.voice(9)),
    "error": chosen(error=states.NO_TEXT),
    "exported": chosen(exported=Path("a.wav")),
    "elsewhere": states.elsewhere_library(),
    "refreshing": replace(states.library(3), refreshing=True),
    "refreshed": replace(states.library(3), refreshed=states.REFRESHED),
    "nobody to ask": replace(states.library(0), nobody_to_ask=True),
    "to delete": replace(states.elsewhere_library(0), to_delete=states.remote(1)),
    "deleting": replace(states.elsewhere_library(0), deleting=True),
    "deleted there": replace(states.elsewhere_library(), deleted_there=states.remote(1)),
}


def seen(tab: LibraryTab) -> tuple[object, ...]:
    return (
        [tab.table.voices.index(row, 0).data() for row in range(tab.table.voices.rowCount())],
        [index.row() for index in tab.table.selectionModel().selectedRows()],
        tab.head.count.text(),
        tab.empty.isHidden() or (tab.empty.sentence.text(), tab.empty.action.text()),
        tab._chosen.isHidden() or (tab.details.name.text(), list(tab.details.takes.rows)),
        tab._chosen.isHidden() or tab.details.play.isEnabled(),
        tab.note.isHidden() or (tab.note.sentence.text(), list(tab.note.buttons)),
        tab.refreshed.isHidden() or (tab.refreshed.sentence.text(), list(tab.refreshed.buttons)),
        tab.head.refresh.isHidden(),
        tab.speak.obstacle.isHidden() or tab.speak.obstacle.text(),
        tab.speak.busy.start.isEnabled(),
        tab.speak.busy.start.isHidden(),
    )


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(EVERY_STATE, 2)))
def test_every_state_is_drawn_the_same_after_any_other(qtbot: QtBot, before: str, after: str) -> None:
    alone, changed = LibraryTab(Memory()), LibraryTab(Memory())
    for made in (alone, changed):
        qtbot.addWidget(made)
        made.render_systems(states.EVERY)
    changed.render(EVERY_STATE[before])
    for made in (alone, changed):
        made.render(EVERY_STATE[after])
    assert seen(changed) == seen(alone)


# -- finding ---------------------------------------------------------------------------------------


def many(count: int = 10_000) -> tuple[Voice, ...]:
    return states.library(count).voices


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("grandfather 4999", ["Grandfather Oskar 4999"]),
        ("ANNOUNCER 5001", ["Announcer 5001"]),
        ("小雨 5004", ["小雨 5004"]),
        ("vs-005002", ["Mira 5002"]),
        ("0000-00000000138a", ["Mira 5002"]),
        ("５００２ mira", ["Mira 5002"]),
        ("saxophone", []),
    ],
)
def test_ten_thousand_voices_are_searched_in_any_script(query: str, found: list[str]) -> None:
    model = VoicesModel()
    model.render_voices(many(), {"on-device": "This computer"})
    began = perf_counter()
    model.search(query)
    took_s = perf_counter() - began
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == found
    assert took_s < 0.2


@pytest.mark.parametrize(
    "query", ["reading room", "LOUDSPEAKER", "espeak-ng 1.52", "this computer", "on-device", "german"]
)
def test_notes_texts_and_models_are_searched(query: str) -> None:
    from studio.domain.languages import Language

    made = replace(
        states.voice(1, language=Language.DE), notes="For the reading room", preview_text="A loudspeaker speaks."
    )
    model = VoicesModel()
    model.render_voices((made, states.voice(2, "Mira")), {"on-device": "This computer"})
    model.search(query)
    assert model.voice(0) == made


def test_newest_first_whatever_the_order(tab: LibraryTab) -> None:
    state = states.library(3)
    tab.render(replace(state, voices=state.voices[::-1]))
    assert [tab.table.voices.index(row, 0).data() for row in range(3)] == ["Announcer", "Mira", "Grandfather Oskar"]


def row(tab: LibraryTab, at: int) -> list[str]:
    return [tab.table.voices.index(at, column).data() for column in range(6)]


def test_columns(tab: LibraryTab) -> None:
    tab.render(states.library(1))
    titles = [tab.table.voices.headerData(column, Qt.Orientation.Horizontal) for column in range(6)]
    assert titles == ["Name", "Description", "System", "Status", "Language", "Created"]
    assert row(tab, 0) == ["Announcer", states.WORDS["Announcer"], "This computer", "Ready", "English", "2026-11-20"]


def test_system_and_status_are_words(tab: LibraryTab) -> None:
    tab.render_systems(states.EVERY)
    tab.render(states.elsewhere_library())
    told = [(cells[0], *cells[2:5]) for cells in (row(tab, at) for at in range(7))]
    assert told == [
        ("Announcer", "Qwen", "Ready", "English"),
        ("Mira", "CosyVoice", "In review", "English"),
        ("小雨", "CosyVoice", "Rejected", "Chinese"),
        ("Old sailor", "EvoLink", "Ready", ""),
        ("Grandfather Oskar", "Qwen", "Gone", "English"),
        ("Guide", "Noiz", "Ready", ""),
        ("Draft", "This computer", "Ready", "English"),
    ]
    icons = [tab.table.voices.index(at, STATUS).data(Qt.ItemDataRole.DecorationRole) is not None for at in range(7)]
    assert icons == [False, True, True, False, True, False, False]
    tab.search.setText("in review")
    assert tab.head.count.text() == "1 of 7"


def test_a_change_by_a_note_is_found_at_once(tab: LibraryTab) -> None:
    state = states.library(3)
    tab.render(state)
    tab.render(replace(state, voices=(replace(state.voices[0], notes="velvet"), *state.voices[1:])))
    tab.search.setText("velvet")
    assert tab.head.count.text() == "1 of 3"


def test_nothing_found_offers_to_clear(tab: LibraryTab) -> None:
    tab.render(states.library(3))
    tab.search.setText("saxophone")
    assert tab.empty.sentence.text() == "No voice has “saxophone” in its name, words or notes."
    tab.empty.action.click()
    assert (tab.search.text(), tab.table.voices.rowCount()) == ("", 3)


def test_no_voice_yet_leads_to_the_design(window: Window, tab: LibraryTab) -> None:
    tab.render(states.library(0))
    assert tab.empty.sentence.text() == "No voice kept yet. Design one, then Keep it."
    assert tab.empty.action.text() == "Design a voice"
    tab.empty.action.click()
    assert window.tabs.currentIndex() == 0


# -- voices of the systems themselves ------------------------------------------------------------


def test_built_in_voices_are_shown_by_themselves(tab: LibraryTab) -> None:
    tab.render_systems(states.EVERY)
    tab.render(states.elsewhere_library())
    combo = tab.head.show_kind
    assert [combo.itemText(at) for at in range(combo.count())] == ["My voices", "Built-in voices"]
    assert (combo.currentText(), tab.head.count.text()) == ("My voices", "7 of 7")
    tab.head.choose_kind(built_in=True)
    assert [row(tab, at)[0] for at in range(2)] == ["Built in", "Built in, too"]
    assert tab.head.count.text() == "2 of 2"


def test_a_built_in_voice_can_not_be_deleted(tab: LibraryTab, qtbot: QtBot) -> None:
    state = states.elsewhere_library()
    tab.render_systems(states.EVERY)
    tab.render(replace(state, chosen=state.voices[7]))
    assert tab.head.built_in()  # where it is
    assert tab.details.remove.isHidden()
    with qtbot.assertNotEmitted(tab.delete_asked):
        qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    tab.render(replace(state, chosen=state.voices[0]))
    assert not tab.head.built_in()
    assert tab.details.remove.isVisible()


def test_no_built_in_voice_yet_offers_to_refresh(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states.library(2))
    tab.head.choose_kind(built_in=True)
    assert tab.empty.sentence.text() == "No built-in voice listed yet. Refresh asks the systems for theirs."
    with qtbot.waitSignal(tab.refresh_asked) as asked:
        tab.empty.action.click()
    assert asked.args == [Origin.BUILT_IN]


# -- asking the systems --------------------------------------------------------------------------


def test_refresh_asks_for_what_is_shown(tab: LibraryTab, qtbot: QtBot) -> None:
    assert tab.head.refresh.text() == "Refresh"
    with qtbot.waitSignal(tab.refresh_asked) as asked:
        tab.head.refresh.click()
    assert asked.args == [None]
    tab.head.choose_kind(built_in=True)
    with qtbot.waitSignal(tab.refresh_asked) as asked:
        tab.head.refresh.click()
    assert asked.args == [Origin.BUILT_IN]


def test_refresh_turns_into_cancel(tab: LibraryTab, qtbot: QtBot) -> None:
    place = tab.head.refresh.geometry()
    tab.head.refresh.setFocus()
    tab.render(replace(states.library(3), refreshing=True))
    assert tab.head.refresh.isHidden()
    assert tab.head.cancel.geometry() == place
    assert tab.head.cancel.hasFocus()
    assert tab.refreshed.sentence.text() == "Asking the systems…"
    with qtbot.waitSignal(tab.cancel_refresh_asked):
        tab.head.cancel.click()


def test_what_each_system_answered_is_told(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(replace(states.library(3), refreshed=states.REFRESHED[:3]))
    assert tab.refreshed.sentence.text() == "Qwen: 3 voices · CosyVoice: no voices · Qwen in Beijing: 1 voice"
    assert list(tab.refreshed.buttons) == []
    tab.render(replace(states.library(3), refreshed=states.REFRESHED))
    assert tab.refreshed.sentence.text() == (
        "Qwen: 3 voices · CosyVoice: no voices · Qwen in Beijing: 1 voice · "
        "Noiz: Noiz doesn't know this key. Check it in Settings → Accounts."
    )
    assert list(tab.refreshed.buttons) == ["settings", "details"]
    with qtbot.waitSignal(tab.settings_asked):
        tab.refreshed.buttons["settings"].click()


def test_nobody_to_ask_leads_to_the_settings(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(replace(states.library(0), nobody_to_ask=True))
    assert tab.refreshed.sentence.text() == (
        "No account has a key yet, so no system was asked. Add one in Settings → Accounts."
    )
    with qtbot.waitSignal(tab.settings_asked):
        tab.refreshed.buttons["settings"].click()


# -- the table ---------------------------------------------------------------------------------------


def test_keys_of_the_table(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    tab.table.setFocus()
    with qtbot.waitSignal(tab.play_asked) as played:
        qtbot.keyClick(tab.table, Qt.Key.Key_Space)
    assert played.args == [Audible(states.clip(1), "Announcer")]
    with qtbot.waitSignal(tab.choose_asked) as asked:
        qtbot.keyClick(tab.table, Qt.Key.Key_Down)
    assert asked.args == [states.number(2)]
    with qtbot.waitSignal(tab.delete_asked) as deleted:
        qtbot.keyClick(tab.table, Qt.Key.Key_Delete)
    assert deleted.args == [states.number(1)]  # what the state says is chosen


def test_drawing_a_choice_asks_for_nothing(tab: LibraryTab, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(tab.choose_asked):
        tab.render(states.library(3))
        tab.render(chosen())
        tab.search.setText("mira")
        tab.search.clear()
        tab.render(states.library(0))


def test_from_the_search_into_the_table(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states.library(3))
    tab.begin_search()
    with qtbot.waitSignal(tab.choose_asked) as asked:
        qtbot.keyClick(tab.search, Qt.Key.Key_Down)
    assert asked.args == [states.number(1)]
    assert tab.table.hasFocus()


# -- the chosen voice -----------------------------------------------------------------------------


def test_details_say_all_of_it(tab: LibraryTab) -> None:
    tab.render(chosen())
    details = tab.details
    assert details.name.text() == "Announcer"
    assert (details.system.text(), details.status.text()) == ("This computer", "Ready")
    assert details.chips.text() == "English · espeak-ng 1.52"
    assert details.figures.text() == "0:07 · 24 kHz"
    assert details.description.text() == states.WORDS["Announcer"]
    assert details.voice_id.text() == "vs-000001"
    assert details.voice_id.shown.isReadOnly()


def test_details_of_a_voice_elsewhere(tab: LibraryTab) -> None:
    state = states.elsewhere_library()
    tab.render_systems(states.EVERY)
    tab.render(replace(state, chosen=state.voices[1]))
    assert (tab.details.system.text(), tab.details.status.text()) == ("CosyVoice", "In review")
    assert tab.details.chips.text() == "Chinese mainland (Beijing) · English · cosyvoice-v3.5-plus"
    tab.render(replace(state, chosen=state.voices[5]))
    assert (tab.details.system.text(), tab.details.chips.isHidden()) == ("Noiz", True)
    assert tab.details.description.isHidden()


def test_an_id_as_long_as_a_sample_is_copied_whole(tab: LibraryTab, qtbot: QtBot) -> None:
    long_id = "v" * 350_000 + "w" * 350_000
    made = states.remote(1, voice_id=long_id)
    began = perf_counter()
    tab.render(replace(states.library(0), voices=(made,), chosen=made))
    assert perf_counter() - began < 0.5
    assert tab.details.voice_id.text() == "v" * 60 + "…" + "w" * 60
    assert tab.details.voice_id.copy.accessibleName() == "Copy voice id"
    with qtbot.waitSignal(tab.said) as said:
        tab.details.voice_id.copy.click()
    assert said.args == ["Copied the voice id"]
    assert QApplication.clipboard().text() == long_id


def test_renaming_and_notes_go_out_as_they_are_typed(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    with qtbot.waitSignal(tab.rename_asked) as renamed:
        tab.details.name.set_text("River guide")
    assert renamed.args == [states.number(1), "River guide"]
    with qtbot.waitSignal(tab.annotate_asked) as noted:
        tab.details.notes.set_text("Low hall")
    assert noted.args == [states.number(1), "Low hall"]


def test_drawing_does_not_take_a_space_from_who_types(tab: LibraryTab, qtbot: QtBot) -> None:
    state = chosen()
    tab.render(state)
    tab.details.name.editor.setFocus()
    tab.details.name.set_text("River ")
    named = replace(state.voices[0], name="River")
    tab.render(replace(state, voices=(named, *state.voices[1:]), chosen=named))
    assert tab.details.name.text() == "River "


def test_speak_by_button_and_keys(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    tab.speak.field.set_text("Mind the step.")
    with qtbot.waitSignal(tab.speak_asked) as asked:
        tab.speak.busy.start.click()
    assert asked.args == [states.number(1), "Mind the step."]
    tab.speak.field.editor.setFocus()
    with qtbot.waitSignal(tab.speak_asked):
        qtbot.keyClick(tab.speak.field.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    tab.render(chosen(speaking=True))
    with qtbot.waitSignal(tab.cancel_asked):
        tab.speak.busy.cancel.click()


def test_nothing_to_speak_points_at_the_field(tab: LibraryTab) -> None:
    tab.render(chosen(error=states.NO_TEXT))
    assert tab.note.sentence.text() == "The text to speak is empty. Write it first."
    assert tab.speak.field.hint.text() == "The text to speak is empty. Write it first."
    assert tab.speak.field.editor.hasFocus()


def speaking_with(tab: LibraryTab, voice: Voice) -> tuple[bool, str]:
    """Whether Speak can be pressed, and what stands in the way."""
    tab.render_systems(states.EVERY)
    tab.render(replace(states.library(0), voices=(voice,), chosen=voice))
    hidden = tab.speak.obstacle.isHidden()
    return tab.speak.busy.start.isEnabled(), "" if hidden else tab.speak.obstacle.text()


NO_ROUTE = "Voices of this model are spoken with over WebSockets, which this version doesn't do yet."


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"target_model": "qwen3-tts-vd-realtime-2026-01-15"}, NO_ROUTE),
        ({"system": "cosyvoice", "target_model": "cosyvoice-v3.5-plus", "status": Status.IN_REVIEW}, NO_ROUTE),
        ({"status": Status.IN_REVIEW}, SENTENCES[Reason.IN_REVIEW]),
        ({"system": "cosyvoice", "status": Status.REJECTED}, SENTENCES[Reason.REJECTED]),
        ({"system": "unheard-of"}, SENTENCES[Reason.CANNOT_SPEAK]),
        ({"target_model": "a-model-of-tomorrow"}, ""),
    ],
)
def test_why_a_voice_can_not_be_spoken_with(tab: LibraryTab, changes: dict[str, object], why: str) -> None:
    assert speaking_with(tab, states.remote(1, **changes)) == (not why, why)


def test_the_price_of_a_text_stands_before_the_click(tab: LibraryTab) -> None:
    speaking_with(tab, states.remote(1))
    price = tab.speak.price
    assert price.isHidden()
    tab.speak.field.set_text("Good evening, and welcome. 晚上好")
    assert (price.isVisible(), price.text()) == (True, "about $0.0004")
    tab.speak.field.set_text("Hi")
    assert price.text() == "less than $0.0001"
    tab.speak.field.set_text("x" * 9_000)
    assert price.text() == "about $0.12"
    speaking_with(tab, states.remote(1, system="evolink"))
    assert price.text() == "Price not published"
    speaking_with(tab, states.remote(1, status=Status.IN_REVIEW))
    assert price.isHidden()
    speaking_with(tab, states.voice(1))
    assert price.isHidden()


def test_takes_play_export_and_go(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    take = states.takes(2)[0]
    row = tab.details.takes.rows[take.clip_id]
    with qtbot.waitSignal(tab.play_asked) as played:
        row.play.click()
    assert played.args == [Audible(take, "Announcer")]
    with qtbot.waitSignal(tab.delete_clip_asked) as deleted:
        row.remove.click()
    assert deleted.args == [take]
    tab.render_audition(states.sounding(take))
    assert (row.play.accessibleName(), tab.details.play.text()) == ("Stop", "Play")


def test_many_takes_stay_light(tab: LibraryTab) -> None:
    tab.render(chosen(clips=(states.clip(1), *states.takes(MOST_SHOWN + 7))))
    assert len(tab.details.takes.rows) == MOST_SHOWN
    assert tab.details.takes.findChild(object, "takes-more").text() == "and 7 older"  # pyright: ignore


@pytest.mark.parametrize("suffix", ["wav", "mp3", "opus", "flac"])
def test_export_asks_for_a_place_without_waiting(tab: LibraryTab, qtbot: QtBot, tmp_path: Path, suffix: str) -> None:
    tab.render(chosen())
    tab.details.export.click()
    dialog = tab.findChild(QFileDialog, "export-dialog")
    assert isinstance(dialog, QFileDialog)
    place = tmp_path / f"river.{suffix}"
    with qtbot.waitSignal(tab.export_asked) as asked:
        dialog.fileSelected.emit(str(place))
    assert asked.args == [states.clip(1), place]
    dialog.reject()


def test_a_deleted_voice_can_be_brought_back(tab: LibraryTab, qtbot: QtBot) -> None:
    state = states.library(3)
    tab.render(replace(state, deleted=states.voice(9, "Mira")))
    assert tab.note.sentence.text() == "Deleted “Mira”."
    with qtbot.waitSignal(tab.undo_asked):
        tab.note.buttons["undo"].click()


def test_delete_by_its_button(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    with qtbot.waitSignal(tab.delete_asked) as deleted:
        tab.details.remove.click()
    assert deleted.args == [states.number(1)]


# -- deleting elsewhere ----------------------------------------------------------------------------


def asked_to_delete(tab: LibraryTab, voice: Voice) -> str:
    tab.render_systems(states.EVERY)
    tab.render(replace(states.elsewhere_library(), chosen=voice, to_delete=voice))
    return tab.note.sentence.text()


def test_deleting_elsewhere_is_asked_about(tab: LibraryTab, qtbot: QtBot) -> None:
    assert asked_to_delete(tab, states.remote(1)) == "“Announcer” will be deleted at Qwen too, for good."
    assert [button.text() for button in tab.note.buttons.values()] == ["Delete", "Keep it"]
    with qtbot.waitSignal(tab.confirm_delete_asked):
        tab.note.buttons["delete"].click()
    with qtbot.waitSignal(tab.decline_delete_asked):
        tab.note.buttons["keep-it"].click()


def test_what_stays_behind_is_said_before(tab: LibraryTab) -> None:
    voices = states.elsewhere()
    assert asked_to_delete(tab, voices[5]) == (
        "“Guide” will be deleted at Noiz too, for good. The sample stays with Noiz, which only hides the voice."
    )
    assert asked_to_delete(tab, voices[3]) == (
        "“Old sailor” will go from this library, for good. "
        "EvoLink has no way to delete a voice: only the record in this library goes."
    )


def test_what_stays_behind_is_said_after(tab: LibraryTab) -> None:
    tab.render_systems(states.EVERY)
    tab.render(replace(states.elsewhere_library(), deleting=True))
    assert tab.note.sentence.text() == "Deleting…"
    tab.render(replace(states.elsewhere_library(), deleted_there=states.elsewhere()[5]))
    assert tab.note.sentence.text() == ("Deleted “Guide”. The sample stays with Noiz, which only hides the voice.")
    assert list(tab.note.buttons) == []
    tab.render(replace(states.elsewhere_library(), deleted_there=states.remote(1)))
    assert tab.note.sentence.text() == "Deleted “Announcer”."


def test_another_accounts_voice_leads_to_its_settings(tab: LibraryTab, qtbot: QtBot) -> None:
    voice = states.remote(1, region="cn")
    error = StudioError(Reason.OTHER_ACCOUNT, system="qwen")
    tab.render(replace(states.elsewhere_library(), chosen=voice, error=error))
    with qtbot.waitSignal(tab.settings_asked) as asked:
        tab.note.buttons["settings"].click()
    assert asked.args == ["model-studio-cn"]


def test_a_refused_key_is_not_tried_elsewhere_for_a_voice_that_is_here(tab: LibraryTab) -> None:
    tab.render(replace(states.elsewhere_library(0), error=states.KEY_REFUSED))
    assert tab.note.sentence.text() == "Qwen doesn't know this key. Check it in Settings → Accounts."
    assert list(tab.note.buttons) == ["settings", "details"]
