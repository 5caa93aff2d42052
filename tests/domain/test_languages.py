"""Ten languages, and a guess from the script of a text."""

import pytest

from studio.domain.languages import Language, likely_language


def test_ten_languages_each_with_a_label() -> None:
    assert [language.value for language in Language] == ["zh", "en", "de", "it", "pt", "es", "ja", "ko", "fr", "ru"]
    assert len({language.label for language in Language}) == 10


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Good evening.", Language.EN),
        ("你好,世界", Language.ZH),
        ("東京へ行きます", Language.JA),
        ("안녕하세요", Language.KO),
        ("Добрый вечер", Language.RU),
        ("", Language.EN),
        ("123 😀", Language.EN),
    ],
)
def test_the_script_of_a_text_points_to_its_language(text: str, language: Language) -> None:
    assert likely_language(text) is language
