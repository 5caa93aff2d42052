"""What the card of an account says: where its key comes from, and what came of the last thing done with it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from studio.domain.accounts import AccountInfo, KeySource, Probed, Region, Role, RoleInfo, Standing, other_region
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Field
from studio.flows.accounts import AccountCard
from studio.ui.messages import wrong_region
from studio.ui.note_line import Note, Tone, note_of
from studio.ui.settings.outcome import Answers

SESSION, OTHER_REGION, SHOW_OTHER, ANOTHER, SAME = "session-only", "other-region", "show-other", "another", "same"
FORGET_HERE = "forget-here"
KEPT_HERE = (KeySource.KEYRING, KeySource.SESSION)
NO_KEYRING = (Reason.KEYRING_MISSING, Reason.KEYRING_LOCKED, Reason.KEYRING_SLOW)
AT_FIELDS = (Field.API_KEY, Field.BASE_URL, Field.WORKSPACE)


def place_name(info: AccountInfo) -> str:
    """As the other region's button names it."""
    return tr("Beijing") if info.region is Region.CN else tr("Singapore")


def standing_words(standing: Standing) -> str:
    """Empty where it can't be told."""
    if not standing.info.takes_key:
        return tr("No key is needed")
    if not standing.info.needs_key and standing.source is KeySource.NONE:
        return "" if standing.trouble else tr("No key is set, and none is needed unless your servers ask for one")
    ending = standing.ending
    if standing.source is KeySource.KEYRING:
        return tr("Key in the keyring, ending …{ending}").format(ending=ending) if ending else tr("Key in the keyring")
    if standing.source is KeySource.SESSION:
        words = tr("Key for this session only, ending …{ending}") if ending else tr("Key for this session only")
        return words.format(ending=ending)
    if standing.source is KeySource.ENVIRONMENT:
        return tr("Key from the environment ({variable})").format(variable=standing.info.key_variable)
    return "" if standing.trouble else tr("No key")


def role_label(info: RoleInfo) -> str:
    return tr(info.label)


def mute_words(urls: Mapping[Role, str]) -> str:
    """What can't be done, or not well, with these servers; empty if nothing is left to say."""
    if not urls:
        return tr("Without an address nothing is offered.")
    if Role.CLONE not in urls and Role.DESIGN in urls:
        return tr("Without a clone server a designed voice may sound different each time, and none is cloned.")
    if Role.CLONE not in urls:
        return tr("Without a clone server no voice is cloned.")
    return "" if Role.DESIGN in urls else tr("Without a design server no voice is designed.")


def outcome_of(card: AccountCard, *, typed: bool, tried: bool = False) -> tuple[Note | None, Answers]:
    """`typed`: there is a key in the field that isn't saved yet. `tried`: the other region was asked for it, too."""
    info = card.standing.info
    if card.testing:
        return None, ()
    if card.error:
        return _failure(card.error, info, typed=typed, tried=tried)
    if card.probed:
        return Note(Tone.DONE, probed_words(card.probed, info)), ()
    if card.saved:
        return Note(Tone.DONE, _saved(card.standing)), ()
    other = other_region(info.name)
    if card.other_region_works and other:
        words = tr("The key works in {place}, and is kept for that region now.").format(place=place_name(other))
        show = (SHOW_OTHER, tr("Show {place}").format(place=place_name(other)))
        forget = (FORGET_HERE, tr("Forget it for {place}").format(place=place_name(info)))
        return Note(Tone.DONE, words), (show, forget) if card.standing.source in KEPT_HERE else (show,)
    return None, ()


def question_of(card: AccountCard) -> tuple[Note | None, Answers]:
    """Whether a key that took the place of another is another account's. One of the other region isn't asked about."""
    if not card.replaced or card.testing or card.other_region_works:
        return None, ()
    words = tr(
        "Key replaced. Does it belong to another account? Then the voices made so far stay listed under the old one."
    )
    return Note(Tone.ADVICE, words), ((ANOTHER, tr("Another account")), (SAME, tr("Same account")))


def probed_words(probed: Probed, info: AccountInfo) -> str:
    works = tr("The key works.") if info.needs_key else tr("The server answers.")
    if info.roles:
        works = tr("Every server that has an address answers.")
    parts = [works]
    if probed.voices is not None:
        parts.append(_count(probed.voices))
    if probed.credits is not None:
        parts.append(tr("{credits} credits left.").format(credits=f"{probed.credits:,.2f}".removesuffix(".00")))
    return " ".join(parts)


def tr(text: str) -> str:
    return QCoreApplication.translate("accounts", text)


def _count(voices: int) -> str:
    if voices == 0:
        return tr("No voices there yet.")
    return tr("1 voice there.") if voices == 1 else tr("{count} voices there.").format(count=f"{voices:,}")


def _saved(standing: Standing) -> str:
    if standing.source is KeySource.ENVIRONMENT:
        words = tr("Saved. As long as {variable} is set, the key from there is used.")
        return words.format(variable=standing.info.key_variable)
    return tr("Saved.")


def _failure(error: StudioError, info: AccountInfo, *, typed: bool, tried: bool) -> tuple[Note | None, Answers]:
    if error.problems and all(problem.field in AT_FIELDS for problem in error.problems):
        return None, ()  # said at the fields
    note = note_of(error, retry=False, settings=False, region=None)
    other = other_region(info.name)
    if error.reason is Reason.KEY_REFUSED and other and other.region:
        if tried:
            return Note(
                note.tone, tr("Neither region's server knows this key. Save another one."), (), note.details
            ), ()
        answer = tr("Try {place}").format(place=place_name(other))
        return Note(note.tone, wrong_region(other.region), (), note.details), ((OTHER_REGION, answer),)
    if error.reason in NO_KEYRING and typed:
        return note, ((SESSION, tr("Use for this session only")),)
    return note, ()
