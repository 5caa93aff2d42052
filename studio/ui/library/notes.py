"""What the Library says below its table: errors, what was deleted or shall be, and what the systems answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from studio.domain.accounts import ACCOUNTS, Region
from studio.domain.limits import SystemInfo
from studio.domain.voices import Voice
from studio.flows.library import LibraryState
from studio.flows.remote import Refreshed
from studio.ui.formats import deleted_name
from studio.ui.messages import sentence, system_label
from studio.ui.note_line import Action, Note, Tone, note_of

MOST_NAMED = 4
"""Of the voices that were made of one sample."""


def note_of_library(state: LibraryState, systems: Iterable[SystemInfo]) -> Note | None:
    """The systems tell what stays behind when a voice is deleted there."""
    infos = {info.system: info for info in systems}
    note = _of_deletion(state, infos)
    gone = deleted_name(state)
    undo = (Action.UNDO, *_sample_too(state)) if gone and note is None else ()
    if state.error:
        trouble = note_of(state.error, retry=False, region=None)
        if note:  # what went wrong first, then what is asked or done
            actions = (*note.actions, *(one for one in trouble.actions if one is Action.SETTINGS))
            return replace(trouble, sentence=_joined(trouble.sentence, note.sentence), actions=actions)
        return replace(trouble, actions=(*undo, *trouble.actions))
    if note:
        return note
    if gone:
        return Note(Tone.ADVICE, _joined(_deleted(gone, state), _still_here(state), _made_alike(state)), undo)
    if there := state.deleted_there:
        words = _joined(_deleted(there.name, state), _made_alike(state))
        return Note(Tone.DONE, _joined(words, _deletion(infos.get(there.system))))
    return None


def _of_deletion(state: LibraryState, infos: dict[str, SystemInfo]) -> Note | None:
    """A deletion elsewhere that is asked about or under way. Given up, the voice stays in the library."""
    if voice := state.to_delete:
        words = _joined(deleting_words(voice, infos.get(voice.system)), _still_here(state), _made_alike(state))
        return Note(Tone.ADVICE, words, (Action.DELETE, *_sample_too(state), Action.KEEP_IT))
    return Note(Tone.ADVICE, _tr("Deleting…"), (Action.CANCEL,)) if state.deleting else None


def _sample_too(state: LibraryState) -> tuple[Action, ...]:
    return (Action.DELETE_SAMPLE,) if state.samples else ()


def _still_here(state: LibraryState) -> str:
    """Which takes the voice was made of, unless they shall go too."""
    if len(state.samples) > 1:
        words = _tr("{count} takes it was made of stay in the Clone tab, unless you delete them too.")
        return words.format(count=len(state.samples))
    words = _tr("The sample it was made of, “{name}”, stays in the Clone tab, unless you delete it too.")
    return words.format(name=state.samples[0].name) if state.samples else ""


def _deleted(name: str, state: LibraryState) -> str:
    words = (
        _tr("Deleted “{name}” and its sample on this computer.") if state.samples_deleted else _tr("Deleted “{name}”.")
    )
    return words.format(name=name)


def _made_alike(state: LibraryState) -> str:
    """The other voices of a sample that goes or may go: what they are made of stays where they are."""
    if not state.made_alike:
        return ""
    named = [f"“{one.name}” ({system_label(one.system)})" for one in state.made_alike[:MOST_NAMED]]
    if more := len(state.made_alike) - len(named):
        named.append(_tr("{count} more").format(count=more))
    return _tr("Made of the same sample: {voices}.").format(voices=", ".join(named))


def deleting_words(voice: Voice, info: SystemInfo | None) -> str:
    """Before it is done, since it can't be undone."""
    if info and not info.deletes:
        words = _tr("“{name}” will go from this library, for good.")
    else:
        words = _tr("“{name}” will be deleted at {system} too, for good.")
    return _joined(words.format(name=voice.name, system=system_label(voice.system)), _deletion(info))


def _deletion(info: SystemInfo | None) -> str:
    return info.deletion if info else ""


def note_of_refresh(state: LibraryState) -> Note | None:
    """What asking the systems came to, one after the other as their answers come."""
    if state.refreshing:
        return Note(Tone.ADVICE, _joined(_tr("Asking the systems…"), refreshed_words(state.refreshed)))
    if state.nobody_to_ask:
        words = _tr("No account has a key yet, so no system was asked. Add one in Settings → Accounts.")
        return Note(Tone.ADVICE, words, (Action.SETTINGS,))
    stopped = _tr("Stopped.") if state.refresh_stopped else ""
    if not state.refreshed:
        return Note(Tone.ADVICE, stopped) if stopped else None
    notes = [note_of(one.error, region=None) for one in state.refreshed if one.error]
    settings = any(Action.SETTINGS in note.actions for note in notes)
    return Note(
        Tone.ERROR if notes else Tone.ADVICE if stopped else Tone.DONE,
        _joined(stopped, refreshed_words(state.refreshed)),
        (Action.SETTINGS,) if settings else (),
        "\n\n".join(note.details for note in notes),
    )


def refreshed_words(refreshed: Iterable[Refreshed]) -> str:
    """Qwen: 3 voices · Noiz: no voices"""
    return " · ".join(f"{_place(one)}: {_came(one)}" for one in refreshed)


def _came(one: Refreshed) -> str:
    if one.error:
        return sentence(one.error)
    if one.voices == 1:
        return _tr("1 voice")
    return _tr("{count} voices").format(count=f"{one.voices:,}") if one.voices else _tr("no voices")


def _place(one: Refreshed) -> str:
    """A system in Beijing is named so, to tell it from the one in Singapore."""
    beijing = any(info.name == one.account and info.region is Region.CN for info in ACCOUNTS)
    return _tr("{system} in Beijing").format(system=system_label(one.system)) if beijing else system_label(one.system)


def _joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)


def _tr(text: str) -> str:
    return QCoreApplication.translate("library", text)
