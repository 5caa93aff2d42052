"""Puts widgets behind one another for the Tab key: Qt appends what is made later, wherever it is shown."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

_TAB = Qt.FocusPolicy.TabFocus


def chain(*widgets: QWidget) -> None:
    """Each after the one before it; the first stays where it is. Qt passes over widgets that take no focus."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def put_last(part: QWidget) -> None:
    """A part of a window that is at its foot, after something above it was built later.

    What is made last is last for the Tab key. The chain isn't walked: PySide takes what `nextInFocusChain` gives for a
    child, and lets go of all that is in it when the one before is deleted.
    """
    window = part.window()
    inside = [one for one in part.findChildren(QWidget) if one.focusPolicy() & _TAB and one.window() is window]
    end = QWidget(window)
    end.setFocusPolicy(_TAB)
    chain(end, *inside)
    end.setParent(None)
