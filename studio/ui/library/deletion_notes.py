"""What is said of deleting: what goes where before it goes, that it can be undone, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from studio.domain.briefs import ON_DEVICE
from studio.domain.limits import SystemInfo
from studio.domain.voices import Status, Voice
from studio.flows.deletion import DeletionState
from studio.ui.formats import short
from studio.ui.messages import sentence, system_label
from studio.ui.note_line import Action, Note, Tone, note_of, raw_words

MOST_NAMED = 4
"""Voices that a note calls by name."""

Infos = dict[str, SystemInfo]


def note_of_deletion(state: DeletionState, infos: Infos) -> Note | None:
    """The systems tell what stays behind when a voice is deleted there. What went wrong stands first."""
    note = _note(state, infos)
    if state.error is None:
        return note
    trouble = note_of(state.error, retry=False, region=None)
    if note is None:
        return trouble
    actions = (*note.actions, *(one for one in trouble.actions if one is Action.SETTINGS))
    return replace(trouble, sentence=joined(trouble.sentence, note.sentence), actions=actions)


def can_undo(state: DeletionState) -> tuple[object, ...]:
    """Voices or a clip that wait for the time to undo to be over; empty where nothing does."""
    return state.waiting or ((state.clip,) if state.clip else ())


def _note(state: DeletionState, infos: Infos) -> Note | None:
    if state.asked:
        words = joined(deleting_words(state.asked, infos), _still_here(state), _made_alike(state))
        return Note(Tone.ADVICE, words, (Action.DELETE, *_sample_too(state), Action.KEEP_IT))
    if state.waiting:
        words = joined(deleted_words(state.waiting, state), _not_sent(state.waiting, infos), _still_here(state))
        return Note(Tone.ADVICE, joined(words, _made_alike(state)), (Action.UNDO, *_sample_too(state)))
    if state.clip:
        return Note(Tone.ADVICE, _tr("Deleted “{name}”.").format(name=short(state.clip.text)), (Action.UNDO,))
    if state.deleting:
        return Note(Tone.ADVICE, deleting_now(state.deleting))
    return _outcome(state, infos)


def _outcome(state: DeletionState, infos: Infos) -> Note | None:
    if state.kept_there:
        words = joined(deleted_words(state.deleted, state) if state.deleted else "", kept_words(state))
        details = "\n\n".join(raw_words(error) for _, error in state.kept_there[:MOST_NAMED])
        settings = any(Action.SETTINGS in note_of(error, region=None).actions for _, error in state.kept_there)
        return Note(Tone.ERROR, words, (Action.SETTINGS,) if settings else (), details)
    if not state.deleted:
        return None
    behind = _left_behind(state.deleted, infos)
    words = joined(deleted_words(state.deleted, state), _still_here(state), _made_alike(state), behind)
    return Note(Tone.DONE, words, _sample_too(state))


# -- before ---------------------------------------------------------------------------------------------


def deleting_words(voices: tuple[Voice, ...], infos: Infos) -> str:
    """What will be deleted where; it can be undone for a while."""
    behind = _left_behind(voices, infos)
    if len(voices) != 1:
        words = _tr("{count} voices will be deleted: {places}.")
        return joined(words.format(count=f"{len(voices):,}", places=_places(voices, infos)), behind)
    (voice,) = voices
    if _is_told(voice, infos):
        words = _tr("“{name}” will be deleted here and at {system}.")
    else:
        words = _tr("“{name}” will go from this library.")
    return joined(words.format(name=voice.name, system=system_label(voice.system)), behind)


def _places(voices: tuple[Voice, ...], infos: Infos) -> str:
    """5 here and at Qwen, 3 here and at Noiz, 4 here alone"""
    deleting = {system for system, info in infos.items() if _deletes(info)}
    gone = Status.GONE
    told = Counter([voice.system for voice in voices if voice.status is not gone and voice.system in deleting])
    words = _tr("{count} here and at {system}")
    places = [words.format(count=f"{count:,}", system=system_label(system)) for system, count in told.most_common()]
    if alone := len(voices) - told.total():
        places.append(_tr("{count} here alone").format(count=f"{alone:,}"))
    return ", ".join(places)


def _is_told(voice: Voice, infos: Infos) -> bool:
    """Whether its system deletes it, too: not if it is gone there, or of this computer."""
    info = infos.get(voice.system)
    return info is not None and _deletes(info) and voice.status is not Status.GONE


def _deletes(info: SystemInfo) -> bool:
    return info.system != ON_DEVICE and info.deletes


def _left_behind(voices: Iterable[Voice], infos: Infos) -> str:
    systems = dict.fromkeys([voice.system for voice in voices])
    return joined(*(infos[one].deletion for one in systems if one in infos))


# -- meanwhile and after ----------------------------------------------------------------------------------


def deleted_words(voices: tuple[Voice, ...], state: DeletionState) -> str:
    if len(voices) == 1:
        words = (
            _tr("Deleted “{name}” and its sample on this computer.")
            if state.samples_deleted
            else _tr("Deleted “{name}”.")
        )
        return words.format(name=voices[0].name)
    return _tr("Deleted {count} voices.").format(count=f"{len(voices):,}")


def deleting_now(voices: tuple[Voice, ...]) -> str:
    if len(voices) == 1:
        words = _tr("Deleting “{name}” at {system}…")
        return words.format(name=voices[0].name, system=system_label(voices[0].system))
    return _tr("Deleting {count} voices at their systems…").format(count=f"{len(voices):,}")


def kept_words(state: DeletionState) -> str:
    """“Mira” stays: Qwen can't be reached. …"""
    if len(state.kept_there) == 1:
        voice, error = state.kept_there[0]
        return _tr("“{name}” stays. {why}").format(name=voice.name, why=sentence(error))
    words = _tr("{count} voices stay, since their systems didn't delete them: {names}. {why}")
    names = _named([voice.name for voice, _ in state.kept_there])
    why = dict.fromkeys(sentence(error) for _, error in state.kept_there[:MOST_NAMED])
    return words.format(count=f"{len(state.kept_there):,}", names=names, why=" ".join(why))


