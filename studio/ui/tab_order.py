"""Puts widgets behind one another for the Tab key: Qt appends what is made later, wherever it is shown."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(*widgets: QWidget) -> None:
    """Each after the one before it; the first stays where it is. Qt passes over widgets that take no focus."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def in_chain(window: QWidget) -> list[QWidget]:
    """What the Tab key passes in a window, hidden and disabled widgets too."""
    passed: list[QWidget] = []
    after = window.nextInFocusChain()
    while after and after is not window:
        if after.focusPolicy() & Qt.FocusPolicy.TabFocus:
            passed.append(after)
        after = after.nextInFocusChain()
    return passed


def put_last(part: QWidget) -> None:
    """A part of a window that is at its foot, after something above it was built later."""
    passed = in_chain(part.window())
    inside = [widget for widget in passed if part.isAncestorOf(widget)]
    others = [widget for widget in passed if not part.isAncestorOf(widget)]
    chain(*others[-1:], *inside)
