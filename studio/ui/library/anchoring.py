"""What the person looks at stays where it is while rows come and go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QTableView

from studio.ui.library.rows import Rows


def anchored(table: QTableView, rows: Rows) -> Callable[[], None]:
    """Puts the current row back to where it was if it is seen, else the first one."""
    bar, current = table.verticalScrollBar(), table.currentIndex().row()
    seen = current >= 0 and 0 <= table.rowViewportPosition(current) < table.viewport().height()
    row = current if seen else table.rowAt(0)
    if row < 0 or not (seen or bar.value()):
        return lambda: None
    slot, top = rows.shown[row], table.rowViewportPosition(row)

    def back() -> None:
        now = rows.row_of_slot(slot)
        if now >= 0 and table.rowViewportPosition(now) != top:
            table.updateGeometries()
            bar.setValue(table.verticalHeader().sectionPosition(now) - top)

    return back
