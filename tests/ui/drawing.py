"""Pictures of widgets for a person to look at, and words as long as German's to try the room with."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui import theme


class German(QTranslator):
    """Each text with a third more behind it."""

    def translate(  # type: ignore[override]
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        filler = " für die Länge der Übersetzungen"
        return sourceText + filler[: max(3, len(sourceText) // 3)]


def drawn(widget: QWidget, name: str, qapp: QApplication, tmp_path: Path) -> None:
    """Light and dark, into the folder that the environment names."""
    folder = Path(os.environ.get("STUDIO_PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    sizes: list[int] = []
    for dark in (False, True):
        theme.wear(qapp, dark)
        for _ in range(3):  # a layout within a layout within a layout
            qapp.processEvents()
        file = folder / f"{name}-{'dark' if dark else 'light'}.png"
        assert widget.grab().save(str(file))
        sizes.append(file.stat().st_size)
    assert min(sizes) > 5_000
