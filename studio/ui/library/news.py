"""What the status line says of the library, deletions, speech, and voices in and out: heard from how one state follows
another.

Every function gives the words, or none where nothing is new.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import StudioError
from studio.domain.voices import Voice
from studio.flows.deletion import DeletionState
from studio.flows.library_state import LibraryState
from studio.flows.moving import MovingState
from studio.flows.speaking import SpeakingState
from studio.flows.usage import UsageState
from studio.ui.formats import short
from studio.ui.library.export_words import export_news
from studio.ui.library.notes import refreshed_words
from studio.ui.messages import sentence, system_label


def library_news(before: LibraryState, state: LibraryState) -> str:
    if state.refreshing and not before.refreshing:
        return _tr("Asking the systems for their voices…")
    if state.refreshing and state.refreshed and state.refreshed != before.refreshed:
        return refreshed_words(state.refreshed[-1:])
    if state.nobody_to_ask and not before.nobody_to_ask:
        return _tr("No account has a key yet, so no system was asked")
    if before.refreshing and not state.refreshing and not state.nobody_to_ask:
        stopped = _tr("Stopped.") if state.refresh_stopped else ""
        return " ".join(part for part in (stopped, refreshed_words(state.refreshed)) if part)
    if state.exported and state.exported is not before.exported:
        if state.handed_out:
            return export_news(state.handed_out)
        return _tr("Exported {file}").format(file=state.exported.name)
    return _trouble(before.error, state.error)


def deletion_news(before: DeletionState, state: DeletionState) -> str:
    if state.asked and state.asked is not before.asked:
        return _tr("Delete {voices} for good, or keep?").format(voices=_named(state.asked))
    if state.waiting and state.waiting is not before.waiting:
        return _tr("Deleted {voices}. Undo brings back.").format(voices=_named(state.waiting))
    if state.clip and state.clip is not before.clip:
        return _tr("Deleted “{name}”").format(name=short(state.clip.text))
    if state.kept_there and state.kept_there is not before.kept_there:
        voice, error = state.kept_there[-1]
        return _tr("“{name}” was not deleted: {sentence}").format(name=voice.name, sentence=sentence(error))
    if before.deleting and not state.deleting and state.deleted:
        return _deleted_there(state.deleted)
    return _stays(before, state) or _trouble(before.error, state.error)


def _deleted_there(voices: tuple[Voice, ...]) -> str:
    systems = ", ".join(dict.fromkeys(system_label(one.system) for one in voices if one.system != ON_DEVICE))
    return _tr("Deleted {voices}, at {systems} too").format(voices=_named(voices), systems=systems)


def _stays(before: DeletionState, state: DeletionState) -> str:
    told = state.waiting or state.deleting or state.deleted
    if before.asked and not state.asked and not told:
        return _tr("Nothing was deleted")
    if (before.waiting or before.clip) and not told and not state.clip and not state.error:
        back = _named(before.waiting) if before.waiting else f"“{short(before.clip.text)}”" if before.clip else ""
        return _tr("Brought back {voices}").format(voices=back)
    return ""


def speaking_news(before: SpeakingState, state: SpeakingState) -> str:
    if state.speaking and not before.speaking:
        return _tr("Speaking with “{name}”…").format(name=state.voice.name if state.voice else "")
    if state.speaking and state.parts > 1 and state.part != before.part:
        return _tr("Speaking part {part} of {parts}…").format(part=state.part, parts=state.parts)
    if not before.speaking or state.speaking:
        return _trouble(before.error, state.error)
    if state.error:
        return _tr("Not spoken to the end: {sentence}" if state.spoken else "Not spoken: {sentence}").format(
            sentence=sentence(state.error)
        )
    if state.spoken:
        words = _tr("Stopped. What was heard is kept: “{text}”") if state.spoken.partial else _tr("Spoke “{text}”")
        return words.format(text=short(state.spoken.text))
    return _tr("Cancelled")


def usage_news(before: UsageState, state: UsageState) -> str:
    """Of voices that were spoken with so that their systems keep them."""
    if len(state.kept) > len(before.kept):
        return _tr("Kept alive for another year")
    return _trouble(before.error, state.error)


def moving_news(before: MovingState, state: MovingState) -> str:
    if state.work and state.work != before.work:
        return {
            "export": _tr("Exporting voices…"),
            "import": _tr("Importing voices…"),
            "move": _tr("Moving the library…"),
            "put-back": _tr("Putting back the backup…"),
        }.get(state.work, "")
    if state.written and state.written is not before.written:
        return _tr("Exported {count} to {file}").format(count=_count(state.exported), file=state.written.name)
    if state.taken and state.taken is not before.taken:
        words = _tr("{count} came in, {known} were here already")
        return words.format(count=_count(len(state.taken.voices)), known=state.taken.known)
    if state.moved and state.moved is not before.moved:
        return _tr("The library is in {folder} now").format(folder=state.moved)
    if state.restored and state.restored is not before.restored:
        return _tr("The backup is the library now")
    return _trouble(before.error, state.error)


def _trouble(before: StudioError | None, now: StudioError | None) -> str:
    return sentence(now) if now and now is not before else ""


def _named(voices: tuple[Voice, ...]) -> str:
    return f"“{voices[0].name}”" if len(voices) == 1 else _count(len(voices))


def _count(voices: int) -> str:
    return _tr("1 voice") if voices == 1 else _tr("{count} voices").format(count=f"{voices:,}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("library", text)
