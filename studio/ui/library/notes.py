"""What the Library says below its table: errors, and what the systems answered when they were asked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from studio.domain.accounts import ACCOUNTS, Region
from studio.domain.errors import Reason
from studio.flows.library_state import LibraryState
from studio.flows.refreshing import Refreshed
from studio.ui.library.deletion_notes import joined
from studio.ui.messages import sentence, system_label
from studio.ui.note_line import Action, Note, Tone, note_of

NO_NETWORK = (Reason.UNREACHABLE, Reason.TIMED_OUT)


def note_of_library(state: LibraryState) -> Note | None:
    return note_of(state.error, retry=False, region=None) if state.error else None


def note_of_refresh(state: LibraryState) -> Note | None:
    """What asking the systems came to, page by page as their answers come."""
    if state.refreshing:
        return Note(Tone.ADVICE, joined(_tr("Asking the systems…"), refreshed_words(state.refreshed)))
    if state.nobody_to_ask:
        words = _tr("No account has a key yet, so no system was asked. Add one in Settings → Accounts.")
        return Note(Tone.ADVICE, words, (Action.SETTINGS,))
    stopped = _tr("Stopped.") if state.refresh_stopped else ""
    if not state.refreshed:
        return Note(Tone.ADVICE, stopped) if stopped else None
    notes = [note_of(one.error, region=None) for one in state.refreshed if one.error]
    details = "\n\n".join(note.details for note in notes)
    if _offline(state.refreshed):
        return Note(Tone.ADVICE, offline_words(), details=details)
    settings = any(Action.SETTINGS in note.actions for note in notes)
    return Note(
        Tone.ERROR if notes else Tone.ADVICE if stopped else Tone.DONE,
        joined(stopped, refreshed_words(state.refreshed)),
        (Action.SETTINGS,) if settings else (),
        details,
    )


def refreshed_words(refreshed: Iterable[Refreshed]) -> str:
    """Qwen: 3 voices · Noiz: no voices"""
    return " · ".join(f"{_place(one)}: {_came(one)}" for one in refreshed)


def offline_words() -> str:
    return _tr("No system can be reached: this computer may be offline. All voices and clips that are here still work.")


def _offline(refreshed: tuple[Refreshed, ...]) -> bool:
    return all(one.error and one.error.reason in NO_NETWORK for one in refreshed)


def _came(one: Refreshed) -> str:
    if one.error and one.voices:
        return _tr("{voices} so far. {why}").format(voices=_count(one.voices), why=sentence(one.error))
    if one.error:
        return sentence(one.error)
    if one.done:
        return _count(one.voices) if one.voices else _tr("no voices")
    if not one.voices:
        return _tr("waiting…")
    part = f" ({round(one.part * 100)} %)" if one.part is not None else ""
    return _tr("{voices} so far").format(voices=_count(one.voices)) + part


def _count(voices: int) -> str:
    return _tr("1 voice") if voices == 1 else _tr("{count} voices").format(count=f"{voices:,}")


def _place(one: Refreshed) -> str:
    """A system in Beijing is named so, to tell it from the one in Singapore."""
    beijing = any(info.name == one.account and info.region is Region.CN for info in ACCOUNTS)
    return _tr("{system} in Beijing").format(system=system_label(one.system)) if beijing else system_label(one.system)


def _tr(text: str) -> str:
    return QCoreApplication.translate("library", text)
