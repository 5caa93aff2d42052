"""The ten languages that every system has in common."""

from studio.domain.languages import Language


def test_ten_languages_each_with_a_label() -> None:
    assert [language.value for language in Language] == ["zh", "en", "de", "it", "pt", "es", "ja", "ko", "fr", "ru"]
    assert len({language.label for language in Language}) == 10
