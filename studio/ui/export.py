"""Asks for a place for a clip, whose file's ending says in which format, for a rights record, or for voices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.domain.audio import AudioFormat

FORMATS = (("WAV", "wav"), ("MP3", "mp3"), ("Opus", "opus"), ("FLAC", "flac"))
RECORDS = (("ZIP", "zip"),)
VOICES = (("Voice Studio", "zip"),)
NOT_IN_A_NAME = '<>:"/\\|?*\0\n\r\t'


def ask_place(parent: QWidget, name: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Opens without waiting; `chosen` is called if a place was."""
    return _ask(parent, QCoreApplication.translate("export", "Export clip"), _safe(name), FORMATS, chosen)


def ask_record_place(parent: QWidget, name: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """The same for the rights record of a voice of that name."""
    title = QCoreApplication.translate("export", "Export rights record")
    file = QCoreApplication.translate("export", "{name} rights").format(name=_safe(name))
    return _ask(parent, title, file, RECORDS, chosen)


def ask_sample_place(parent: QWidget, name: str, sent_as: AudioFormat, chosen: Callable[[Path], None]) -> QFileDialog:
    """The same for what is sent of a take, whose format is not to choose."""
    title = QCoreApplication.translate("export", "Save what is sent")
    return _ask(parent, title, _safe(name), ((sent_as.upper(), sent_as.value),), chosen)


def ask_voices_place(parent: QWidget, name: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """The same for voices as one file."""
    title = QCoreApplication.translate("export", "Export voices")
    return _ask(parent, title, _safe(name), VOICES, chosen)


def ask_voices_file(parent: QWidget, chosen: Callable[[Path], None]) -> QFileDialog:
    """For a file of voices that shall come in."""
    dialog = QFileDialog(parent, QCoreApplication.translate("export", "Import voices"))
    dialog.setObjectName("import-dialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([f"{label} (*.{suffix})" for label, suffix in VOICES])
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def _ask(
    parent: QWidget, title: str, name: str, formats: tuple[tuple[str, str], ...], chosen: Callable[[Path], None]
) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setObjectName("export-dialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([f"{label} (*.{suffix})" for label, suffix in formats])
    dialog.setDefaultSuffix(formats[0][1])
    dialog.filterSelected.connect(lambda shown: dialog.setDefaultSuffix(shown.rpartition("*.")[2].rstrip(")")))
    dialog.selectFile(f"{name}.{formats[0][1]}")
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def _safe(name: str) -> str:
    kept = "".join("-" if letter in NOT_IN_A_NAME else letter for letter in name).strip(" .")
    return kept or "clip"
