"""What went wrong, in the person's language: the sentences of `studio.words` through Qt's translation."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from studio import words
from studio.domain.errors import StudioError
from studio.domain.limits import Problem

CONTEXT = "words"


def sentence(error: StudioError) -> str:
    return words.sentence(error, _tr)


def problem_sentence(problem: Problem) -> str:
    return words.problem_sentence(problem, _tr)


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
