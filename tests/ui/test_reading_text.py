"""The text to read: its language follows the form until one is picked, what was typed into it stays."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.languages import Language
from studio.reading_texts import reading_text
from studio.ui.booth.reading_text import FEWEST, ReadingText


@pytest.fixture
def reading(qtbot: QtBot) -> ReadingText:
    reading = ReadingText()
    qtbot.addWidget(reading)
    reading.resize(600, 200)
    reading.show()
    return reading


def test_it_begins_with_english(reading: ReadingText) -> None:
    assert reading.text() == reading_text(Language.EN)
    assert reading.editor.accessibleName() == "Text to read"
    assert reading.language.title.text() == "Language of the text"


@pytest.mark.parametrize("language", Language)
def test_every_language_has_its_text(reading: ReadingText, language: Language) -> None:
    reading.follow_language(language.value)
    assert (reading.text(), reading.language.currentText()) == (reading_text(language), language.label)


def test_it_follows_the_form_until_a_language_is_picked(reading: ReadingText, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(reading.language_picked):
        reading.follow_language("ja")
    with qtbot.waitSignal(reading.language_picked) as picked:
        reading.language.choose("fr")
    assert picked.args == ["fr"]
    reading.follow_language("ru")
    assert reading.text() == reading_text(Language.FR)


def test_a_language_that_was_picked_the_last_time_stays(reading: ReadingText) -> None:
    reading.choose_language("ko")
    reading.follow_language("en")
    assert reading.text() == reading_text(Language.KO)
    reading.choose_language("")
    reading.follow_language("en")
    assert reading.text() == reading_text(Language.EN)


@pytest.mark.parametrize("language", ["", "xx"])
def test_no_known_language_changes_nothing(reading: ReadingText, language: str) -> None:
    reading.follow_language("de")
    reading.follow_language(language)
    assert reading.text() == reading_text(Language.DE)


def test_what_was_typed_is_there_when_its_language_comes_back(reading: ReadingText) -> None:
    reading.editor.setPlainText("My own\nwords.")
    reading.follow_language("de")
    reading.follow_language("en")
    assert reading.text() == "My own words."


def test_hidden_it_is_not_read(reading: ReadingText, qtbot: QtBot) -> None:
    with qtbot.waitSignal(reading.shown_picked) as picked:
        reading.shown.click()
    assert picked.args == [False]
    assert (reading.text(), reading.editor.isVisible()) == ("", False)
    with qtbot.assertNotEmitted(reading.shown_picked):
        reading.show_text(True)
    assert (reading.text(), reading.editor.isVisible()) == (reading_text(Language.EN), True)


def test_while_it_is_read_it_stays_as_it_is(reading: ReadingText) -> None:
    reading.render_reading(True)
    assert reading.editor.isReadOnly()
    assert not reading.language.isEnabled()
    assert reading.text() == reading_text(Language.EN)


def test_the_whole_text_is_to_be_seen(reading: ReadingText, qtbot: QtBot) -> None:
    editor, line = reading.editor, reading.editor.fontMetrics().lineSpacing()
    assert editor.viewport().height() >= editor.document().size().height() * line
    reading.resize(320, 300)
    qtbot.waitUntil(lambda: editor.viewport().height() >= editor.document().size().height() * line > FEWEST * line)
    editor.setPlainText("Short.")
    assert editor.height() >= FEWEST * line
