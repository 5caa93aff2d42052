"""What is done to a take and heard of it: one row of buttons, the ends as times, and the rest under More."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.takes import Edit
from studio.ui.buttons import Button, Toggle, lit
from studio.ui.clone.right_box import CheckBox
from studio.ui.labels import label
from studio.ui.sound.fields import DecibelBox, LengthBox, NumberBox, NumberField, TimeBox
from studio.ui.sound.heard import Heard
from studio.ui.theme import GAP, Role


class HearButton(Button):
    """Has the sign of Stop while it sounds; its words stay, for they say what is heard."""

    def __init__(self, text: str, parent: QWidget, *, icon_name: str, name: str, gives_way: bool = False) -> None:
        super().__init__(text, parent, icon_name=icon_name, name=name, gives_way=gives_way)
        self.sounds = False
        self._silent_icon = icon_name

    def render_sounding(self, sounds: bool) -> None:
        if sounds is not self.sounds:
            self.sounds = sounds
            self.set_icon("stop" if sounds else self._silent_icon)
            self.setAccessibleDescription(self.tr("Sounds now; press to stop") if sounds else "")

    def _ground(self) -> tuple[QColor | None, QColor | None]:
        ground, line = super()._ground()
        return lit(ground, self.palette()) if self.sounds else (ground, line)


class SoundButton(Button):
    """Play, or Stop while it sounds; as wide for either word, and always called Play by name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent, icon_name="play", name="play-take")
        self.setAccessibleName(self.tr("Play"))
        self.setToolTip(self.tr("Play the selection, or from the play position (Space)"))
        self.render_sounding(False)

    def render_sounding(self, sounding: bool) -> None:
        self.setText(self.tr("Stop") if sounding else self.tr("Play"))
        self.set_icon("stop" if sounding else "play")

    def sizeHint(self) -> QSize:
        hint, metrics = super().sizeHint(), self.fontMetrics()
        hint.setWidth(max(metrics.horizontalAdvance(word) for word in (self.tr("Play"), self.tr("Stop"))) + 52)
        return hint


