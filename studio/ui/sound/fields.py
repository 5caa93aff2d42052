"""Numbers of a recipe in fields: times as minutes, seconds and hundredths, fades in seconds, gain in decibels."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.labels import label
from studio.ui.sound.scale import clock, seconds_of
from studio.ui.theme import GRID, LINE_HEIGHT, Role

LONGEST_S = 24 * 3600.0


class NumberBox(QDoubleSpinBox):
    """A number that the wheel can't change in passing. `valueChanged` comes for finished numbers, not for each key."""

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)
        self.setMinimumHeight(LINE_HEIGHT)
        self.setMinimumWidth(76)
        self.setMaximumWidth(132)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(lambda: self.lineEdit().setModified(False))

    def render_value(self, value: float) -> None:
        """Silently: what the program puts here is nobody's choice. What is being typed stays."""
        if self.hasFocus() and self.lineEdit().isModified():
            return
        held = self.blockSignals(True)
        self.setValue(value)
        self.blockSignals(held)

    def finish(self) -> None:
        """What was typed counts, as if Enter had been pressed."""
        self.interpretText()
        self.lineEdit().setModified(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Undo and redo are the recipe's as long as nothing is typed here."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            editing = self.lineEdit().isUndoAvailable() or self.lineEdit().isRedoAvailable()
            ours = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
            if ours and not editing:
                event.ignore()
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.lineEdit().deselect()


class TimeBox(NumberBox):
    """A point of a sound: 0:01.20. What a person may type is what `seconds_of` reads."""

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(title, name, parent)
        self.setDecimals(3)
        self.setRange(0.0, LONGEST_S)
        self.setSingleStep(0.01)

    def textFromValue(self, val: float) -> str:
        return clock(val)

    def valueFromText(self, text: str) -> float:
        found = seconds_of(text)
        return self.value() if found is None else found

    def validate(self, input: str, pos: int) -> object:
        readable = seconds_of(input) is not None
        plain = all(letter in "0123456789:., s" for letter in input)
        state = QValidator.State
        return (state.Acceptable if readable else state.Intermediate if plain else state.Invalid), input, pos

    def fixup(self, str: str) -> str:
        return clock(self.value())


class LengthBox(NumberBox):
    """Some seconds, such as those of a fade."""

    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(title, name, parent)
        self.setDecimals(2)
        self.setRange(0.0, LONGEST_S)
        self.setSingleStep(0.05)
        self.setSuffix(self.tr(" s"))


class DecibelBox(NumberBox):
    def __init__(self, title: str, name: str, parent: QWidget) -> None:
        super().__init__(title, name, parent)
        self.setDecimals(1)
        self.setRange(-24.0, 24.0)
        self.setSingleStep(0.5)
        self.setSuffix(self.tr(" dB"))

    def textFromValue(self, val: float) -> str:
        words = super().textFromValue(val)
        return f"+{words}" if round(val, 1) > 0 else words


class NumberField(QWidget):
    """A number under its label."""

    def __init__(self, box: NumberBox, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = box
        title = label(box.accessibleName(), self, role=Role.TEXT_DIM)
        title.setBuddy(box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(box)
        self.setMaximumWidth(max(box.maximumWidth(), title.sizeHint().width()))