def _not_sent(voices: tuple[Voice, ...], infos: Infos) -> str:
    told = dict.fromkeys([voice.system for voice in voices if voice.status is not Status.GONE])
    systems = dict.fromkeys(system_label(one) for one in told if (info := infos.get(one)) and _deletes(info))
    if not systems:
        return ""
    words = _tr("{systems} is told when the time to undo is over.")
    if len(systems) > 1:
        words = _tr("{systems} are told when the time to undo is over.")
    return words.format(systems=", ".join(systems))


# -- the sample ---------------------------------------------------------------------------------------------


def _sample_too(state: DeletionState) -> tuple[Action, ...]:
    return (Action.DELETE_SAMPLE,) if state.samples else ()


def _still_here(state: DeletionState) -> str:
    """Which takes the voice was made of, unless they shall go too."""
    if len(state.samples) > 1:
        words = _tr("{count} takes it was made of stay in the Clone tab, unless you delete them too.")
        return words.format(count=len(state.samples))
    words = _tr("The sample it was made of, “{name}”, stays in the Clone tab, unless you delete it too.")
    return words.format(name=state.samples[0].name) if state.samples else ""


def _made_alike(state: DeletionState) -> str:
    """The other voices of a sample that goes or may go: what they are made of stays where they are."""
    if not state.made_alike:
        return ""
    voices = _named([f"“{one.name}” ({system_label(one.system)})" for one in state.made_alike], quoted=True)
    return _tr("Made of the same sample: {voices}.").format(voices=voices)


def _named(names: list[str], *, quoted: bool = False) -> str:
    named = [name if quoted else f"“{name}”" for name in names[:MOST_NAMED]]
    if more := len(names) - len(named):
        named.append(_tr("{count} more").format(count=more))
    return ", ".join(named)


def joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)


def _tr(text: str) -> str:
    return QCoreApplication.translate("library", text)
