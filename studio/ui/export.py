"""Asks for a place for a clip; the file's ending says in which format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

FORMATS = (("WAV", "wav"), ("MP3", "mp3"), ("Opus", "opus"), ("FLAC", "flac"))
NOT_IN_A_NAME = '<>:"/\\|?*\0\n\r\t'


def ask_place(parent: QWidget, name: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Opens without waiting; `chosen` is called if a place was."""
    title = QCoreApplication.translate("export", "Export clip")
    dialog = QFileDialog(parent, title)
    dialog.setObjectName("export-dialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([f"{label} (*.{suffix})" for label, suffix in FORMATS])
    dialog.setDefaultSuffix(FORMATS[0][1])
    dialog.filterSelected.connect(lambda shown: dialog.setDefaultSuffix(shown.rpartition("*.")[2].rstrip(")")))
    dialog.selectFile(f"{_safe(name)}.{FORMATS[0][1]}")
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def _safe(name: str) -> str:
    kept = "".join("-" if letter in NOT_IN_A_NAME else letter for letter in name).strip(" .")
    return kept or "clip"
