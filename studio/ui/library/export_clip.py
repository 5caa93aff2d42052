"""How a clip leaves the library: format, loudness and the words in the file, asked before the place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.audio import AudioFormat, Finish
from studio.domain.memory import Memory
from studio.domain.voices import StoredClip, Voice
from studio.flows.handing_out import name_of, words_about
from studio.ui.buttons import Button, Kind
from studio.ui.combo import ComboField
from studio.ui.export import FORMATS, ask_folder, ask_place
from studio.ui.formats import loudness
from studio.ui.labels import label
from studio.ui.sound.fields import NumberBox
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, GRID, PAGE_GAP, TITLE_SCALE, WIDE_GAP, Role, scaled

QUIETEST, LOUDEST, USUAL = -40.0, -6.0, -18.0
"""LUFS that can be typed, and what stands there before."""

AS_IT_IS, ANOTHER = "", "another"


class TargetField(QWidget):
    """A loudness that is typed, under its label as the fields beside it are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        title = label(self.tr("Target"), self)
        self.box = NumberBox(title.text(), "export-target", self)
        self.box.setDecimals(1)
        self.box.setRange(QUIETEST, LOUDEST)
        self.box.setSingleStep(0.5)
        self.box.setSuffix(self.tr(" LUFS"))
        title.setBuddy(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 2, 2)
        column.setSpacing(GRID)
        column.addWidget(title)
        column.addWidget(self.box)
        column.addStretch(1)


