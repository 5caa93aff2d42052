"""What no view may hold: a nested event loop, a coroutine, a proxy model, a star import."""

from __future__ import annotations

from pathlib import Path

import pytest

SOURCES = sorted((Path(__file__).parents[2] / "studio" / "ui").rglob("*.py"))


@pytest.mark.parametrize(
    "forbidden", ["exec(", "async def", "await ", "QMessageBox", "QSortFilterProxyModel", "import *", "QtMultimedia"]
)
def test_no_view_holds(forbidden: str) -> None:
    holders = [file.name for file in SOURCES if forbidden in file.read_text("utf-8")]
    assert holders == []


def test_files_stay_short() -> None:
    assert [file.name for file in SOURCES if len(file.read_text("utf-8").splitlines()) > 300] == []
