"""Joins the Clone tab to its flows: microphone, takes, what is heard of them, and the clone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from studio.domain.accounts import Role
from studio.domain.takes import Take
from studio.ui.wiring_parts import RegionTrial, ShownVoice, open_settings_at

if TYPE_CHECKING:
    from pathlib import Path

    from studio.flows.audition import Audible
    from studio.flows.takes import TakesState
    from studio.ui.clone.tab import CloneTab
    from studio.ui.window import Window
    from studio.ui.wiring import Flows


def join_clone(window: Window, flows: Flows, shown: ShownVoice, trial: RegionTrial) -> None:
    """The microphone is open only while the tab is looked at, or a take is being recorded."""
    _join_flows(window, flows)

    def join(tab: CloneTab) -> None:
        _join_tab(window, flows, tab)
        _join_booth(flows, tab)
        _join_sound(flows, tab)
        tab.show_asked.connect(shown.show)
        tab.other_region_asked.connect(lambda system, region: trial.start(tab, system, region))
        _draw(flows, tab)
        if not flows.takes.state.takes:
            QTimer.singleShot(0, flows.takes.restore)  # as soon as the loop runs

    window.when_clone_built(join)
    window.clone_looked_at.connect(lambda looked_at: flows.booth.enter() if looked_at else flows.booth.leave())
    if window.looks_at_clone:  # the tab of the last time: nobody turned to it
        QTimer.singleShot(0, lambda: flows.booth.enter() if window.looks_at_clone else None)


# -- what one flow tells another, and the window ----------------------------------------------------------


def _join_flows(window: Window, flows: Flows) -> None:
    takes, memory = flows.takes, flows.desk.memory

    def taken(take: Take) -> None:
        takes.add(take)
        window.announcer.hear_taken(take)

    def restored(state: TakesState) -> None:
        """Says once of each take that its program died."""
        window.render_takes(state)
        newest = max((take.created.isoformat() for take in state.takes if take.recovered), default="")
        if newest > flows.desk.memory.recovered_told:
            flows.desk.remember(recovered_told=newest)
            window.announcer.hear_recovered()

    flows.booth.on_taken = taken
    flows.booth.judge = takes.judge
    flows.booth.prefer_device(memory.input_device)
    flows.booth.show = window.render_booth
    flows.hearing.play = lambda audible: _toggle(flows, audible)
    flows.hearing.show = window.render_hearing
    takes.show = restored
    flows.clone.show = window.render_clone


def _toggle(flows: Flows, audible: Audible) -> None:
    """The same sound again is a wish for silence, unless it shall now go round."""
    audition = flows.audition
    sounding = audition.state.audible
    if audition.sounds(audible.clip.clip_id) and sounding and sounding.loop == audible.loop:
        audition.stop()
    else:
        audition.play(audible)


# -- what the tab asks ------------------------------------------------------------------------------------


def _join_tab(window: Window, flows: Flows, tab: CloneTab) -> None:
    clone, takes = flows.clone, flows.takes
    tab.target_changed.connect(takes.hold_against)
    tab.transcribed.connect(takes.note_transcript)
    tab.import_asked.connect(takes.import_file)
    tab.clone_asked.connect(lambda brief, _: window.announcer.hear_clone_asked(brief.system))
    tab.clone_asked.connect(clone.clone_voice)
    tab.cancel_asked.connect(clone.cancel)
    tab.attach_consent_asked.connect(clone.attach_consent)
    tab.drop_consent_asked.connect(clone.drop_consent)
    tab.play_asked.connect(flows.audition.toggle)
    tab.settings_asked.connect(lambda: open_settings_at(window, tab, clone.state.error))


def _join_booth(flows: Flows, tab: CloneTab) -> None:
    booth, takes, desk, panel = flows.booth, flows.takes, flows.desk, tab.right.booth
    panel.set_sources(booth.meter, booth.outline)
    panel.set_count_in(desk.memory.count_in)
    panel.reading.choose_language(desk.memory.reading_language)
    panel.device_picked.connect(lambda device_id: desk.remember(input_device=booth.choose_device(device_id)))
    panel.record_asked.connect(lambda text: booth.record(text, count_in=desk.memory.count_in))
    panel.count_in_picked.connect(lambda wanted: desk.remember(count_in=wanted))
    panel.reading_language_picked.connect(lambda language: desk.remember(reading_language=language))
    panel.pause_asked.connect(booth.pause)
    panel.resume_asked.connect(booth.resume)
    panel.stop_asked.connect(booth.stop)
    panel.clip_reset_asked.connect(booth.reset_clip)
    panel.choose_file_asked.connect(takes.import_file)
    panel.cancel_import_asked.connect(takes.cancel_import)


class _ChosenTake:
    """Only the chosen take is heard and saved, as the chosen system would get it."""

    def __init__(self, flows: Flows, tab: CloneTab) -> None:
        self._takes, self._hearing, self._form = flows.takes, flows.hearing, tab.form

    def hear(self, start_s: float | None, loop: bool) -> None:
        if take := self._takes.state.chosen:
            self._hearing.hear(take, start_s, loop=loop)

    def compare(self, cleaned: bool) -> None:
        if take := self._takes.state.chosen:
            self._hearing.compare(take, cleaned=cleaned)

    def hear_sent(self) -> None:
        if (take := self._takes.state.chosen) and (limits := self._form.limits()):
            self._hearing.hear_sent(take, limits)

    def save_sent(self, path: Path) -> None:
        if (take := self._takes.state.chosen) and (limits := self._form.limits()):
            self._hearing.save_sent(take, limits, path)


def _join_sound(flows: Flows, tab: CloneTab) -> None:
    takes, rows, editor = flows.takes, tab.right.takes, tab.right.editor
    chosen = _ChosenTake(flows, tab)
    rows.choose_asked.connect(takes.choose)
    rows.rename_asked.connect(takes.rename)
    rows.delete_asked.connect(takes.delete)
    rows.undo_asked.connect(takes.undo_delete)
    editor.edit_asked.connect(takes.edit)
    editor.undo_asked.connect(takes.undo)
    editor.redo_asked.connect(takes.redo)
    editor.trim_to_speech_asked.connect(takes.trim_to_speech)
    editor.play_asked.connect(lambda start_s, loop: chosen.hear(start_s, loop))  # a lambda keeps it alive
    editor.compare_asked.connect(lambda cleaned: chosen.compare(cleaned))
    editor.hear_sent_asked.connect(lambda: chosen.hear_sent())
    editor.save_sent_asked.connect(lambda path: chosen.save_sent(path))
    editor.stop_asked.connect(flows.audition.stop)


def _draw(flows: Flows, tab: CloneTab) -> None:
    tab.render(flows.clone.state)
    tab.render_without(flows.accounts.state.without(Role.CLONE))
    tab.render_booth(flows.booth.state)
    tab.render_takes(flows.takes.state)
    tab.render_hearing(flows.hearing.state)
    tab.render_audition(flows.audition.state)
    tab.tell_target()
