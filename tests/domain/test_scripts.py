from __future__ import annotations

import pytest

from studio.domain.languages import Language
from studio.domain.scripts import language_of
from tests.engine.texts import STATEMENTS

LATIN = (Language.EN, Language.DE, Language.IT, Language.PT, Language.ES, Language.FR)


@pytest.mark.parametrize("language", list(Language))
def test_a_text_in_the_usual_language_stays_there(language: Language) -> None:
    assert language_of(STATEMENTS[language], language) is language


@pytest.mark.parametrize("language", [language for language in Language if language not in LATIN])
def test_another_script_is_recognised(language: Language) -> None:
    assert language_of(STATEMENTS[language], Language.FR) is language


def test_latin_letters_in_a_chinese_voice_are_english() -> None:
    assert language_of(STATEMENTS[Language.EN], Language.ZH) is Language.EN


@pytest.mark.parametrize("text", ["我用Python写程序", "请打开 Wi-Fi"])
def test_a_foreign_word_changes_nothing(text: str) -> None:
    assert language_of(text, Language.ZH) is Language.ZH


def test_numbers_are_read_in_the_usual_language() -> None:
    assert language_of("1, 2, 3", Language.RU) is Language.RU


def test_kanji_alone_are_japanese_in_a_japanese_voice() -> None:
    assert language_of("東京", Language.JA) is Language.JA
