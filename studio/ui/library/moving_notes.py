"""What is said of voices that leave the library or come in, of the library's folder, and of accounts nearly full."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.flows.moving import MovingState
from studio.flows.usage import UsageState
from studio.ports import Backup, Taken
from studio.ui.library.deletion_notes import joined
from studio.ui.messages import region_label, system_label
from studio.ui.note_line import Action, Note, Tone, note_of

SOON_DAYS = 14
"""A voice that its system deletes within so many days is told of without being asked."""


def note_of_moving(state: MovingState) -> Note | None:
    """What is under way, else what went wrong, else what came of it. Damage is told elsewhere, with its backups."""
    if state.work:
        return Note(Tone.ADVICE, _under_way(state), (Action.CANCEL,) if state.work != "put-back" else ())
    if state.error:
        return None if state.damaged else note_of(state.error, retry=False, settings=False, region=None)
    if state.taken:
        return Note(Tone.DONE, taken_words(state.taken))
    if state.restored:
        words = _tr("The library is back as it was on {when}. The damaged file was put aside, not deleted.")
        return Note(Tone.DONE, words.format(when=_when(state.restored)))
    if state.moved:
        return Note(Tone.DONE, _tr("The library is in {folder} now.").format(folder=state.moved))
    return Note(Tone.DONE, exported_words(state)) if state.written else None


def exported_words(state: MovingState) -> str:
    name = state.written.name if state.written else ""
    if state.exported == 1:
        return _tr("Exported 1 voice to {file}.").format(file=name)
    return _tr("Exported {count} voices to {file}.").format(count=f"{state.exported:,}", file=name)


def taken_words(taken: Taken) -> str:
    came = len(taken.voices)
    words = (
        _tr("1 voice came in.") if came == 1 else _tr("{count} voices came in.") if came else _tr("No voice came in.")
    )
    known = _tr("1 was here already.") if taken.known == 1 else _tr("{count} were here already.")
    clips = _tr("1 clip is new.") if taken.clips == 1 else _tr("{count} clips are new.")
    return joined(
        words.format(count=f"{came:,}"),
        known.format(count=f"{taken.known:,}") if taken.known else "",
        clips.format(count=f"{taken.clips:,}") if taken.clips else "",
    )


def backup_words(backup: Backup) -> str:
    """2026-11-20 13:00 · 212 voices"""
    count = _tr("1 voice") if backup.voices == 1 else _tr("{count} voices").format(count=f"{backup.voices:,}")
    return f"{_when(backup)} · {count}"


def note_of_usage(state: UsageState) -> Note | None:
    """Accounts that are nearly full, and voices that will be deleted soon; nothing while all is well."""
    full = [one for one in state.usages if one.nearly_full]
    expiring = [one for usage in state.usages for one in usage.expiring if one.days <= SOON_DAYS]
    words = [
        _tr("{place} has {voices} of {most} voices.").format(
            place=_place(one.system, one.region), voices=f"{one.voices:,}", most=f"{one.voices_max:,}"
        )
        for one in full
    ]
    if len(expiring) == 1:
        one = expiring[0]
        soon = {0: _tr("any day"), 1: _tr("in 1 day")}.get(one.days, _tr("in {days} days").format(days=one.days))
        told = _tr("{system} deletes “{name}” {soon} unless it is spoken with.")
        words.append(told.format(system=system_label(one.voice.system), name=one.voice.name, soon=soon))
    elif expiring:
        told = _tr("{count} voices will be deleted by their systems within {days} days unless they are spoken with.")
        words.append(told.format(count=f"{len(expiring):,}", days=SOON_DAYS))
    return Note(Tone.ADVICE, joined(*words), (Action.USAGE,)) if words else None


def _under_way(state: MovingState) -> str:
    words = {
        "export": _tr("Exporting voices…"),
        "import": _tr("Taking voices in…"),
        "move": _tr("Moving the library…"),
        "put-back": _tr("Putting the backup in place…"),
    }[state.work]
    return words if state.progress is None else joined(words, f"{round(state.progress * 100)} %")


def _place(system: str, region: str) -> str:
    return f"{system_label(system)} · {region_label(region)}" if region else system_label(system)


def _when(backup: Backup) -> str:
    return f"{backup.made.astimezone():%Y-%m-%d %H:%M}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("library", text)
