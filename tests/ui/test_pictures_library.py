"""One picture for each state of the Library tab, light and dark, to be looked at by a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.domain.voices import Voice
from studio.domain.whereabouts import Whereabouts
from studio.flows.deletion import DeletionState
from studio.flows.handing_out import HandedOut
from studio.flows.library_state import LibraryState
from studio.flows.moving import MovingState
from studio.flows.speaking import SpeakingState
from studio.ui.library.export_clip import ExportClip
from studio.ui.library.tab import LibraryTab
from studio.ui.window import LIBRARY, Window
from tests.bench.voices import voices as many

from . import states, states_library, states_rights
from .drawing import drawn

Stage = Callable[[Window, LibraryTab, QtBot], None]

TEXT = "The next tour starts at three, by the main stairs."
VOICES = states.elsewhere()
TAKES = (replace(states.takes()[0], partial=True, price_usd=0.0004), *states.takes()[1:])


def drawing(state: LibraryState) -> Stage:
    return lambda _, tab, __: tab.render(state)


def after(state: LibraryState, what: Callable[[LibraryTab], None]) -> Stage:
    def staged(_: Window, tab: LibraryTab, __: QtBot) -> None:
        tab.render(state)
        what(tab)

    return staged


def sized(width: int, height: int, stage: Stage) -> Stage:
    def staged(window: Window, tab: LibraryTab, qtbot: QtBot) -> None:
        window.resize(width, height)
        stage(window, tab, qtbot)

    return staged


def small(stage: Stage) -> Stage:
    return sized(900, 600, stage)


# -- the catalogue ------------------------------------------------------------------------------------


def thousands() -> LibraryState:
    voices = many(10_000)
    return LibraryState(voices=voices, loaded=True, complete=True, chosen=voices[3], clips=(states.clip(3),))


def filtered(tab: LibraryTab) -> None:
    tab.left.filters.status.choose(Whereabouts.IN_REVIEW)


def two_filters(tab: LibraryTab) -> None:
    tab.left.filters.favourite.setChecked(True)
    tab.search.setText("saxophone")


def several(tab: LibraryTab) -> None:
    tab.table.selectAll()


# -- the chosen voice ---------------------------------------------------------------------------------


def playing(window: Window, tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states_library.chosen())
    window.render_audition(states.sounding(states.clip(1)))
    window.playhead.run(False)
    window.playhead.moved.emit(2.5)


def takes(window: Window, tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states_library.chosen(None, states.clip(1), *TAKES))
    window.render_audition(states.sounding(TAKES[1]))
    window.playhead.run(False)
    window.playhead.moved.emit(1.5)


def scrolled(part: float, stage: Stage) -> Stage:
    def staged(window: Window, tab: LibraryTab, qtbot: QtBot) -> None:
        stage(window, tab, qtbot)
        for _ in range(4):
            QCoreApplication.processEvents()
        bar = tab.details.verticalScrollBar()
        bar.setValue(round(bar.maximum() * part))

    return staged


def tagged(voice: Voice) -> Voice:
    return replace(voice, tags=tuple(f"{tag}, number {at}" for at, tag in enumerate(("river", "museum", "low") * 2)))


# -- speaking, deleting, in and out ---------------------------------------------------------------------


def speaking(window: Window, tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states_library.chosen())
    tab.speak.field.set_text(states_library.LONG)
    tab.render_speaking(states_library.speaking())
    qtbot.waitUntil(tab.speak.busy.bar.isVisible)


def partial(window: Window, tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states_library.chosen(None, states.clip(1), *TAKES))
    tab.speak.field.set_text(states_library.LONG)
    tab.render_speaking(states_library.unfinished(3, error=states_library.CUT))


def deleting(state: DeletionState, chosen: int | None = None) -> Stage:
    return after(states.elsewhere_library(chosen), lambda tab: tab.render_deletion(state))


def handing_out(**changes: object) -> Stage:
    told = HandedOut(Path("museum"), to_folder=True, total=1_200, done=300, lufs=-16.0)
    return drawing(states_library.chosen(handed_out=replace(told, **changes)))  # pyright: ignore[reportArgumentType]


def moving(state: MovingState) -> Stage:
    return after(states.elsewhere_library(), lambda tab: tab.render_moving(state))


REFUSED = StudioError(Reason.KEY_REFUSED, system="qwen", code="401", detail="Invalid API-key provided.")
EVERYTHING = states_library.labelled(name="Announcer of the river museum, evening tours")

STAGES: dict[str, Stage] = {
    "empty": drawing(states.library(0)),
    "voices": drawing(states.library(24)),
    "ten-thousand": lambda _, tab, __: tab.render(thousands()),
    "filtered": after(states.elsewhere_library(), filtered),
    "nothing-fits": after(states.elsewhere_library(), two_filters),
    "nothing-found": after(states.library(24), lambda tab: tab.search.setText("saxophone")),
    "several": after(states_library.chosen(), several),
    "built-in": drawing(states.elsewhere_library(7)),
    "built-in-empty": after(states.library(3), lambda tab: tab.left.head.choose_kind(built_in=True)),
    "chosen": drawing(states_library.chosen()),
    "chosen-lower": scrolled(0.6, drawing(states_library.chosen(None, states.clip(1), *TAKES))),
    "chosen-end": scrolled(1.0, drawing(states_library.chosen())),
    "changed": drawing(states_library.chosen(states_library.labelled(changed=True))),
    "in-review": drawing(states.elsewhere_library(1)),
    "rejected": drawing(states.elsewhere_library(2)),
    "deleted-elsewhere": drawing(states_library.chosen(states_library.gone())),
    "only-there": drawing(states_library.chosen(states_library.labelled(has_clips=False), clips=())),
    "rights": scrolled(0.7, drawing(states_rights.cloned())),
    "playing": playing,
    "takes": takes,
    "refreshing": drawing(LibraryState(voices=VOICES, loaded=True, refreshing=True, refreshed=states_library.PAGES)),
    "refreshed-partly": drawing(replace(states.elsewhere_library(), refreshed=states.REFRESHED)),
    "offline": drawing(replace(states_library.chosen(), refreshed=states_library.ALL_OFFLINE)),
    "nobody-to-ask": drawing(replace(states.elsewhere_library(), nobody_to_ask=True)),
    "quota-nearly-full": after(states_library.chosen(), lambda tab: tab.render_usage(states_library.nearly_full())),
    "speaking": speaking,
    "partial": partial,
    "cannot-speak": after(states_library.chosen(states_library.gone()), lambda tab: tab.speak.field.set_text(TEXT)),
    "priced": after(states_library.chosen(), lambda tab: tab.speak.field.set_text(TEXT + " 晚上好。")),
    "no-text": after(states_library.chosen(), lambda tab: tab.render_speaking(SpeakingState(error=states.NO_TEXT))),
    "other-account": drawing(states_library.chosen(error=StudioError(Reason.OTHER_ACCOUNT, system="qwen"))),
    "to-delete": deleting(states_library.asked(VOICES[5]), 5),
    "to-delete-many": deleting(states_library.asked(*VOICES[:7])),
    "to-delete-clone": after(
        states_rights.cloned(),
        lambda tab: tab.render_deletion(states_library.asked(states_rights.ANN, samples=(states_rights.TAKE,))),
    ),
    "undo": deleting(DeletionState(waiting=VOICES[:5])),
    "kept-there": deleting(DeletionState(deleted=VOICES[4:6], kept_there=((VOICES[0], REFUSED),))),
    "importing": moving(MovingState(work="import", progress=0.4)),
    "exporting-clips": handing_out(),
    "exported-clips": handing_out(done=1_200, lost=9, below=(-18.0, -19.5, None), ended=True),
    "exported-quieter": handing_out(
        place=Path("Announcer.wav"), to_folder=False, total=1, done=1, lufs=-14.0, below=(-17.2,), ended=True
    ),
    "imported": moving(states_library.taken(3, 12, 4)),
    "damaged": after(states.library(0), lambda tab: tab.render_moving(states_library.damaged())),
}


def crowded(tab: LibraryTab) -> None:
    """Three notes, and several voices chosen."""
    tab.render(states_library.chosen(refreshed=states.REFRESHED))
    tab.render_usage(states_library.nearly_full())
    tab.render_speaking(SpeakingState(error=states_library.CUT))
    tab.table.selectAll()


SIZES: dict[str, Stage] = {
    "small": small(STAGES["takes"]),
    "small-speaking": small(STAGES["speaking"]),
    "small-partial": small(STAGES["partial"]),
    "small-to-delete-clone": small(STAGES["to-delete-clone"]),
    "small-several": small(STAGES["several"]),
    "small-crowded": small(after(states_library.chosen(), crowded)),
    "small-damaged": small(STAGES["damaged"]),
    "4k": sized(3840, 2160, STAGES["ten-thousand"]),
}
LONG_WORDS: dict[str, Stage] = {
    "german": drawing(states_library.chosen(EVERYTHING, states.clip(1), *TAKES)),
    "german-speaking": small(STAGES["speaking"]),
    "german-partial": small(STAGES["partial"]),
    "german-several": small(STAGES["several"]),
    "german-crowded": small(after(states_library.chosen(), crowded)),
    "german-exported": small(STAGES["exported-clips"]),
    "german-end": small(STAGES["chosen-end"]),
    "german-tags": small(scrolled(0.3, drawing(states_library.chosen(tagged(EVERYTHING))))),
}


def draw(name: str, stage: Stage, window: Window, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    tab = window.library_tab
    assert tab is not None
    tab.render_systems(states.EVERY)
    stage(window, tab, qtbot)
    qtbot.waitUntil(lambda: not tab.table.voices.searching())
    drawn(window, f"library-{name}", qapp, tmp_path)
    details = tab.details
    assert not details.isVisible() or details.widget().width() <= details.viewport().width()


@pytest.mark.parametrize("name", [*STAGES, *SIZES])
def test_every_state_is_drawn_in_light_and_dark(
    name: str, open_window: Callable[..., Window], qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    draw(name, (STAGES | SIZES)[name], open_window(Memory(tab=LIBRARY)), qtbot, qapp, tmp_path)


@pytest.mark.parametrize("name", LONG_WORDS)
def test_words_as_long_as_german_have_room(
    name: str, german: None, open_window: Callable[..., Window], qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    draw(name, LONG_WORDS[name], open_window(Memory(tab=LIBRARY)), qtbot, qapp, tmp_path)


# -- the question before an export ------------------------------------------------------------------------


def export_clip(tab: LibraryTab) -> None:
    tab.details.export.click()


def export_take(tab: LibraryTab) -> None:
    tab.render(states_library.chosen(None, states.clip(1), *TAKES))
    tab.details.takes.rows[TAKES[0].clip_id].export.click()


def export_many(tab: LibraryTab) -> None:
    tab.table.selectAll()
    tab.left.bulk.clips.click()


EXPORTS = {"clip": ("-16", export_clip), "take": ("-18.5", export_take), "many": ("", export_many)}


def draw_export(name: str, window: Window, qapp: QApplication, picture: str, tmp_path: Path) -> None:
    tab = window.library_tab
    assert tab is not None
    tab.render_systems(states.EVERY)
    tab.render(states_library.chosen())
    EXPORTS[name][1](tab)
    (dialog,) = tab.findChildren(ExportClip)
    drawn(dialog, picture, qapp, tmp_path)
    assert dialog.width() >= dialog.minimumSizeHint().width()


@pytest.mark.parametrize("name", EXPORTS)
def test_the_question_before_an_export_is_drawn(
    name: str, open_window: Callable[..., Window], qapp: QApplication, tmp_path: Path
) -> None:
    window = open_window(Memory(tab=LIBRARY, export_level=EXPORTS[name][0]))
    draw_export(name, window, qapp, f"export-{name}", tmp_path)


@pytest.mark.parametrize("name", EXPORTS)
def test_the_question_has_room_for_long_words(
    name: str, german: None, open_window: Callable[..., Window], qapp: QApplication, tmp_path: Path
) -> None:
    window = open_window(Memory(tab=LIBRARY, export_level=EXPORTS[name][0]))
    draw_export(name, window, qapp, f"export-{name}-german", tmp_path)
