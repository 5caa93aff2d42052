"""How much of a limit is used: unseen below 80 %, and over the limit in the colour of errors."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from studio.ui.theme import FOREGROUNDS, Role

VISIBLE_FROM = 0.8


class Counter(QLabel):
    """`212 / 500`; `advice` says what to do, and which system minds, once it is too much."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "counter") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.advice = ""

    def render_count(self, used: int, limit: int, system: str) -> None:
        over = used - limit if limit else 0
        shown = bool(limit) and used >= VISIBLE_FROM * limit
        self.setText(f"{used} / {limit}" if shown else "")
        self.setForegroundRole(FOREGROUNDS[Role.BAD if over > 0 else Role.TEXT_DIM])
        self.advice = self._advice(over, limit, system) if over > 0 else ""

    def _advice(self, over: int, limit: int, system: str) -> str:
        return self.tr("Shorten it by {over}: “{system}” takes {limit} characters.").format(
            over=over, system=system, limit=limit
        )
