"""Asks for a place for exactly the bytes that would be sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.domain.samples import Media
from studio.domain.takes import Take
from studio.ui.export import NOT_IN_A_NAME


def ask_sample_place(parent: QWidget, take: Take, chosen: Callable[[Path], None]) -> QFileDialog:
    """Opens without waiting; `chosen` is called if a place was. A file that is sent untouched keeps its ending."""
    untouched = take.edit.untouched and take.original is not None and take.source.media is not None
    suffix = take.source.media.suffix if untouched and take.source.media else Media.WAV.suffix
    dialog = QFileDialog(parent, QCoreApplication.translate("export", "Save what is sent"))
    dialog.setObjectName("save-sent-dialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([f"{suffix[1:].upper()} (*{suffix})"])
    dialog.setDefaultSuffix(suffix[1:])
    dialog.selectFile(f"{_safe(take.name)}{suffix}")
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def _safe(name: str) -> str:
    kept = "".join("-" if letter in NOT_IN_A_NAME else letter for letter in name).strip(" .")
    return kept or "sample"
