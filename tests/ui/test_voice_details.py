"""The chosen voice: what is told of it, however long its id, and what goes out as it is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from studio.domain.languages import Language
from studio.domain.memory import Memory
from studio.domain.voices import Voice
from studio.flows.audition import Audible
from studio.flows.library_state import LibraryState
from studio.ui.library.spoken_takes import MOST_SHOWN
from studio.ui.library.tab import LibraryTab
from studio.ui.window import LIBRARY, Window

from . import states, states_library


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


def test_details_say_all_of_it(tab: LibraryTab) -> None:
    tab.render(chosen())
    details = tab.details
    assert details.name.text() == "Announcer"
    assert (details.system.text(), details.status.text()) == ("This computer", "Ready")
    day = f"{states.voice(1).created.astimezone():%Y-%m-%d}"
    assert details.facts.told() == {
        "Where": "Only here",
        "Origin": "Designed",
        "Language": "English",
        "Created": day,
        "Last used": "Never, as far as is known here",
    }
    assert details.figures.text() == "0:07 · 24 kHz"
    assert details.description.text() == states.WORDS["Announcer"]
    assert [line.text() for line in (details.ids.voice_id, details.ids.model, details.ids.library_id)] == [
        *("vs-000001", "espeak-ng 1.52", str(states.number(1)))
    ]
    assert details.voice_id.shown.isReadOnly()


def test_details_of_a_voice_that_is_here_and_there(tab: LibraryTab) -> None:
    tab.render_systems((replace(states.THE_QWEN, retention_days=365),))
    tab.render(states_library.chosen())
    told = tab.details.facts.told()
    assert (told["Where"], told["Region"]) == ("Here and at Qwen", "International (Singapore)")
    assert (told["Pitch"], told["Last used"]) == ("112 Hz", f"{states.NOON.astimezone():%Y-%m-%d}")
    due = f"{(states.NOON + timedelta(days=365)).astimezone():%Y-%m-%d}"
    assert told["Kept there"] == f"Until {due}, unless it is spoken with"
    tab.render(states_library.chosen(states_library.labelled(pitch_hz=0.0)))
    assert tab.details.facts.told()["Pitch"] == "Can't be told"


AGAIN = " Its clips are still here. Make it again with the same words, or delete it."


@pytest.mark.parametrize(
    ("voice", "word", "where", "advice"),
    [
        (states_library.labelled(), "Ready", "Here and at Qwen", ""),
        (states_library.labelled(has_clips=False), "Only there", "Only at Qwen", ""),
        (
            states_library.gone(unused=True),
            "Expired",
            "Only here: expired at Qwen",
            "Qwen deleted this voice because it was unused for too long." + AGAIN,
        ),
        (
            states_library.gone(),
            "Deleted there",
            "Only here: deleted at Qwen",
            "Qwen doesn't have this voice any more: it was deleted elsewhere." + AGAIN,
        ),
        (
            states_library.labelled(changed=True),
            "Changed there",
            "Changed at Qwen",
            "Qwen tells other words or another model of this voice than before. Hear it before you use it again.",
        ),
        (
            states.elsewhere()[1],
            "In review",
            None,
            "CosyVoice is still reviewing this voice. You are told when the review ends; it can be spoken with then.",
        ),
        (
            states.elsewhere()[2],
            "Rejected",
            None,
            "The review rejected this voice. Make it again with other words, or delete it.",
        ),
    ],
)
def test_where_a_voice_is_and_what_to_do(
    tab: LibraryTab, voice: Voice, word: str, where: str | None, advice: str
) -> None:
    tab.render_systems((replace(states.THE_QWEN, retention_days=365), *states.EVERY[2:]))
    tab.render(states_library.chosen(voice))
    details = tab.details
    assert (details.status.text(), details.facts.told().get("Where")) == (word, where)
    assert ("" if details.advice.isHidden() else details.advice.sentence.text()) == advice


def test_a_voice_without_preview_has_its_newest_take(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states_library.chosen(states_library.labelled(), *states.takes(2)))
    with qtbot.waitSignal(tab.play_asked) as played:
        tab.details.play.click()
    assert played.args == [Audible(states.takes(2)[0], "Announcer")]


def test_details_of_a_voice_elsewhere(tab: LibraryTab) -> None:
    state = states.elsewhere_library()
    tab.render_systems(states.EVERY)
    tab.render(replace(state, chosen=state.voices[1]))
    assert (tab.details.system.text(), tab.details.status.text()) == ("CosyVoice", "In review")
    told = tab.details.facts.told()
    assert (told["Region"], told["Language"]) == ("Chinese mainland (Beijing)", "English")
    tab.render(replace(state, chosen=state.voices[5]))
    assert (tab.details.system.text(), tab.details.facts.told()["Origin"]) == ("Noiz", "Cloned")
    assert tab.details.ids.model.isHidden()
    assert tab.details.description.isHidden()
    assert tab.details.figures.text() == "No clip of this voice is here."


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


def test_a_take_tells_its_price_and_whether_all_is_said(tab: LibraryTab) -> None:
    whole, cut = states.takes(2)
    cut = replace(cut, partial=True, price_usd=0.0004)
    tab.render(chosen(clips=(states.clip(1), whole, cut)))
    rows = tab.details.takes.rows
    assert (rows[whole.clip_id].figures.text(), rows[whole.clip_id].partial.isHidden()) == ("0:02", True)
    assert (rows[cut.clip_id].figures.text(), rows[cut.clip_id].partial.isHidden()) == ("0:03 · $0.0004", False)


def test_dragging_out_begins_when_the_file_is_there(tab: LibraryTab, qtbot: QtBot, tmp_path: Path) -> None:
    clip = states.clip(1)
    tab.render(chosen())
    drag, carried = tab.details.sound.drag, list[str]()
    drag.carry = lambda _, data: carried.append(data.urls()[0].toLocalFile())
    with qtbot.waitSignal(tab.drag_asked) as asked:
        qtbot.mousePress(drag, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert asked.args == [clip]
    qtbot.mouseMove(drag, QPoint(24, 24))
    assert carried == []
    tab.render(chosen(draggable=(states.number(4), tmp_path / "another.wav")))
    qtbot.mouseMove(drag, QPoint(25, 24))
    assert carried == []
    tab.render(chosen(draggable=(clip.clip_id, tmp_path / "Announcer.wav")))
    qtbot.mouseMove(drag, QPoint(28, 28))
    qtbot.mouseMove(drag, QPoint(38, 38))
    assert carried == [str(tmp_path / "Announcer.wav")]
    qtbot.mouseRelease(drag, Qt.MouseButton.LeftButton)


# -- from elsewhere and again --------------------------------------------------------------------------


def test_made_again_for_another_model(tab: LibraryTab, window: Window, qtbot: QtBot) -> None:
    tab.render(chosen())
    with qtbot.waitSignal(tab.remake_asked) as asked:
        tab.details.remake.click()
    assert asked.args == [states.voice(1)]
    window.render_design(states.design(systems=states.DESIGNERS))
    voice = replace(states.voice(1), language=Language.ZH, preview_text="晚上好。")
    window.design_tab.begin_with(voice)
    brief = window.design_tab.form.brief()
    assert (brief.description, brief.preview_text) == (voice.description, "晚上好。")
    assert (brief.name, brief.language) == ("Announcer", Language.ZH)
    tab.render(states_library.chosen(states.elsewhere()[5]))
    assert tab.details.remake.isHidden()


def test_many_takes_stay_light(tab: LibraryTab) -> None:
    tab.render(chosen(clips=(states.clip(1), *states.takes(MOST_SHOWN + 7))))
    assert len(tab.details.takes.rows) == MOST_SHOWN
    assert tab.details.takes.findChild(object, "takes-more").text() == "and 7 older"  # pyright: ignore


def test_delete_by_its_button(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(chosen())
    with qtbot.waitSignal(tab.delete_asked) as deleted:
        tab.details.remove.click()
    assert deleted.args == [(states.number(1),)]


def test_the_buttons_fit_with_longer_words(tab: LibraryTab, window: Window, qtbot: QtBot) -> None:
    window.resize(900, 600)
    tab.render(chosen())
    details = tab.details
    details.export.setText("Aufnahme exportieren…")
    details.remove.setText("Stimme löschen")
    details.figures.setText("0:07")
    qtbot.waitUntil(lambda: details.widget().width() <= details.viewport().width())
    assert (
        details.remove.mapTo(details.viewport(), details.remove.rect().bottomRight()).x() < details.viewport().width()
    )
    assert details.play.geometry().right() < details.export.x()
    assert details.export.geometry().right() < details.remove.x()
