"""What can be done to the chosen voices, as a menu; each has its key as well. The keyboard sorts here, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from studio.domain.voices import Voice
    from studio.ui.library.voices_table import VoicesTable

STARS = 5


def voices_menu(table: VoicesTable) -> QMenu:
    voices = table.selected_voices()
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if voices:
        _add_actions(menu, table, voices)
        menu.addSeparator()
    table.header.add_sorting(menu)
    return menu


def _add_actions(menu: QMenu, table: VoicesTable, voices: tuple[Voice, ...]) -> None:
    menu.addAction(_tr("Play") + "\tSpace", table.play_asked.emit)
    starred = all(voice.favourite for voice in voices)
    menu.addAction((_tr("No favourite") if starred else _tr("Favourite")) + "\tF", table.toggle_favourite)
    rating = menu.addMenu(_tr("Rate"))
    for stars in range(STARS, 0, -1):
        rating.addAction("★" * stars + f"\t{stars}", lambda stars=stars: table.rate(stars))
    rating.addAction(_tr("No rating") + "\t0", lambda: table.rate(0))
    menu.addSeparator()
    menu.addAction(_tr("Export…"), table.export_asked.emit)
    if len(voices) > 1:
        clips = menu.addAction(_tr("Export clips to a folder…"), table.export_clips_asked.emit)
        clips.setEnabled(any(voice.has_clips for voice in voices))
    menu.addAction(_tr("Delete") + "\t" + _tr("Del"), table.delete_asked.emit)


def _tr(text: str) -> str:
    return QCoreApplication.translate("table_menu", text)