class EditControls(QWidget):
    """Only layout: whoever owns it connects the buttons and fields."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build_buttons()
        self._build_fields()
        self._build_sent()
        self._build_more()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._first)
        column.addLayout(self._second)
        column.addWidget(self.below)
        self.more.toggled.connect(self.below.setVisible)

    def render_edit(self, edit: Edit, seconds: float) -> None:
        start, end = edit.span(seconds)
        for box in (self.start, self.end):
            box.setMaximum(max(round(seconds, 3), 0.001))
        for box in (self.fade_in, self.fade_out):
            box.setMaximum(max(end - start, 0.01))
        self.start.render_value(start)
        self.end.render_value(end)
        self.fade_in.render_value(edit.fade_in_s)
        self.fade_out.render_value(edit.fade_out_s)
        self.gain.render_value(edit.gain_db)
        held = self.clean.blockSignals(True)
        self.clean.setChecked(edit.clean)
        self.clean.blockSignals(held)

    def finish(self) -> None:
        """What was typed and not yet entered counts."""
        for box in (self.start, self.end, self.fade_in, self.fade_out, self.gain):
            box.finish()

    def render_heard(self, heard: Heard | None) -> None:
        """What of the take sounds now."""
        self.play.render_sounding(heard is not None)
        self.raw.render_sounding(heard is Heard.RAW)
        self.cleaned.render_sounding(heard is Heard.CLEANED)
        self.hear_sent.render_sounding(heard is Heard.SENT)

    def unfold(self) -> None:
        """Shows what lies under More; that the program does so is nobody's choice."""
        held = self.more.blockSignals(True)
        self.more.setChecked(True)
        self.more.blockSignals(held)
        self.below.show()

    def in_order(self) -> tuple[QWidget, ...]:
        """What the Tab key passes."""
        first = (self.play, self.loop, self.trim, self.undo, self.redo, self.more)
        second = (self.start, self.end, self.hear_sent, self.save_sent)
        return *first, *second, self.fade_in, self.fade_out, self.gain, self.clean, self.raw, self.cleaned

    # -- layout -------------------------------------------------------------------------------------

    def _build_buttons(self) -> None:
        self.play = SoundButton(self)
        self.loop = Toggle("", self, icon_name="loop", name="loop")
        self.trim = Button(self.tr("Trim to speech"), self, icon_name="trim", name="trim-to-speech", gives_way=True)
        self.undo = Button("", self, icon_name="undo", name="undo-edit")
        self.redo = Button("", self, icon_name="redo", name="redo-edit")
        self.more = Toggle(self.tr("More"), self, icon_name="more", name="more-edits")
        for button, title, tip in (
            (self.loop, self.tr("Loop"), self.tr("Play the selection again and again (L)")),
            (self.undo, self.tr("Undo"), self.tr("Undo (Ctrl+Z)")),
            (self.redo, self.tr("Redo"), self.tr("Redo (Ctrl+Shift+Z)")),
            (self.more, self.tr("More"), self.tr("Fades, gain and cleaning")),
        ):
            button.setAccessibleName(title)
            button.setToolTip(tip)
        self.trim.setToolTip(self.tr("From just before the first word to just after the last one"))
        self._first = QHBoxLayout()
        self._first.setSpacing(GAP)
        for button in (self.play, self.loop, self.trim, self.undo, self.redo):
            self._first.addWidget(button)
        self._first.addStretch(1)
        self._first.addWidget(self.more)

    def _build_fields(self) -> None:
        self.start = TimeBox(self.tr("Start"), "selection-start", self)
        self.end = TimeBox(self.tr("End"), "selection-end", self)
        self.fade_in = LengthBox(self.tr("Fade in"), "fade-in", self)
        self.fade_out = LengthBox(self.tr("Fade out"), "fade-out", self)
        self.gain = DecibelBox(self.tr("Gain"), "gain", self)

    def _build_sent(self) -> None:
        """The ends of the selection, and what is sent of it."""
        self.hear_sent = HearButton(
            self.tr("Hear what is sent"), self, icon_name="speak", name="hear-sent", gives_way=True
        )
        self.save_sent = Button(
            self.tr("Save what is sent…"), self, icon_name="export", name="save-sent", gives_way=True
        )
        self.hear_sent.setToolTip(self.tr("Exactly the sound that the chosen system would get"))
        self.save_sent.setToolTip(self.tr("Exactly the file that the chosen system would get"))
        self._second = self._row(self.start, self.end)
        for button in (self.hear_sent, self.save_sent):
            self._second.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)

    def _build_more(self) -> None:
        self.below = QWidget(self)
        self.clean = CheckBox(self.tr("Clean up noise"), self.below)
        self.clean.setObjectName("clean")
        self.raw = HearButton(self.tr("Raw"), self.below, icon_name="play", name="hear-raw")
        self.cleaned = HearButton(self.tr("Cleaned"), self.below, icon_name="play", name="hear-cleaned")
        self.raw.setToolTip(self.tr("Hear the selection as it was recorded, as loud as the cleaned one"))
        self.cleaned.setToolTip(self.tr("Hear the selection without noise, as loud as the raw one"))
        words = self.tr("Raw is what most systems do best with; listen to both at equal loudness.")
        compare = QHBoxLayout()
        compare.setSpacing(GAP)
        compare.addWidget(self.clean)
        compare.addStretch(1)
        compare.addWidget(self.raw)
        compare.addWidget(self.cleaned)
        column = QVBoxLayout(self.below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._row(self.fade_in, self.fade_out, self.gain))
        column.addLayout(compare)
        column.addWidget(label(words, self.below, role=Role.TEXT_DIM, wrap=True, name="clean-advice"))
        self.below.hide()

    def _row(self, *boxes: NumberBox) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for box in boxes:
            row.addWidget(NumberField(box, self), 1)
        row.addStretch(1)
        return row
