"""What is said of a take: its figures, where it came from, and what happened to it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.domain.takes import Take
from studio.ui.formats import length, rate


def figures_of(take: Take) -> str:
    return f"{length(take.seconds)} · {rate(take.rate_hz)}"


def remarks_of(take: Take) -> tuple[str, ...]:
    told: list[str] = []
    if take.recovered:
        told.append(_tr("was being recorded when the program ended"))
    if take.dropouts:
        many = _tr("{count} drop-outs").format(count=take.dropouts)
        told.append(_tr("1 drop-out") if take.dropouts == 1 else many)
    if not take.recorded:
        told.append(_tr("imported from {kind}").format(kind=take.source.container.upper()))
    return tuple(told)


def badge_of(take: Take) -> str:
    return _tr("Recovered") if take.recovered else ""


def spoken(take: Take) -> str:
    """The whole row for a screen reader."""
    return ", ".join(one for one in (take.name, figures_of(take), badge_of(take), *remarks_of(take)) if one)


def _tr(text: str) -> str:
    return QCoreApplication.translate("takes", text)
