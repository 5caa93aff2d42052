"""What no view may hold: a nested event loop, a coroutine, a proxy model, a star import."""

from __future__ import annotations

from pathlib import Path

import pytest

SOURCES = sorted((Path(__file__).parents[2] / "studio" / "ui").rglob("*.py"))
DRAGGING, DRAGS = "dragging.py", "drag.exec("


@pytest.mark.parametrize(
    "forbidden",
    [
        "exec(",
        "async def",
        "await ",
        "QMessageBox",
        "QSortFilterProxyModel",
        "import *",
        "QtMultimedia",
        "InFocusChain(",
    ],
)
def test_no_view_holds(forbidden: str) -> None:
    assert [file.name for file in SOURCES if forbidden in words_of(file)] == []


def test_only_a_drag_runs_a_loop_of_its_own() -> None:
    (file,) = (file for file in SOURCES if file.name == DRAGGING)
    assert file.read_text("utf-8").count(DRAGS) == 1


def words_of(file: Path) -> str:
    """Qt can be asked to drag in no other way than `QDrag.exec`: that one line is left out."""
    words = file.read_text("utf-8")
    return words.replace(DRAGS, "") if file.name == DRAGGING else words


def test_files_stay_short() -> None:
    assert [file.name for file in SOURCES if len(file.read_text("utf-8").splitlines()) > 300] == []
