"""What is said of clips that leave the library as files."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.flows.handing_out import HandedOut
from studio.ui.formats import loudness
from studio.ui.library.deletion_notes import joined
from studio.ui.note_line import Action, Note, Tone


def note_of_export(told: HandedOut | None) -> Note | None:
    """One file that came out as it was asked for is told in the status line alone."""
    if not told:
        return None
    if not told.ended:
        words = _tr("Exporting clips… {done} of {total}")
        return Note(Tone.ADVICE, words.format(done=f"{told.done:,}", total=f"{told.total:,}"), (Action.CANCEL,))
    if not told.to_folder and not told.below:
        return None
    return Note(Tone.ADVICE if told.below or told.lost else Tone.DONE, joined(*_sentences(told)))


def export_news(told: HandedOut) -> str:
    """For the status line, where the end of a single sentence needs no stop."""
    words = joined(*_sentences(told))
    return words if told.below or told.lost else words.removesuffix(".")


def _sentences(told: HandedOut) -> tuple[str, ...]:
    if not told.to_folder:
        return _tr("Exported {file}.").format(file=told.place.name), _level(told)
    exported = _tr("Exported 1 clip to {folder}.") if told.written == 1 else _tr("Exported {count} clips to {folder}.")
    exported = exported.format(count=f"{told.written:,}", folder=told.place.name or str(told.place))
    return _stopped(told), exported, _lost(told), _levels(told)


def _stopped(told: HandedOut) -> str:
    return _tr("Stopped.") if told.done < told.total else ""


def _lost(told: HandedOut) -> str:
    if not told.lost:
        return ""
    words = _tr("1 voice has no clip here.") if told.lost == 1 else _tr("{count} voices have no clip here.")
    return words.format(count=f"{told.lost:,}")


def _level(told: HandedOut) -> str:
    """Of the one clip."""
    if not told.below or told.lufs is None:
        return ""
    (reached,) = told.below
    if reached is None:
        return _tr("It is silent or too short to have a loudness, so it keeps its level.")
    words = _tr("It has {reached} instead of {wanted}: louder, its peaks would be distorted.")
    return words.format(reached=loudness(reached), wanted=loudness(told.lufs))


def _levels(told: HandedOut) -> str:
    if told.lufs is None:
        return ""
    quiet, unmeasured = sum(one is not None for one in told.below), told.below.count(None)
    least = min((one for one in told.below if one is not None), default=0.0)
    words = (
        _tr("1 stays below {wanted}, at {reached}: louder, its peaks would be distorted.")
        if quiet == 1
        else _tr("{count} stay below {wanted}, down to {reached}: louder, their peaks would be distorted.")
    )
    kept = (
        _tr("1 is silent or too short to have a loudness and keeps its level.")
        if unmeasured == 1
        else _tr("{count} are silent or too short to have a loudness and keep their level.")
    )
    return joined(
        words.format(count=f"{quiet:,}", wanted=loudness(told.lufs), reached=loudness(least)) if quiet else "",
        kept.format(count=f"{unmeasured:,}") if unmeasured else "",
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("library", text)
