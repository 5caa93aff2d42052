"""Joins the parts of the Library tab to what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ports import Labels

if TYPE_CHECKING:
    from studio.ui.library.tab import LibraryTab


def join(tab: LibraryTab) -> None:
    _join_voices(tab)
    _join_table(tab)
    _join_notes(tab)
    _join_details(tab)
    _join_speaking(tab)


def _join_voices(tab: LibraryTab) -> None:
    head, filters = tab.left.head, tab.left.filters
    head.search_changed.connect(lambda _: tab.look())
    head.show_asked.connect(lambda _: tab.look())
    filters.changed.connect(lambda _: tab.look())
    tab.search.left.connect(tab.table.enter)
    tab.empty.asked.connect(tab.on_empty)
    head.refresh_asked.connect(tab.refresh_asked)
    head.cancel_asked.connect(tab.cancel_refresh_asked)
    head.import_asked.connect(tab.exports.ask_import)
    head.usage_asked.connect(tab.usage_asked)


def _join_table(tab: LibraryTab) -> None:
    table, bulk, model = tab.table, tab.left.bulk, tab.table.voices
    table.choose_asked.connect(tab.choose_asked)
    table.selection_changed.connect(tab.on_selection)
    table.play_asked.connect(tab.on_play)
    table.delete_asked.connect(tab.on_delete)
    table.details_asked.connect(tab.details.play.setFocus)
    table.export_asked.connect(tab.on_export_voices)
    table.export_clips_asked.connect(tab.exports.ask_clips)
    table.favourite_asked.connect(lambda ids, on: tab.label_asked.emit(ids, Labels(favourite=on)))
    table.rate_asked.connect(lambda ids, rating: tab.label_asked.emit(ids, Labels(rating=rating)))
    table.changed.connect(tab.changed)
    table.counted.connect(tab.render_places)
    bulk.label_asked.connect(lambda labels: tab.label_asked.emit(tab.selected(), labels))
    bulk.play_all_asked.connect(lambda: tab.play_all_asked.emit(tab.selected()))
    bulk.export_asked.connect(tab.on_export_voices)
    bulk.export_clips_asked.connect(tab.exports.ask_clips)
    bulk.delete_asked.connect(tab.on_delete)
    for knowing in (tab.left.filters, bulk, tab.details.labels):
        model.facets_changed.connect(knowing.render_facets)


def _join_notes(tab: LibraryTab) -> None:
    left = tab.left
    left.refreshed.action_asked.connect(lambda _: tab.settings_asked.emit(""))
    left.moving.action_asked.connect(lambda _: tab.cancel_moving_asked.emit())
    left.exported.action_asked.connect(lambda _: tab.cancel_export_asked.emit())
    left.usage.action_asked.connect(lambda _: tab.usage_asked.emit())
    left.trouble.action_asked.connect(tab.act)
    left.note.action_asked.connect(tab.act)
    left.spoken.action_asked.connect(tab.act)
    left.damaged.put_back_asked.connect(tab.put_back_asked)


def _join_details(tab: LibraryTab) -> None:
    details = tab.details
    details.rename_asked.connect(tab.rename_asked)
    details.annotate_asked.connect(tab.annotate_asked)
    details.label_asked.connect(tab.label_asked)
    details.delete_asked.connect(lambda library_id: tab.delete_asked.emit((library_id,)))
    details.remake_asked.connect(tab.remake_asked)
    details.copied.connect(tab.said)
    details.code_asked.connect(tab.on_code)
    details.drag_asked.connect(tab.drag_asked)
    details.play_asked.connect(tab.play_asked)
    details.seek_asked.connect(tab.seek_asked)
    details.export_asked.connect(tab.on_export)
    details.export_rights_asked.connect(tab.on_export_rights)
    details.delete_clip_asked.connect(tab.delete_clip_asked)


def _join_speaking(tab: LibraryTab) -> None:
    speak = tab.speak
    speak.speak_asked.connect(tab.on_speak)
    speak.stop_asked.connect(tab.stop_speaking_asked)
    speak.go_on_asked.connect(tab.go_on_asked)
    speak.forget_asked.connect(tab.forget_asked)
    speak.changed.connect(lambda text: tab.changed.emit("text_to_speak", text))
    speak.hear_keys_in(tab)
