"""Joins what a person asks to the flows, and the flows' states to what is drawn: all of it here, to be seen at once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer

from studio.flows.audition import Audible, AuditionFlow
from studio.flows.design import DesignFlow
from studio.flows.desk import DeskFlow
from studio.flows.library import LibraryFlow, LibraryState
from studio.ui.window import LIBRARY, Window

if TYPE_CHECKING:
    from studio.ui.library_tab import LibraryTab


def connect(window: Window, design: DesignFlow, audition: AuditionFlow, library: LibraryFlow, desk: DeskFlow) -> None:
    """Starts no work before the loop runs: what is to be read at the start, `main` asks for."""
    window.remembered.connect(lambda name, value: desk.remember(**{name: value}))
    _join_audition(window, audition, desk)
    _join_design(window, design, audition)
    _join_library(window, library, audition, design)
    design.on_kept = lambda _: library.refresh()
    library.on_spoken = audition.play


def _join_audition(window: Window, audition: AuditionFlow, desk: DeskFlow) -> None:
    def pick_device(device_id: str) -> None:
        audition.choose_device(device_id)
        desk.remember(output_device=device_id)

    window.playhead.position_s = audition.position_s
    window.strip.play_asked.connect(audition.toggle)
    window.strip.seek_asked.connect(audition.seek)
    window.strip.device_picked.connect(pick_device)
    window.strip.devices_asked.connect(audition.find_devices)
    audition.show = window.render_audition
    audition.choose_device(desk.memory.output_device)


def _join_design(window: Window, design: DesignFlow, audition: AuditionFlow) -> None:
    tab = window.design_tab
    tab.generate_asked.connect(design.generate)
    tab.cancel_asked.connect(design.cancel)
    tab.retry_asked.connect(design.retry)
    tab.again_asked.connect(design.again)
    tab.keep_asked.connect(design.keep)
    tab.discard_asked.connect(design.discard)
    tab.undo_asked.connect(design.take_back)
    tab.play_asked.connect(audition.toggle)
    tab.seek_asked.connect(audition.seek)

    design.show = window.render_design
    design.on_made = lambda made: audition.prepare(Audible(made.preview, made.voice.name))
    window.render_design(design.state)


def _join_library(window: Window, library: LibraryFlow, audition: AuditionFlow, design: DesignFlow) -> None:
    wanted: UUID | None = None  # a voice just kept, to be chosen as soon as the library has it

    def show_kept() -> None:
        nonlocal wanted
        if design.state.kept:
            wanted = design.state.kept.library_id
            window.show_tab(LIBRARY)
            choose_wanted(library.state)

    def choose_wanted(state: LibraryState) -> None:
        nonlocal wanted
        if wanted and any(voice.library_id == wanted for voice in state.voices):
            found, wanted = wanted, None
            library.choose(found)

    def show(state: LibraryState) -> None:
        window.render_library(state)
        choose_wanted(state)

    def join(tab: LibraryTab) -> None:
        tab.render_systems(design.state.systems)
        tab.choose_asked.connect(library.choose)
        tab.rename_asked.connect(library.rename)
        tab.annotate_asked.connect(library.annotate)
        tab.delete_asked.connect(library.delete)
        tab.undo_asked.connect(library.undo_delete)
        tab.speak_asked.connect(library.speak)
        tab.cancel_asked.connect(library.cancel_speaking)
        tab.export_asked.connect(library.export)
        tab.delete_clip_asked.connect(library.delete_clip)
        tab.play_asked.connect(audition.toggle)
        tab.seek_asked.connect(audition.seek)
        tab.render(library.state)
        tab.render_audition(audition.state)

    library.show = show
    window.design_tab.show_asked.connect(show_kept)
    window.library_shown.connect(library.refresh_if_changed)
    window.when_library_built(join)
    if window.library_tab:  # the tab of the last time: nobody turned to it, so it is read as soon as the loop runs
        QTimer.singleShot(0, library.refresh_if_changed)
