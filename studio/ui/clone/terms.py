"""What is said before a voice is cloned: its price, and what stands in the way of the click."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from studio.domain.briefs import ON_DEVICE
from studio.domain.limits import CloneModel, SystemInfo
from studio.domain.report import Report
from studio.flows.booth import BoothState
from studio.flows.takes import TakesState
from studio.report_words import advice
from studio.ui.formats import dollars
from studio.ui.messages import price_of_one, price_of_text
from studio.ui.note_line import Note, Tone


def price_words(info: SystemInfo, model: CloneModel, first_words: float | None) -> str:
    """Of the voice, of its first words (0 for none, None where it isn't known), and of both together."""
    if info.system == ON_DEVICE:
        return _tr("Free, on this computer")
    voice = price_of_one(model.price_usd)
    if first_words is None and model.price_usd is not None:
        return _tr("{voice} · first words: price not published").format(voice=voice)
    if not first_words:
        return voice  # or nothing is known of either
    spoken = price_of_text(first_words)
    if not model.price_usd:
        return _tr("{voice} · first words {spoken}").format(voice=voice, spoken=spoken)
    total, voice = dollars(model.price_usd + first_words), dollars(model.price_usd)
    words = _tr("About {total} in all: {voice} for the voice, {spoken} for its first words")
    return words.format(total=total, voice=voice, spoken=spoken)


def refusal(report: Report | None, system_label: str) -> Note | None:
    """What the system would refuse the sample for, and how each is mended."""
    if report is None or not report.refused:
        return None
    head = _tr("{system} would refuse this sample, so nothing is sent.").format(system=system_label)
    mended = (advice(finding, system_label, _tr_report) for finding in report.refused)
    return Note(Tone.ERROR, "\n".join((head, *mended)))


def nothing_to_send(takes: TakesState, booth: BoothState) -> Note | None:
    """Why there is no sample yet."""
    if booth.busy:
        return Note(Tone.ERROR, _tr("A take is being recorded. Stop it first."))
    if takes.chosen is None:
        return Note(Tone.ERROR, _tr("Record or import a sample first."))
    return None


def one_at_a_time(dropped: tuple[str, ...]) -> Note | None:
    """Of several files only the first is imported."""
    if len(dropped) < 2:
        return None
    words = _tr("Only “{name}” is imported: drop one file at a time.")
    return Note(Tone.ADVICE, words.format(name=Path(dropped[0]).name))


def _tr(text: str) -> str:
    return QCoreApplication.translate("clone", text)


def _tr_report(text: str) -> str:
    return QCoreApplication.translate("words", text)
