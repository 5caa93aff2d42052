"""Joins the Library tab to the flows behind it: voices, deletions, speech, usage, and voices in and out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QTimer

from studio.domain.audio import Pcm
from studio.domain.limits import SystemInfo
from studio.domain.voices import Status, StoredClip, Voice
from studio.flows.audition import Audible
from studio.flows.library_state import LibraryState
from studio.flows.moving import MovingState
from studio.ui.window import DESIGN, Window
from studio.ui.wiring_parts import ShownVoice

if TYPE_CHECKING:
    from studio.ui.library.tab import LibraryTab
    from studio.ui.wiring import Flows

_State = TypeVar("_State")


def join_library(window: Window, flows: Flows, shown: ShownVoice) -> None:
    _join_news(flows)
    _join_shows(window, flows, shown)
    window.library_shown.connect(flows.library.refresh_if_changed)
    window.when_library_built(lambda tab: _join_tab(window, flows, tab))
    if window.library_tab:  # the tab of the last time: nobody turned to it, so it is read as soon as the loop runs
        QTimer.singleShot(0, flows.library.refresh_if_changed)


def _join_news(flows: Flows) -> None:
    """What one flow tells another."""
    library, audition = flows.library, flows.audition

    def spoken(voice: Voice, clip: StoredClip, heard: bool) -> None:
        library.look_at_clips()
        if heard:
            audition.offer(Audible(clip, voice.name))
        else:
            audition.play(Audible(clip, voice.name))

    def live(title: str, pieces: AsyncIterator[Pcm]) -> None:
        audition.play_live(title, pieces)

    library.on_near = audition.prepare_all
    library.on_queue = audition.play_all
    flows.pitches.on_measured = library.refresh
    flows.deletion.on_samples = flows.takes.look_again
    flows.deletion.on_deleted = flows.speaking.stop_with
    flows.deletion.on_gone = flows.usage.load
    flows.speaking.on_spoken = spoken
    flows.speaking.on_live = live
    flows.speaking.on_stopped = audition.stop
    flows.moving.on_taken = library.read_anew


def _join_shows(window: Window, flows: Flows, shown: ShownVoice) -> None:
    asking = False
    chosen: UUID | None = None

    def show(state: LibraryState) -> None:
        nonlocal asking, chosen
        window.render_library(state)
        shown.look_in(state)
        if asking and not state.refreshing:
            flows.usage.load()
            if any(voice.status is Status.IN_REVIEW for voice in state.voices):
                flows.reviews.follow()
        asking = state.refreshing
        now = state.chosen.library_id if state.chosen else None
        if now != chosen:
            chosen = now
            flows.speaking.show_for(now)

    flows.library.show = show
    hear = window.announcer
    flows.deletion.show = _in_tab(window, lambda tab: tab.render_deletion, hear.hear_deletion)
    flows.speaking.show = _in_tab(window, lambda tab: tab.render_speaking, hear.hear_speaking)
    flows.usage.show = _in_tab(window, lambda tab: tab.render_usage, hear.hear_usage)
    flows.library.on_complete = lambda: _when_complete(flows)
    show_moving = _in_tab(window, lambda tab: tab.render_moving, hear.hear_moving)

    def show_moved(state: MovingState) -> None:
        show_moving(state)
        if window.settings:
            window.settings.render_moving(state)

    flows.moving.show = show_moved


def _when_complete(flows: Flows) -> None:
    """All voices are read: the board tells of full accounts, and missing pitches are measured."""
    flows.pitches.follow(flows.library.state.voices)
    flows.usage.load()


def _in_tab(
    window: Window, drawing: Callable[[LibraryTab], Callable[[_State], None]], hear: Callable[[_State], None]
) -> Callable[[_State], None]:
    """A state is drawn by the tab, if it is built by now, and told of in the status line."""

    def show(state: _State) -> None:
        if window.library_tab:
            drawing(window.library_tab)(state)
        hear(state)

    return show


def _join_tab(window: Window, flows: Flows, tab: LibraryTab) -> None:
    _join_voices(flows, tab)
    _join_deletion(flows, tab)
    _join_speaking(flows, tab)
    _join_moving(flows, tab)
    tab.usage_asked.connect(lambda: _open_board(window, flows, tab))

    def remake(voice: Voice) -> None:
        window.show_tab(DESIGN)
        window.design_tab.begin_with(voice)

    tab.settings_asked.connect(window.open_settings)
    tab.remake_asked.connect(remake)
    tab.details.ids.kinds_of = flows.saying.kinds
    tab.render_systems(every_system(flows))
    tab.render(flows.library.state)
    tab.render_deletion(flows.deletion.state)
    tab.render_speaking(flows.speaking.state)
    tab.render_usage(flows.usage.state)
    tab.render_moving(flows.moving.state)
    tab.render_audition(flows.audition.state)


def _open_board(window: Window, flows: Flows, tab: LibraryTab) -> None:
    """Made when it is first asked for."""
    flows.usage.load()
    board = tab.board
    if board is None:
        from studio.ui.library.usage_board import UsageBoard

        board = tab.board = UsageBoard(tab)
        board.keep_alive_asked.connect(flows.usage.keep_alive)
        board.clean_up_asked.connect(flows.deletion.ask)
        board.clean_up_asked.connect(board.close)
        board.settings_asked.connect(window.open_settings)
        tab.render_usage(flows.usage.state)
    board.show()
    board.raise_()
    board.activateWindow()


def _join_voices(flows: Flows, tab: LibraryTab) -> None:
    library, audition = flows.library, flows.audition
    tab.choose_asked.connect(library.choose)
    tab.select_asked.connect(library.select)
    tab.rename_asked.connect(library.rename)
    tab.annotate_asked.connect(library.annotate)
    tab.label_asked.connect(library.label)
    tab.refresh_asked.connect(library.update)
    tab.cancel_refresh_asked.connect(library.cancel_update)
    tab.export_asked.connect(library.export)
    tab.export_many_asked.connect(library.export_many)
    tab.cancel_export_asked.connect(library.cancel_export)
    tab.export_rights_asked.connect(library.export_rights)
    tab.code_asked.connect(library.make_code)
    tab.drag_asked.connect(library.make_draggable)
    tab.play_asked.connect(audition.toggle)
    tab.play_all_asked.connect(library.play_all)
    tab.seek_asked.connect(audition.seek)


def _join_deletion(flows: Flows, tab: LibraryTab) -> None:
    deletion = flows.deletion
    tab.delete_asked.connect(deletion.ask)
    tab.confirm_delete_asked.connect(deletion.confirm)
    tab.decline_delete_asked.connect(deletion.decline)
    tab.delete_sample_asked.connect(deletion.delete_sample)
    tab.delete_clip_asked.connect(deletion.delete_clip)
    tab.undo_asked.connect(deletion.undo)


def _join_speaking(flows: Flows, tab: LibraryTab) -> None:
    speaking = flows.speaking
    tab.speak_asked.connect(speaking.speak)
    tab.stop_speaking_asked.connect(speaking.stop)
    tab.go_on_asked.connect(speaking.go_on)
    tab.forget_asked.connect(speaking.forget)


def _join_moving(flows: Flows, tab: LibraryTab) -> None:
    tab.export_voices_asked.connect(flows.moving.export)
    tab.import_asked.connect(flows.moving.read)
    tab.put_back_asked.connect(flows.moving.put_back)
    tab.cancel_moving_asked.connect(flows.moving.cancel)


def every_system(flows: Flows) -> tuple[SystemInfo, ...]:
    """Whether it designs or clones."""
    known = {info.system: info for info in (*flows.design.state.systems, *flows.clone.state.systems)}
    return tuple(known.values())
