"""What went wrong, in the person's language: the sentences of `studio.words` through Qt's translation."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio.domain.errors import StudioError
from studio.domain.limits import Problem
from studio.words import FAULTS, FIELDS, SENTENCES

CONTEXT = "words"


def sentence(error: StudioError) -> str:
    """What happened, then what to do; for bad input a sentence for each field."""
    if error.problems:
        return " ".join(problem_sentence(problem) for problem in error.problems)
    return _tr(SENTENCES[error.reason])


def problem_sentence(problem: Problem) -> str:
    return _tr(FAULTS[problem.fault]).format(
        field=_tr(FIELDS[problem.field]), limit=problem.limit, actual=problem.actual
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
