from __future__ import annotations

import os
import subprocess
import sys

import pytest

from studio.domain.languages import Language
from studio.engine import variant
from studio.engine.languages import Accent
from studio.engine.reading import read
from studio.engine.targets import targets

WORDS = "A calm middle-aged British man, slightly husky 低沉"


def recipe(words: str = WORDS, seed: int = 42) -> str:
    return variant.write(targets(read(words).traits, seed))


def test_the_same_seed_and_words_give_the_same_text_in_every_process() -> None:
    script = (
        "import sys; from studio.engine import variant; from studio.engine.reading import read;"
        "from studio.engine.targets import targets;"
        "sys.stdout.buffer.write(variant.write(targets(read(sys.argv[1]).traits, 42)).encode())"
    )
    for hash_seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        other = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", script, WORDS], env=environment, capture_output=True, check=True
        )
        assert other.stdout.decode() == recipe()


def test_another_seed_or_another_meaning_gives_another_text() -> None:
    assert len({recipe(), recipe(seed=43), recipe("a calm man")}) == 3


def test_with_the_same_seed_only_what_is_meant_changes() -> None:
    plain, deeper = recipe("a calm man").splitlines(), recipe("a calm, deep man").splitlines()
    changed = {line.split()[0] for line in (*plain, *deeper) if (line in plain) != (line in deeper)}
    assert changed <= {"//", "pitch", "formant"}


def test_a_text_of_this_program_is_a_recipe_and_others_are_not() -> None:
    assert variant.is_recipe(recipe())
    for text in ("", "hello", "language en\n", "language variant\nmbrola x y\n", "language variant\nname " + "x" * 999):
        assert not variant.is_recipe(text)


def test_the_accent_is_in_the_recipe() -> None:
    assert variant.accents(recipe()) == (Accent.BRITISH,)
    assert variant.accents(recipe("a man")) == ()
    assert variant.accents("// accent nowhere/at-all\n") == ()


def test_the_pace_is_in_the_recipe() -> None:
    slow, fast = (recipe(f"a man, {pace}") for pace in ("slow", "fast"))
    assert speed(slow) < speed(fast)


def speed(text: str) -> int:
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("speed "))


@pytest.mark.parametrize("language", list(Language))
def test_the_pitch_setting_is_a_small_correction(language: Language) -> None:
    assert 40 <= variant.pitch_setting(recipe(), language) <= 60
    assert variant.pitch_setting(recipe(), Language.EN) == 50
    assert variant.pitch_setting("nothing", language) == 50


@pytest.mark.parametrize(
    "words",
    ["extremely deep, extremely dark, extremely slow giant", "extremely high extremely bright extremely lively baby"],
)
def test_extremes_stay_within_what_espeak_takes(words: str) -> None:
    numbers = [int(word) for line in recipe(words).splitlines()[2:] for word in line.split() if word.isdigit()]
    assert all(0 <= number <= 4000 for number in numbers)
    tone = next(line for line in recipe(words).splitlines() if line.startswith("tone"))
    assert all(int(height) <= 255 for height in tone.split()[2::2])
