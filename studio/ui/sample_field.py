"""The sample of a clone: a file or a public address, and what was read of the file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studio.domain.audio import Clip, Envelope
from studio.domain.samples import Sample, is_url
from studio.ui.buttons import Button
from studio.ui.formats import length, rate
from studio.ui.labels import ElidedLabel
from studio.ui.text_field import TextField
from studio.ui.theme import GAP, GRID, Role
from studio.ui.waveform import Waveform

SUFFIXES = ("wav", "mp3", "m4a", "mp4", "flac", "ogg", "opus", "aiff")


class SampleField(QWidget):
    """Asks for a file once its whole name is there: by Enter, when the cursor leaves, dropped or chosen."""

    choose_file_asked = Signal(object)
    drop_file_asked = Signal()
    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = ""  # the text whose file was asked for, or that was found to be none
        self.field = TextField(self.tr("Sample"), "sample", self)
        self.field.editor.setAcceptDrops(False)  # the whole tab takes files
        self.choose = Button(self.tr("Choose file…"), self, name="choose-file")
        self.figures = ElidedLabel("", self, role=Role.TEXT_DIM, name="sample-figures")
        self.waveform = Waveform(self, height=40)
        self._build_layout()
        self.choose.clicked.connect(self._open_dialog)
        self.field.changed.connect(self.changed)
        if isinstance(self.field.editor, QLineEdit):
            self.field.editor.editingFinished.connect(self.commit)

    # -- in and out ---------------------------------------------------------------------------------

    def url(self) -> str:
        """Empty unless the sample is an address."""
        text = self.text()
        return text if is_url(text) else ""

    def text(self) -> str:
        """As it is meant: without blanks or quotes around it, as file managers copy paths."""
        text = self.field.text().strip()
        quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
        text = text[1:-1] if quoted else text
        return QUrl(text).toLocalFile() if text.lower().startswith("file:") else text

    def awaited(self) -> bool:
        """Whether a file is named that has not been asked for."""
        return bool(self.text()) and not self.url() and self.text() != self._asked

    def commit(self) -> None:
        """Asks for the file that is named, if another is by now."""
        if self.text() != self._asked:
            self.ask()

    def ask(self) -> None:
        text = self._asked = self.text()
        if text and not is_url(text):
            self.choose_file_asked.emit(Path(text))
        else:
            self.drop_file_asked.emit()

    def put(self, text: str) -> None:
        """A file or an address that was dropped or chosen: read even if it is the same again."""
        self.field.set_text(text)
        self.ask()

    def render_takes(self, *, url: bool) -> None:
        words = self.tr("A sound file, or its public address") if url else self.tr("A sound file")
        self.field.editor.setPlaceholderText(words)

    def render_sample(self, sample: Sample | None, clip: Clip | None, *, reading: bool) -> None:
        words = self.tr("Reading…") if reading else figures_of(sample, clip) if sample else ""
        self.figures.setText(words)
        self.figures.setVisible(bool(words))
        envelope = clip.envelope if clip and not reading else Envelope()
        self.waveform.render_envelope(envelope)
        self.waveform.unsetCursor()  # nothing to seek in: a sample isn't played here
        self.waveform.setVisible(bool(envelope.columns))

    def in_order(self) -> tuple[QWidget, ...]:
        return self.field.editor, self.choose

    # -- how it is done -----------------------------------------------------------------------------

    def _open_dialog(self) -> None:
        """Without waiting for it."""
        dialog = QFileDialog(self, self.tr("Choose a sample"))
        dialog.setObjectName("sample-dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        sounds = " ".join(f"*.{suffix}" for suffix in SUFFIXES)
        dialog.setNameFilters([self.tr("Sound files ({sounds})").format(sounds=sounds), self.tr("All files (*)")])
        if self.text() and not self.url():
            dialog.setDirectory(str(Path(self.text()).parent))
        dialog.fileSelected.connect(self.put)
        dialog.open()

    def _build_layout(self) -> None:
        beside = QVBoxLayout()  # the button stands beside the line, below the height of its label
        beside.setContentsMargins(0, self.field.title.sizeHint().height() + GRID, 2, 0)
        beside.addWidget(self.choose)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.field, 1)
        row.addLayout(beside)
        told = QVBoxLayout()
        told.setContentsMargins(2, 0, 2, 0)
        told.setSpacing(GRID)
        told.addWidget(self.figures)
        told.addWidget(self.waveform)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(row)
        column.addLayout(told)
        self.figures.hide()
        self.waveform.hide()


def dropped(mime: QMimeData) -> str:
    """The file or the address that is being dropped; empty if it is neither."""
    for url in mime.urls():
        if url.isLocalFile():
            return url.toLocalFile()
        if is_url(url.toString()):
            return url.toString()
    text = mime.text().strip() if mime.hasText() else ""
    return text if is_url(text) and len(text.split()) == 1 else ""


def figures_of(sample: Sample, clip: Clip | None) -> str:
    """Kind, size and, where it can be told, length and rate; the name last, since it may be long."""
    size = len(sample.data)
    parts = [sample.media.suffix[1:].upper(), f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{size / 1e3:.0f} kB"]
    if clip and clip.seconds:
        parts += [length(clip.seconds), rate(clip.rate_hz)]
    return " · ".join((*parts, sample.name))
