"""The raw identifiers of a voice, and how to speak with it from elsewhere: each one click away from the clipboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.domain.voices import Voice
from studio.ports import CodeKind
from studio.ui.buttons import Button
from studio.ui.flow_layout import FlowLayout
from studio.ui.library.voice_words import IdLine
from studio.ui.theme import GAP


class VoiceIds(QWidget):
    """`code_asked` has the CodeKind; `copied` what was put on the clipboard, in words. `kinds_of` tells which kinds of
    calls there are for a voice."""

    code_asked = Signal(object)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("voice-ids")
        self._code, self._waits = "", False
        self.kinds_of: Callable[[Voice], tuple[CodeKind, ...]] = lambda _: tuple(CodeKind)
        self.voice_id = IdLine(self.tr("Voice ID"), self.tr("Copy voice ID"), "voice-id", self)
        self.model = IdLine(self.tr("Model"), self.tr("Copy model"), "model-id", self)
        self.library_id = IdLine(self.tr("Library ID"), self.tr("Copy library ID"), "library-id", self)
        self.curl = Button(self.tr("Copy as curl"), self, icon_name="copy", name="copy-curl")
        self.python = Button(self.tr("Copy as Python"), self, icon_name="copy", name="copy-python")
        self._build_layout()
        self._join()

    def render_voice(self, voice: Voice) -> None:
        self.voice_id.render_id(voice.voice_id)
        self.model.render_id(voice.target_model)
        self.library_id.render_id(str(voice.library_id))
        kinds = self.kinds_of(voice)
        for kind, button in ((CodeKind.CURL, self.curl), (CodeKind.PYTHON, self.python)):
            words = self._told(kind in kinds, bool(kinds))
            button.setEnabled(kind in kinds)
            button.setToolTip(words)
            button.setAccessibleDescription(words)

    def render_code(self, code: str, *, failed: bool) -> None:
        """What was asked for goes to the clipboard when it is there."""
        before, self._code = self._code, code
        if self._waits and code and code is not before:
            self._waits = False
            QGuiApplication.clipboard().setText(code)
            self.copied.emit(self.tr("Copied the call"))
        elif failed:
            self._waits = False

    def in_order(self) -> tuple[QWidget, ...]:
        lines = (self.voice_id, self.model, self.library_id)
        return *(widget for line in lines for widget in line.in_order()), self.curl, self.python

    def _told(self, offered: bool, another: bool) -> str:
        """What a click gives, or why it can't be had."""
        if offered:
            return self.tr("A working call for the text to speak; the key comes from the environment")
        if another:
            return self.tr("This voice is spoken with over a WebSocket, which curl can't do: copy it as Python")
        return self.tr("There is no call that speaks with a voice of this model")

    def _ask(self, kind: CodeKind) -> None:
        self._waits = True
        self.code_asked.emit(kind)

    def _build_layout(self) -> None:
        buttons = FlowLayout(spacing=GAP)
        buttons.addWidget(self.curl)
        buttons.addWidget(self.python)
        buttons.setContentsMargins(2, 0, 2, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for line in (self.voice_id, self.model, self.library_id):
            column.addWidget(line)
        column.addLayout(buttons)

    def _join(self) -> None:
        self.curl.clicked.connect(lambda: self._ask(CodeKind.CURL))
        self.python.clicked.connect(lambda: self._ask(CodeKind.PYTHON))
        self.voice_id.copied.connect(lambda: self.copied.emit(self.tr("Copied the voice ID")))
        self.model.copied.connect(lambda: self.copied.emit(self.tr("Copied the model")))
        self.library_id.copied.connect(lambda: self.copied.emit(self.tr("Copied the library ID")))
