"""Puts widgets behind one another for the Tab key: Qt appends what is made later, wherever it is shown."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QWidget


def chain(*widgets: QWidget) -> None:
    """Each after the one before it; the first stays where it is. Qt passes over widgets that take no focus."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)
