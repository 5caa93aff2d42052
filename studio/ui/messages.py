"""What went wrong, in the person's language: the sentences of `studio.words` through Qt's translation."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio import words
from studio.domain.accounts import Region
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import StudioError
from studio.domain.limits import Problem, SystemInfo
from studio.domain.voices import Status, Voice
from studio.domain.whereabouts import Whereabouts, whereabouts_of
from studio.ui.formats import dollars

CONTEXT = "words"
LEAST_USD = 0.0001

STATUS_ICONS = {
    Status.READY: "done",
    Status.IN_REVIEW: "review",
    Status.REJECTED: "rejected",
    Status.GONE: "gone",
    Status.UNKNOWN: "unknown",
}
WHEREABOUTS_ICONS = {
    Whereabouts.REJECTED: "rejected",
    Whereabouts.IN_REVIEW: "review",
    Whereabouts.EXPIRED: "gone",
    Whereabouts.DELETED_THERE: "gone",
    Whereabouts.CHANGED: "advice",
    Whereabouts.ONLY_HERE: "computer",
    Whereabouts.ONLY_THERE: "cloud",
    Whereabouts.BOTH: "done",
}
_URGENT = (*WHEREABOUTS_ICONS, Status.UNKNOWN, Status.READY)


def sentence(error: StudioError) -> str:
    return words.sentence(error, _tr)


def problem_sentence(problem: Problem) -> str:
    return words.problem_sentence(problem, _tr)


def wrong_region(other: Region) -> str:
    """A key that one region doesn't know; `other` is the region that may."""
    if other is Region.CN:
        return _tr("The Singapore server doesn't know this key. It may be a Beijing key: try it there?")
    return _tr("The Beijing server doesn't know this key. It may be a Singapore key: try it there?")


def system_label(system: str) -> str:
    return _tr(words.LABELS.get(system, system))


def region_label(region: str) -> str:
    """A region that isn't known is called as the system calls it."""
    return next((_tr(one.label) for one in Region if one.value == region), region)


def status_word(status: Status) -> str:
    words = {
        Status.READY: "Ready",
        Status.IN_REVIEW: "In review",
        Status.REJECTED: "Rejected",
        Status.GONE: "Gone",
        Status.UNKNOWN: "State unknown",
    }
    return _tr(words[status])


def whereabouts_word(whereabouts: Whereabouts) -> str:
    words = {
        Whereabouts.REJECTED: "Rejected",
        Whereabouts.IN_REVIEW: "In review",
        Whereabouts.EXPIRED: "Expired",
        Whereabouts.DELETED_THERE: "Deleted there",
        Whereabouts.CHANGED: "Changed there",
        Whereabouts.ONLY_HERE: "Only here",
        Whereabouts.ONLY_THERE: "Only there",
        Whereabouts.BOTH: "Here and there",
    }
    return _tr(words[whereabouts])


def told_of(voice: Voice, info: SystemInfo | None) -> Whereabouts | Status:
    """What there is to say of where a voice is: ready where there is nothing to see to."""
    found = whereabouts_of(voice, info)
    at_home = found is Whereabouts.BOTH or (found is Whereabouts.ONLY_HERE and voice.system == ON_DEVICE)
    if found in (Whereabouts.ONLY_HERE, Whereabouts.ONLY_THERE, Whereabouts.BOTH) and voice.status is Status.UNKNOWN:
        return Status.UNKNOWN
    return Status.READY if at_home else found


def state_word(voice: Voice, info: SystemInfo | None) -> str:
    told = told_of(voice, info)
    return status_word(told) if isinstance(told, Status) else whereabouts_word(told)


def state_icon(voice: Voice, info: SystemInfo | None) -> str:
    """Empty where there is nothing to see to."""
    told = told_of(voice, info)
    if isinstance(told, Status):
        return "" if told is Status.READY else STATUS_ICONS[told]
    return WHEREABOUTS_ICONS[told]


def state_of(voice: Voice, info: SystemInfo | None) -> int:
    """To sort by: the more there is to see to, the higher."""
    return len(_URGENT) - _URGENT.index(told_of(voice, info))


def price_of_one(usd: float | None) -> str:
    """Of making a voice."""
    if usd is None:
        return _tr("Price not published")
    return _tr("{price} for each voice").format(price=dollars(usd)) if usd else _tr("Free")


def price_of_text(usd: float | None) -> str:
    """Of speaking it."""
    if usd is None:
        return _tr("Price not published")
    if usd < LEAST_USD:
        return _tr("less than {price}").format(price=dollars(LEAST_USD))
    return _tr("about {price}").format(price=dollars(usd))


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
