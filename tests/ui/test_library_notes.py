"""What the Library says of its systems' answers, of errors, of voices in and out, and of accounts nearly full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from studio.domain.errors import Reason, StudioError
from studio.domain.memory import Memory
from studio.flows.handing_out import HandedOut
from studio.flows.moving import MovingState
from studio.flows.usage import UsageState
from studio.ui.library.tab import LibraryTab
from studio.ui.note_line import NoteLine
from studio.ui.window import LIBRARY, Window

from . import states, states_library

MANY = HandedOut(Path("exports") / "museum", to_folder=True, total=1_200)


@pytest.fixture
def tab(open_window: Callable[..., Window]) -> LibraryTab:
    tab = open_window(Memory(tab=LIBRARY)).library_tab
    assert tab is not None
    tab.render_systems(states.EVERY)
    tab.render(states.elsewhere_library())
    return tab


def words(note: NoteLine) -> str:
    return "" if note.isHidden() else note.sentence.text()


# -- errors ---------------------------------------------------------------------------------------------


def test_another_accounts_voice_leads_to_its_settings(tab: LibraryTab, qtbot: QtBot) -> None:
    voice = states.remote(1, region="cn")
    error = StudioError(Reason.OTHER_ACCOUNT, system="qwen")
    tab.render(replace(states.elsewhere_library(), chosen=voice, error=error))
    with qtbot.waitSignal(tab.settings_asked) as asked:
        tab.left.trouble.buttons["settings"].click()
    assert asked.args == ["model-studio-cn"]


def test_a_refused_key_is_not_tried_elsewhere_for_a_voice_that_is_here(tab: LibraryTab) -> None:
    tab.render(replace(states.elsewhere_library(0), error=states.KEY_REFUSED))
    assert words(tab.left.trouble) == "Qwen doesn't know this key. Check it in Settings → Accounts."
    assert list(tab.left.trouble.buttons) == ["settings", "details"]


# -- refreshing -----------------------------------------------------------------------------------------


def test_a_refresh_that_was_stopped_says_what_it_found(tab: LibraryTab) -> None:
    tab.render(replace(states.elsewhere_library(), refresh_stopped=True, refreshed=states.REFRESHED[:1]))
    assert words(tab.refreshed) == "Stopped. Qwen: 3 voices"
    tab.render(replace(states.elsewhere_library(), refresh_stopped=True))
    assert words(tab.refreshed) == "Stopped."
    tab.render(states.elsewhere_library())
    assert tab.refreshed.isHidden()


def test_lists_are_told_of_page_by_page(tab: LibraryTab) -> None:
    tab.render(replace(states.elsewhere_library(), refreshing=True, refreshed=states_library.PAGES))
    assert words(tab.refreshed) == (
        "Asking the systems… Qwen: 1,200 voices so far (40 %) · CosyVoice: waiting… · Noiz: 1 voice"
    )


def test_what_came_before_a_list_broke_off_is_told(tab: LibraryTab) -> None:
    broken = replace(states_library.PAGES[0], done=True, error=states_library.OFFLINE)
    tab.render(replace(states.elsewhere_library(), refreshed=(broken, *states_library.PAGES[2:])))
    told = words(tab.refreshed)
    assert told.startswith("Qwen: 1,200 voices so far. ")
    assert told.endswith(" · Noiz: 1 voice")


def test_without_a_network_it_says_what_still_works(tab: LibraryTab) -> None:
    tab.render(replace(states.elsewhere_library(), refreshed=states_library.ALL_OFFLINE))
    assert words(tab.refreshed) == (
        "No system can be reached: this computer may be offline. All voices and clips that are here still work."
    )
    assert list(tab.refreshed.buttons) == ["details"]


# -- voices in and out ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (MovingState(), ""),
        (MovingState(work="export", progress=0.4), "Exporting voices… 40 %"),
        (MovingState(work="import"), "Taking voices in…"),
        (MovingState(work="move"), "Moving the library…"),
        (MovingState(work="put-back"), "Putting the backup in place…"),
        (MovingState(written=Path("river.zip"), exported=1), "Exported 1 voice to river.zip."),
        (MovingState(written=Path("river.zip"), exported=1_200), "Exported 1,200 voices to river.zip."),
        (states_library.taken(1), "1 voice came in."),
        (states_library.taken(3, 1, 1), "3 voices came in. 1 was here already. 1 clip is new."),
        (states_library.taken(0, 12, 4), "No voice came in. 12 were here already. 4 clips are new."),
        (MovingState(moved=Path("Voices")), "The library is in Voices now."),
        (
            MovingState(error=StudioError(Reason.NOT_AN_ARCHIVE)),
            "This file holds no voices of Voice Studio.",
        ),
    ],
)
def test_voices_in_and_out_are_told_of(tab: LibraryTab, state: MovingState, told: str) -> None:
    tab.render_moving(state)
    assert words(tab.left.moving) == told


def test_what_takes_long_can_be_cancelled(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render_moving(MovingState(work="export"))
    with qtbot.waitSignal(tab.cancel_moving_asked):
        tab.left.moving.buttons["cancel"].click()
    tab.render_moving(MovingState(work="put-back"))
    assert not tab.left.moving.buttons


def test_a_file_of_voices_is_asked_for(tab: LibraryTab, qtbot: QtBot, tmp_path: Path) -> None:
    tab.left.head.import_voices.click()
    dialog = tab.findChild(QFileDialog, "import-dialog")
    assert isinstance(dialog, QFileDialog)
    with qtbot.waitSignal(tab.import_asked) as asked:
        dialog.fileSelected.emit(str(tmp_path / "river.zip"))
    assert asked.args == [tmp_path / "river.zip"]
    dialog.reject()


@pytest.mark.parametrize(
    ("handed_out", "told"),
    [
        (HandedOut(Path("river.wav"), done=1, lufs=-16.0, ended=True), ""),
        (
            HandedOut(Path("river.wav"), done=1, lufs=-14.0, below=(-17.24,), ended=True),
            "Exported river.wav. It has −17.2 LUFS instead of −14.0 LUFS: louder, its peaks would be distorted.",
        ),
        (
            HandedOut(Path("river.wav"), done=1, lufs=-14.0, below=(None,), ended=True),
            "Exported river.wav. It is silent or too short to have a loudness, so it keeps its level.",
        ),
        (replace(MANY, done=3, lost=1), "Exporting clips… 3 of 1,200"),
        (replace(MANY, done=1, ended=True), "Stopped. Exported 1 clip to museum."),
        (replace(MANY, done=1_200, ended=True), "Exported 1,200 clips to museum."),
        (
            replace(MANY, done=1_200, lost=1, ended=True, lufs=-16.0, below=(-18.0,)),
            "Exported 1,199 clips to museum. 1 voice has no clip here. "
            "1 stays below −16.0 LUFS, at −18.0 LUFS: louder, its peaks would be distorted.",
        ),
        (
            replace(MANY, done=1_200, lost=9, ended=True, lufs=-16.0, below=(-18.0, None, -19.5, None)),
            "Exported 1,191 clips to museum. 9 voices have no clip here. "
            "2 stay below −16.0 LUFS, down to −19.5 LUFS: louder, their peaks would be distorted. "
            "2 are silent or too short to have a loudness and keep their level.",
        ),
        (
            replace(MANY, done=1_200, ended=True, lufs=-16.0, below=(None,)),
            "Exported 1,200 clips to museum. 1 is silent or too short to have a loudness and keeps its level.",
        ),
    ],
)
def test_exported_clips_are_told_of(tab: LibraryTab, handed_out: HandedOut, told: str) -> None:
    tab.render(states_library.chosen(handed_out=handed_out))
    assert words(tab.left.exported) == told


def test_clips_on_their_way_can_be_cancelled(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render(states_library.chosen(handed_out=MANY))
    with qtbot.waitSignal(tab.cancel_export_asked):
        tab.left.exported.buttons["cancel"].click()


def test_all_that_are_chosen_go_into_one_file(tab: LibraryTab, qtbot: QtBot, tmp_path: Path) -> None:
    tab.render(states_library.chosen())
    for name, chosen in (("Announcer.zip", 1), ("Voices.zip", 7)):
        tab.table.export_asked.emit()
        dialog = tab.findChildren(QFileDialog, "export-dialog")[-1]
        assert [Path(one).name for one in dialog.selectedFiles()] == [name]
        with qtbot.waitSignal(tab.export_voices_asked) as asked:
            dialog.fileSelected.emit(str(tmp_path / name))
        assert asked.args is not None
        assert (len(asked.args[0]), asked.args[1]) == (chosen, tmp_path / name)
        dialog.reject()
        tab.table.selectAll()


# -- a damaged library ----------------------------------------------------------------------------------


def test_a_damaged_library_offers_its_backups(tab: LibraryTab, qtbot: QtBot) -> None:
    damaged = tab.left.damaged
    assert damaged.isHidden()
    state = states_library.damaged()
    tab.render(states.library(0))
    tab.render_moving(state)
    assert damaged.isVisible()
    assert damaged.sentence.text() == (
        "The library file is damaged. Nothing was changed; its clips and takes are still there. "
        "A backup can be put in its place; the damaged file is put aside, not deleted."
    )
    assert tab.empty.sentence.text() == ""
    assert tab.left.moving.isHidden()
    newest = f"{states.NOON.astimezone():%Y-%m-%d %H:%M} · 212 voices"
    assert damaged.choice.itemText(0) == newest
    damaged.choice.choose(1)
    with qtbot.waitSignal(tab.put_back_asked) as asked:
        damaged.put_back.click()
    assert asked.args == [state.backups[1]]
    tab.render_moving(MovingState(restored=state.backups[1]))
    assert damaged.isHidden()
    assert words(tab.left.moving).startswith("The library is back as it was on ")


def test_without_a_backup_it_says_so(tab: LibraryTab) -> None:
    tab.render_moving(states_library.damaged(0))
    assert tab.left.damaged.sentence.text().endswith("There is no backup of it here.")
    assert tab.left.damaged.put_back.isHidden()


# -- accounts and their room ----------------------------------------------------------------------------


def test_accounts_that_are_nearly_full_lead_to_the_usage(tab: LibraryTab, qtbot: QtBot) -> None:
    tab.render_usage(UsageState(loaded=True))
    assert tab.left.usage.isHidden()
    tab.render_usage(states_library.nearly_full())
    assert words(tab.left.usage) == (
        "Qwen · International (Singapore) has 987 of 1,000 voices. "
        "Qwen deletes “Mira” in 9 days unless it is spoken with."
    )
    with qtbot.waitSignal(tab.usage_asked):
        tab.left.usage.buttons["usage"].click()
