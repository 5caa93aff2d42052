"""Descriptions as people write them, and what is taken from them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engine.languages import Accent
from studio.engine.reading import read
from studio.engine.traits import Gender, Shift

M, F, N = Gender.MALE, Gender.FEMALE, Gender.NEUTRAL

# description, gender, age (None: not said), the signs of pitch, pace, liveliness and brightness (None: not looked at)
TABLE: list[tuple[str, Gender, float | None, str]] = [
    ("A composed middle-aged male announcer with a deep, magnetic voice and a steady pace", M, 45, "----"),
    ("A cute 8-year-old girl's voice, suitable for animation characters", F, 8, "+0++"),
    ("A gentle and intellectual woman around 30 with a calm tone", F, 30, "0---"),
    ("an energetic teenage boy, fast and bright", M, 15, "++++"),
    ("A mysterious, whispering young woman who speaks slowly", F, 24, "----"),
    ("old sailor with a gravelly voice", M, 70, "-000"),
    ("A woman in her sixties, warm and slow", F, 65, "0-0-"),
    ("a man in his early forties, serious news broadcasting", M, 42, "----"),
    ("Female, mid-20s, cheerful, high-pitched", F, 25, "++++"),
    ("male, aged 55, low pitch, moderate pace", M, 55, "-000"),
    ("sixty-five-year-old grandmother, very slow", F, 65, "0-00"),
    ("a 5 to 7 years old child", N, 6, "0000"),
    ("a crisp, bright female voice", F, None, "000+"),
    ("A middle-aged woman, not aged at all", F, 45, "0000"),
    ("an elderly gentleman, breathy and trembling", M, 70, "000-"),
    ("a senior female narrator for a documentary", F, 70, "0--0"),
    ("a young adult, gender neutral, voice assistant", N, 22, "00-0"),
    ("angry man, rough, fast", M, None, "++++"),
    ("sad old man, quiet", M, 70, "----"),
    ("lively female commercial narration", F, None, "++++"),
    ("a voice whose pitch is slightly high and whose pace is fast", N, None, "++00"),
    ("the speed is low, the pitch is high", N, None, "+-00"),
    ("high energy, low pitch man", M, None, "-0+0"),
    ("monotone robotic male", M, None, "00-0"),
    ("a mellow male audiobook voice", M, None, "0-+-"),
    ("He is calm and deep", M, None, "----"),
    ("her voice is husky", F, None, "-000"),
    ("非常低沉的中年男性，语速平稳", M, 45, "---0"),
    ("沙哑低沉的老年男性，语速缓慢，严肃", M, 72, "----"),
    ("活泼开朗的年轻女性，语速快，清脆甜美", F, 24, "++++"),
    ("不要太快的、有磁性的低音炮男声", M, None, "--0-"),
    ("三十岁左右的知性女性，语速稍快，略带沙哑", F, 30, "-+--"),
    ("一个8岁的小男孩，可爱活泼", M, 8, "++++"),
    ("温柔的女声，适合有声书", F, None, "0---"),
    ("四十多岁的男播音员，声音浑厚，适合新闻播报", M, 44, "-+-0"),
    ("神秘的耳语，女性，慢", F, None, "----"),
    ("语速慢，音调高的老奶奶", F, 72, "+-00"),
    ("语速适中，音调适中的成年男性", M, 33, "0000"),
    ("儿童，约5岁，天真可爱", N, 5, "+0++"),
    ("悲伤的少女，声音颤抖", F, 16, "----"),
    ("愤怒的大叔，粗犷有力", M, 45, "0+++"),
    ("二十五岁的中性嗓音，明亮", N, 25, "000+"),
    ("不太高的男声，不快不慢", M, None, "+000"),
]


@pytest.mark.parametrize(("description", "gender", "age", "signs"), TABLE)
def test_table(description: str, gender: Gender, age: float | None, signs: str) -> None:
    traits = read(description).traits
    assert traits.gender is gender
    assert traits.age_years == pytest.approx(32 if age is None else age, abs=0.6)
    assert "".join(map(sign, main_shift(traits.shift))) == signs


def main_shift(shift: Shift) -> tuple[float, ...]:
    return shift.pitch, shift.pace, shift.liveliness, shift.brightness


def sign(amount: float) -> str:
    return "0" if abs(amount) < 1e-9 else "+" if amount > 0 else "-"


def test_the_table_is_as_long_as_promised() -> None:
    assert len(TABLE) >= 40


# -- traps ------------------------------------------------------------------------------------------------------


def test_middle_aged_is_not_aged() -> None:
    assert read("a middle-aged man").traits.age_years == 45


def test_eight_year_old_is_not_old() -> None:
    assert read("an 8-year-old").traits.age_years == 8
    assert read("a girl, 8 years old").traits.age_years == 8


def test_female_is_not_male() -> None:
    assert read("female").traits.gender is F
    assert read("a woman talking to a man").traits.gender is F


def test_old_sailor_is_old_and_a_man() -> None:
    assert (read("an old sailor").traits.age_years, read("an old sailor").traits.gender) == (70, M)


def test_crisp_and_bright_is_not_high_pitch() -> None:
    assert read("crisp, bright").traits.shift.pitch == 0


def test_a_chinese_negation_reaches_its_word_only() -> None:
    shift = read("不要太快的、有磁性的低音炮").traits.shift
    assert shift.pace <= 0
    assert shift.pitch < -1
    assert shift.resonance > 1


def test_an_english_negation_reaches_its_word_only() -> None:
    shift = read("not too fast, deep and very husky").traits.shift
    assert 0 <= shift.pace < 0.3
    assert shift.pitch <= -1
    assert shift.roughness == 1.5


def test_or_carries_a_negation_on() -> None:
    shift = read("not deep or fast").traits.shift
    assert shift.pitch > 0
    assert shift.pace < 0
    assert read("not too fast or deep").traits.shift.pitch > -0.5


@pytest.mark.parametrize(
    ("weaker", "stronger", "name"),
    [
        ("slightly husky", "husky", "roughness"),
        ("husky", "very husky", "roughness"),
        ("very husky", "extremely husky", "roughness"),
        ("a bit breathy", "breathy", "breath"),
        ("not nasal", "nasal", "nasal"),
        ("deep", "not too deep", "pitch"),
        ("very slow", "slow", "pace"),
        ("不太沙哑", "略带沙哑", "roughness"),
        ("略带沙哑", "沙哑", "roughness"),
        ("沙哑", "非常沙哑", "roughness"),
        ("语速稍快", "语速很快", "pace"),
        ("语速不要太快", "语速稍快", "pace"),
    ],
)
def test_degrees(weaker: str, stronger: str, name: str) -> None:
    assert getattr(read(weaker).traits.shift, name) < getattr(read(stronger).traits.shift, name)


def test_high_quality_is_no_pitch() -> None:
    read_ = read("a high quality male voice")
    assert read_.traits.shift.pitch == 0
    assert read_.unused_words == ("high",)


# -- what is given back -----------------------------------------------------------------------------------------


def test_chips_and_unused_words_in_order() -> None:
    read_ = read("A purple middle-aged man with a not too deep, slightly husky voice, suitable for zebra documentaries")
    assert read_.understood == ("male", "about 45", "not too deep", "slightly husky", "documentaries")
    assert read_.unused_words == ("purple", "zebra")


def test_chinese_chips_and_unused_words() -> None:
    read_ = read("三十岁左右的女性，语速稍快，略带沙哑，适合紫色斑马")
    assert read_.understood == ("女声", "约30岁", "语速稍快", "略带沙哑")
    assert read_.unused_words == ("紫色斑马",)


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("a very young woman", "a young woman"),
        ("a slightly old man", "an old man"),
        ("an old man", "a very old man"),
        ("老年女性", "非常年老的女性"),
    ],
)
def test_a_degree_moves_an_age(lower: str, higher: str) -> None:
    assert read(lower).traits.age_years < read(higher).traits.age_years


def test_a_degree_leaves_an_age_in_years_alone() -> None:
    assert read("a very calm man, 40 years old").traits.age_years == 40


def test_an_exact_age_is_said_exactly() -> None:
    assert "8 years old" in read("an 8-year-old girl").understood
    assert "about 30" in read("a woman around 30").understood
    assert "8岁" in read("8岁男孩").understood


@pytest.mark.parametrize(
    ("words", "accent"),
    [
        ("British man", Accent.BRITISH),
        ("an American woman", Accent.AMERICAN),
        ("Brazilian woman", Accent.BRAZILIAN),
        ("Scottish man", Accent.SCOTTISH),
        ("英式口音的男声", Accent.BRITISH),
    ],
)
def test_accents_there_is_a_voice_for(words: str, accent: Accent) -> None:
    assert read(words).traits.accents == (accent,)


def test_other_accents_are_said_to_be_unused() -> None:
    assert read("a man with an Australian accent").unused_words == ("australian",)
    assert read("带东北口音的男声").unused_words == ("东北",)


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("A man with a deep voice, middle-aged", "Deep middle-aged man"),
        ("8-year-old girl, lively", "Lively girl"),
        ("a teenager", "Teenager"),
        ("an elderly storyteller who speaks quickly", "Quick senior voice"),
        ("", "Voice"),
        ("低沉的中年男性", "低沉的中年男声"),
        ("8岁小女孩", "儿童女声"),
    ],
)
def test_names(description: str, name: str) -> None:
    assert read(description).name == name


# -- anything at all --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "🎉🎊👩‍🚀",
        "Голос глубокий мужской",
        "低い声の男性です",
        "저음의 남성 목소리",
        "x" * 2048,
        "\0\x07<speak>",
        "-" * 2048,
        "\ud800 deep",
    ],
)
def test_never_fails(text: str) -> None:
    read(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_never_fails_on_any_text(text: str) -> None:
    assert read(text).name


def test_the_longest_junk_takes_no_time() -> None:
    chance = random.Random(1)  # noqa: S311 - junk
    letters = "very not deep 不要太快 8 - ' , 岁 old æ 🎉 " * 4
    assert read("".join(chance.choice(letters) for _ in range(2048))).name


@pytest.mark.parametrize(
    ("description", "age"),
    [
        ("a girl in her early teens", 13),
        ("a forty-something man", 45),
        ("一个十七八岁的少女", 17.5),
        ("三四十岁的男人", 35),
        ("male, ages 20 to 30", 25),
    ],
)
def test_ages_between(description: str, age: float) -> None:
    assert read(description).traits.age_years == age


@pytest.mark.parametrize(
    "description", ["a high school teacher", "高级酒店的女经理", "a woman with a thick German accent"]
)
def test_words_of_another_meaning_change_no_pitch(description: str) -> None:
    assert read(description).traits.shift.pitch == 0


def test_traditional_characters_are_read_as_simplified() -> None:
    assert read("溫柔的年輕女聲，語速較慢").traits == read("温柔的年轻女声，语速较慢").traits


def test_what_is_denied_never_turns_round_what_is_said() -> None:
    assert read("a deep voice, not shrill").traits.shift.pitch < 0
    assert read("a high-pitched voice, not deep").traits.shift.pitch > 0
