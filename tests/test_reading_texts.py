"""Texts to read: one for each language, of the wanted length, with nothing in them that is read in two ways."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from studio.domain.languages import Language
from studio.reading_texts import reading_text

CALM = {Language.ZH: 4.5, Language.JA: 6.0, Language.KO: 5.5}
CALM_ALPHABET = 12.5
"""Letters a second, read without haste; some 160 words a minute where words are made of letters."""

LETTERS = {
    Language.EN: "abcdefghiklmnoprstuvwy",
    Language.DE: "abcdefghijklmnoprstuzäöüß",
    Language.IT: "abcdefghilmnopqrstuvz",
    Language.PT: "abcdefghijlmnopqrstuvxzãçéáõàq",
    Language.ES: "abcdefghijlmnopqrstuvyzñáéíú",
    Language.FR: "abcdefghijlmnoprstuvxéèêô",
    Language.RU: "абвгдежзийклмнопрстухцчшщыьэюяё",
}


@pytest.mark.parametrize("language", Language)
def test_it_takes_fifteen_to_twenty_calm_seconds(language: Language) -> None:
    text = reading_text(language)
    letters = sum(one.isalpha() for one in text)
    assert 15 <= letters / CALM.get(language, CALM_ALPHABET) <= 20


@pytest.mark.parametrize("language", Language)
def test_it_has_several_sentences_on_one_line_and_no_figures(language: Language) -> None:
    text = reading_text(language)
    assert len(re.findall(r"[.?!。]", text)) >= 3
    assert not re.search(r"[\d\n\"“”«»()/]", text)
    assert text == " ".join(text.split())


@pytest.mark.parametrize("language", LETTERS)
def test_hardly_a_letter_of_the_language_is_left_out(language: Language) -> None:
    used = set(reading_text(language).lower())
    missing = set(LETTERS[language]) - used
    assert missing == set()


def test_korean_has_every_first_consonant() -> None:
    first = {(ord(one) - 0xAC00) // 588 for one in reading_text(Language.KO) if "가" <= one <= "힣"}
    assert first == set(range(19))


def test_every_text_is_read_once_only() -> None:
    assert reading_text(Language.EN) is reading_text(Language.EN)
    assert len({reading_text(one) for one in Language}) == len(Language)


def test_the_wheel_has_them(tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    (wheel,) = WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])
    names = zipfile.ZipFile(wheel).namelist()
    assert {f"studio/resources/texts/{one.value}.txt" for one in Language} <= set(names)
