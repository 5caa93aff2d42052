"""Asks for a place for a clip, for clips, for a rights record, or for voices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.domain.audio import AudioFormat
from studio.domain.file_names import safe_name

FORMATS = (("WAV", "wav"), ("FLAC", "flac"), ("MP3", "mp3"), ("Opus", "opus"))
RECORDS = (("ZIP", "zip"),)
VOICES = (("Voice Studio", "zip"),)


def ask_place(parent: QWidget, name: str, audio_format: AudioFormat, chosen: Callable[[Path], None]) -> QFileDialog:
    """Opens without waiting; `chosen` is called if a place was."""
    offered = tuple(one for one in FORMATS if one[1] == audio_format)
    return _ask(parent, QCoreApplication.translate("export", "Export clip"), name, offered, chosen)


def ask_folder(parent: QWidget, chosen: Callable[[Path], None]) -> QFileDialog:
    """The same for the folder of many clips."""
    dialog = QFileDialog(parent, QCoreApplication.translate("export", "Export clips to a folder"))
    dialog.setObjectName("export-folder-dialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def ask_record_place(parent: QWidget, name: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """The same for the rights record of a voice of that name."""
    title = QCoreApplication.translate("export", "Export rights record")
    file = QCoreApplication.translate("export", "{name} rights").format(name=name)
    return _ask(parent, title, file, RECORDS, chosen)


def ask_sample_place(parent: QWidget, name: str, sent_as: AudioFormat, chosen: Callable[[Path], None]) -> QFileDialog:
    """The same for what is sent of a take, whose format is not to choose."""
    title = QCoreApplication.translate("export", "Save what is sent")
    return _ask(parent, title, name, ((sent_as.upper(), sent_as.value),), chosen)


def ask_voices_place(parent: QWidget, name: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """The same for voices as one file."""
    title = QCoreApplication.translate("export", "Export voices")
    return _ask(parent, title, name, VOICES, chosen)


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
    dialog.selectFile(safe_name(name, f".{formats[0][1]}"))
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog
