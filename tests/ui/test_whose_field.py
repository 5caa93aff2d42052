"""Whose voice a sample is, since when, and a spoken consent."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from studio.domain.samples import Right
from studio.ui.clone.whose_field import WhoseField

from .states_clone import CONSENT


@pytest.fixture
def field(qtbot: QtBot, light: None) -> WhoseField:
    made = WhoseField()
    qtbot.addWidget(made)
    made.show()
    return made


def test_ones_own_voice_needs_no_more_words(field: WhoseField) -> None:
    assert field.check()
    assert field.right() == Right(own=True)
    assert (field.speaker.isHidden(), field.since.isHidden()) == (True, True)


def test_somebody_elses_voice_is_named_with_the_day_of_the_permission(field: WhoseField) -> None:
    field.whose.choose("anothers")
    assert not field.check()
    assert field.speaker.hint.text() == "Write whose voice it is."
    assert field.since.hint.text() == "Write the day as 2026-11-20."
    field.speaker.set_text("  Ilse   Brandt ")
    field.since.set_text("2026-01-31")
    assert field.check()
    assert (field.speaker.hint.text(), field.since.hint.text()) == ("", "")
    assert field.right() == Right("Ilse Brandt", "2026-01-31")
    field.whose.choose("own")
    assert field.right() == Right(own=True)


@pytest.mark.parametrize(
    "day", ["31.1.2026", "2026-02-30", "20260131", "2026-1-31", (date.today() + timedelta(days=2)).isoformat()]
)
def test_a_day_that_is_none_yet_is_not_taken(field: WhoseField, day: str) -> None:
    field.whose.choose("anothers")
    field.speaker.set_text("Ilse")
    field.since.set_text(day)
    assert not field.check()
    assert field.since.hint.text() == "Write the day as 2026-11-20."


def test_a_spoken_consent_is_attached_and_taken_off(field: WhoseField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.attach_asked) as attached:
        field.attach.click()
        dialog = field.findChild(QFileDialog, "consent-dialog")
        assert dialog is not None
        dialog.fileSelected.emit("/recordings/yes.wav")
        dialog.close()
    assert attached.args == [Path("/recordings/yes.wav")]
    field.render_consent(CONSENT)
    assert (field.consent.text(), field.attach.isHidden()) == ("ilse says yes.wav · 0:06", True)
    assert field.right() == Right(own=True, consent_sha256="c0")
    assert field.remove.accessibleName() == "Remove spoken consent"
    with qtbot.waitSignal(field.drop_asked):
        field.remove.click()
    field.render_consent(None)
    assert (field.right(), field.remove.isHidden()) == (Right(own=True), True)
