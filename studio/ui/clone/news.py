"""What the status line says of microphone, takes and clones: heard from how one state follows another.

Every function gives the words, or none where nothing is new.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.domain.errors import Reason, StudioError
from studio.domain.takes import Step, Take
from studio.flows.booth import BoothState
from studio.flows.clone import CloneState
from studio.flows.hearing import HearingState
from studio.flows.takes import TakesState
from studio.ui.formats import length, short
from studio.ui.messages import sentence

MAY_BE_MADE = (Reason.ANSWER_LOST, Reason.PREVIEW_LOST, Reason.STILL_RUNNING)


def clone_news(before: CloneState, state: CloneState, *, matched: bool) -> str:
    """`matched`: what was asked for is a timbre match, and is called nothing else."""
    if state.cloning != before.cloning:
        working = _tr("Matching the timbre…") if matched else _tr("Cloning…")
        return working if state.cloning else _cloned(state, matched)
    if state.cloning and state.progress is not None and state.progress != before.progress:
        working = _tr("Matching the timbre… {part} %") if matched else _tr("Cloning… {part} %")
        return working.format(part=round(state.progress * 100))
    if state.consent is not before.consent:
        attached = _tr("Attached “{name}”").format(name=state.consent.name) if state.consent else ""
        return attached or _tr("The spoken consent was taken off")
    return _first_words(before, state) or _trouble(before.error, state.error)


def booth_news(before: BoothState, state: BoothState) -> str:
    if state.error and state.error is not before.error:
        return sentence(state.error)
    if state.count_in and state.count_in != before.count_in:
        return _tr("Recording in {seconds}…").format(seconds=state.count_in)
    if state.step is not before.step:
        words = {Step.RECORDING: _tr("Recording…"), Step.PAUSED: _tr("Paused")}
        given_up = before.step is Step.COUNTING_IN and state.step is Step.IDLE
        return _tr("Not recorded") if given_up else words.get(state.step, "")
    if state.dropouts > before.dropouts:
        return _tr("The computer lost sound: {count} so far").format(count=state.dropouts)
    if state.silent and not before.silent:
        return nothing_arrives()
    return ""


def nothing_arrives() -> str:
    return _tr("Nothing arrives from this microphone")


def over_words(state: BoothState) -> str:
    """Once it is no longer so that nothing arrives."""
    return _tr("Sound arrives from the microphone again") if state.listening else _tr("Ready")


def taken_words(take: Take) -> str:
    return _tr("Recorded “{name}” · {length}").format(name=take.name, length=length(take.seconds))


def recovered_words() -> str:
    return _tr("A take that was being recorded when the program ended is in the Clone tab.")


class TakesNews:
    """An import tells that it has ended, and its take comes after that."""

    def __init__(self) -> None:
        self._before = TakesState()
        self._imported = False

    def words(self, state: TakesState) -> str:
        before, self._before = self._before, state
        if state.importing:
            self._imported = True
            return "" if before.importing else _tr("Reading {name}…").format(name=state.importing)
        if state.error and state.error is not before.error:
            self._imported = False
            return sentence(state.error)
        if state.deleted is not before.deleted:
            words = _tr("Deleted “{name}”") if state.deleted else _tr("Brought back “{name}”")
            return words.format(name=(state.deleted or before.deleted).name)  # pyright: ignore[reportOptionalMemberAccess] - they differ
        if self._imported and len(state.takes) > len(before.takes):
            self._imported = False
            return _tr("Imported “{name}”").format(name=state.takes[0].name)
        return ""


def hearing_news(before: HearingState, state: HearingState) -> str:
    if state.saved and state.saved is not before.saved:
        return _tr("Saved {name}").format(name=state.saved.name)
    return _trouble(before.error, state.error)


def not_made(words: str, error: StudioError) -> str:
    """An error that leaves open whether the voice was made isn't said to be a failure."""
    open_end = error.maybe_done or error.voice_id or error.reason in MAY_BE_MADE
    return sentence(error) if open_end else words.format(sentence=sentence(error))


def left_words() -> str:
    """An order that was sent goes on without us."""
    return _tr("Stopped waiting. What was ordered may still be made; it is looked for.")


def _cloned(state: CloneState, matched: bool) -> str:
    if state.error:
        return not_made(_tr("Not matched: {sentence}") if matched else _tr("Not cloned: {sentence}"), state.error)
    if state.cloned:
        return (_tr("Matched “{name}”") if matched else _tr("Cloned “{name}”")).format(name=state.cloned.name)
    return _tr("Cancelled") if matched else left_words()


def _first_words(before: CloneState, state: CloneState) -> str:
    if state.speaking and not before.speaking and state.cloned:
        return _tr("“{name}” is saying its first words…").format(name=state.cloned.name)
    if state.spoken and state.spoken is not before.spoken:
        return _tr("Spoke “{text}”").format(text=short(state.spoken.clip.text))
    return _trouble(before.mute, state.mute)


def _trouble(before: StudioError | None, error: StudioError | None) -> str:
    return sentence(error) if error and error is not before else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("clone-news", text)