class ExportClip(QDialog):
    """Never modal. `export_asked` has clip, path and Finish, `export_many_asked` ids, folder, format and LUFS or None;
    `changed` the name of a field of `Memory` and its new value."""

    export_asked = Signal(object, object, object)
    export_many_asked = Signal(object, object, object, object)
    changed = Signal(str, object)

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export-clip")
        self.setModal(False)
        self.setMinimumWidth(440)
        self._ask: Callable[[], QDialog] = lambda: self
        self._build()
        self._offer(memory)
        self._join()

    def show_clip(self, voice: Voice, stored: StoredClip) -> None:
        """The words are proposed; what is emptied doesn't go into the file."""
        about = words_about(voice, stored)
        for field, words in ((self.title, about.title), (self.artist, about.artist), (self.comment, about.comment)):
            field.set_text(words)
        self._ask = lambda: ask_place(
            self, name_of(voice, stored), self.format(), lambda path: self._on_place(stored, path)
        )
        self._show(self.tr("Export clip"), "", self.tr("Save…"), one=True)

    def show_voices(self, voices: tuple[Voice, ...]) -> None:
        """The first clip of each; the words are each voice's own."""
        ids = tuple(voice.library_id for voice in voices)
        self._ask = lambda: ask_folder(self, lambda folder: self._on_folder(ids, folder))
        without = sum(not voice.has_clips for voice in voices)
        words = self.tr("The preview, sample or newest take of {count} voices, with name and text in each file.")
        if without:
            words += " " + self.tr("{without} of them have no clip here.")
        words = words.format(count=f"{len(voices):,}", without=f"{without:,}")
        self._show(self.tr("Export clips"), words, self.tr("Choose a folder…"), one=False)

    def format(self) -> AudioFormat:
        return AudioFormat(self.formats.combo.currentData())

    def lufs(self) -> float | None:
        """What is asked for; None for the level that the clip has."""
        level = self.level.combo.currentData()
        if level == ANOTHER:
            return self.target.box.value()
        return float(level) if level else None

    def finish(self) -> Finish:
        return Finish(self.lufs(), self.title.text().strip(), self.artist.text().strip(), self.comment.text().strip())

    # -- how it is done -----------------------------------------------------------------------------

    def _show(self, heading: str, words: str, save: str, *, one: bool) -> None:
        self.setWindowTitle(heading)
        self.setAccessibleName(heading)
        self.heading.setText(heading)
        self.words.setText(words)
        self.words.setHidden(one)
        for field in (self.title, self.artist, self.comment):
            field.setVisible(one)
        self.save.setText(save)
        self.save.updateGeometry()
        self._render_level()
        self.show()
        self.raise_()
        self.activateWindow()
        self.formats.combo.setFocus()

    def _on_place(self, stored: StoredClip, path: Path) -> None:
        self.export_asked.emit(stored, path, self.finish())
        self.close()

    def _on_folder(self, ids: tuple[UUID, ...], folder: Path) -> None:
        self.export_many_asked.emit(ids, folder, self.format(), self.lufs())
        self.close()

    def _on_save(self) -> None:
        self.target.box.finish()
        self._ask()

    def _on_level(self) -> None:
        self._render_level()
        self.changed.emit("export_level", "" if self.lufs() is None else f"{self.lufs():g}")

    def _render_level(self) -> None:
        self.target.setVisible(self.level.combo.currentData() == ANOTHER)
        self.guard.setHidden(self.lufs() is None)
        self._column.activate()
        self.resize(self.width(), self._column.totalHeightForWidth(self.width()))

    def _offer(self, memory: Memory) -> None:
        """What was chosen the last time."""
        formats = [(name, suffix) for name, suffix in FORMATS]
        self.formats.combo.render_items(formats, memory.export_format)
        kinds = (("-23", self.tr("broadcast")), ("-16", self.tr("podcasts")), ("-14", self.tr("streaming")))
        levels = [(f"{loudness(float(lufs), 0)} · {what}", lufs) for lufs, what in kinds]
        levels = [(self.tr("As it is"), AS_IT_IS), *levels, (self.tr("Another target"), ANOTHER)]
        level, typed = memory.export_level, USUAL
        if level not in [data for _, data in levels[:-1]]:
            with suppress(ValueError):
                typed = float(level)
                level = ANOTHER
        self.level.combo.render_items(levels, level)
        self.target.box.render_value(typed if QUIETEST <= typed <= LOUDEST else USUAL)

    def _join(self) -> None:
        self.formats.combo.picked.connect(lambda suffix: self.changed.emit("export_format", suffix))
        self.level.combo.picked.connect(lambda _: self._on_level())
        self.target.box.valueChanged.connect(lambda _: self._on_level())
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.close)

    def _build(self) -> None:
        self.heading = label("", self, name="export-heading")
        scaled(self.heading, TITLE_SCALE, bold=True)
        self.words = label("", self, role=Role.TEXT_DIM, wrap=True, name="export-words")
        self.formats = ComboField(self.tr("Format"), "export-format", self)
        self.level = ComboField(self.tr("Level"), "export-level", self)
        self.target = TargetField(self)
        self.guard = label(
            self.tr("True peaks stay below −1 dBFS: where they leave no room, a clip becomes less loud than this."),
            self,
            role=Role.TEXT_DIM,
            wrap=True,
            name="export-guard",
        )
        self.title = TextField(self.tr("Title"), "export-title", self)
        self.artist = TextField(self.tr("Artist"), "export-artist", self)
        self.comment = TextField(self.tr("Comment"), "export-comment", self, lines=3, grows=False)
        self.cancel = Button(self.tr("Cancel"), self, name="export-cancel")
        self.cancel.setAutoDefault(False)
        self.save = Button("", self, kind=Kind.PRIMARY, name="export-save")
        self.save.setDefault(True)
        self._build_layout()

    def _build_layout(self) -> None:
        how = QHBoxLayout()
        how.setSpacing(GAP)
        how.addWidget(self.formats, 2)
        how.addWidget(self.level, 3)
        how.addWidget(self.target, 2)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_GAP, PAGE_GAP, PAGE_GAP, WIDE_GAP)
        column.setSpacing(WIDE_GAP)
        column.addWidget(self.heading)
        column.addWidget(self.words)
        column.addLayout(how)
        column.addWidget(self.guard)
        for field in (self.title, self.artist, self.comment):
            column.addWidget(field)
        column.addStretch(1)
        column.addLayout(foot)
