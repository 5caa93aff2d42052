"""A description as a row of known and unknown words, English and Chinese mixed as they come."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from studio.engine.ages import age_at
from studio.engine.lexicon import Entry, Mark
from studio.engine.lexicon_en import ENGLISH
from studio.engine.lexicon_zh import CHINESE, LONGEST

_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]+(?:'[a-z]+)?")
_GAP = re.compile(r"[\s\-]+")
_NUMBER = re.compile(r"\d+")
_PAUSES = frozenset(",.;:!?，。；：！？、\n()（）/")
_ENDINGS = (("iness", "y"), ("ness", ""), ("ily", "y"), ("ly", ""), ("ier", "y"), ("er", ""))
_PHRASE_MAX = 4
_SIMPLE = str.maketrans(
    "與專業絲兩嚴個豐為麼樂書於親從優傳傷兒興內軍幾兇別動勁單厲發聽員響啞國圓場堅壯聲頭誇奮媽嫵嬌嬰學寧寶實對導將屬歲師帶並廣莊龐開異張強當錄憂悅憊憤懶戲揚報擁斂無顯曖機權條來極歡氣漢沒滄潑渾潤澀溫遊滿靈點煙熱愛爺獷現電畫暢種祕穩類緊纖約級紀線細給緒緩聯肅膽節蒼蘿藹覺讓講許評話詭語說請讀課調質軟輕較過邁這適鬱鏗銳鏘鎮長門閒悶聞陰難靜頑頓頗顫風飛飽騎鳴齡裡",
    "与专业丝两严个丰为么乐书于亲从优传伤儿兴内军几凶别动劲单厉发听员响哑国圆场坚壮声头夸奋妈妩娇婴学宁宝实对导将属岁师带并广庄庞开异张强当录忧悦惫愤懒戏扬报拥敛无显暧机权条来极欢气汉没沧泼浑润涩温游满灵点烟热爱爷犷现电画畅种秘稳类紧纤约级纪线细给绪缓联肃胆节苍萝蔼觉让讲许评话诡语说请读课调质软轻较过迈这适郁铿锐锵镇长门闲闷闻阴难静顽顿颇颤风飞饱骑鸣龄里",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or phrase as written, and what the tables know of it."""

    text: str
    entry: Entry | None


def pieces(description: str) -> list[Piece]:
    """In the order of the text; letters that belong to no known word come as words without an entry."""
    text = unicodedata.normalize("NFKC", description).casefold().replace("’", "'").translate(_SIMPLE)
    found: list[Piece] = []
    at = 0
    while at < len(text):
        piece, at = _next(text, at)
        if piece is not None:
            found.append(piece)
    return list(_joined(found))


def is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff"


def _next(text: str, at: int) -> tuple[Piece | None, int]:
    if (at == 0 or not text[at - 1].isalnum() or is_han(text[at])) and (age := age_at(text, at)):
        person, end = age
        return Piece(text[at:end], person), end
    if is_han(text[at]):
        return _chinese(text, at)
    if word := _WORD.match(text, at):
        return _english(text, word)
    if number := _NUMBER.match(text, at):
        if age := age_at(text, at):
            return Piece(text[at : age[1]], age[0]), age[1]
        return Piece(number.group(), None), number.end()
    if text[at] in _PAUSES:
        return Piece(text[at], Mark.PAUSE), at + 1
    return (Piece(text[at], None) if text[at].isalpha() else None), at + 1


def _chinese(text: str, at: int) -> tuple[Piece, int]:
    for length in range(min(LONGEST, len(text) - at), 0, -1):
        if entry := CHINESE.get(text[at : at + length]):
            return Piece(text[at : at + length], entry), at + length
    return Piece(text[at], None), at + 1


def _english(text: str, first: re.Match[str]) -> tuple[Piece, int]:
    """The longest phrase that begins with this word; else the word without its ending; else unknown."""
    words, ends = [first.group()], [first.end()]
    while len(words) < _PHRASE_MAX and (gap := _GAP.match(text, ends[-1])) and (word := _WORD.match(text, gap.end())):
        words.append(word.group())
        ends.append(word.end())
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        if entry := ENGLISH.get(phrase):
            return Piece(phrase, entry), ends[count - 1]
    for ending, instead in _ENDINGS:
        if words[0].endswith(ending) and (entry := ENGLISH.get(words[0].removesuffix(ending) + instead)):
            return Piece(words[0].removesuffix(ending) + instead, entry), ends[0]
    return Piece(words[0].removesuffix("'s"), ENGLISH.get(words[0].removesuffix("'s"))), ends[0]


def _joined(row: list[Piece]) -> Iterator[Piece]:
    """Unknown Chinese characters side by side are one word."""
    run = ""
    for piece in row:
        if piece.entry is None and is_han(piece.text[0]):
            run += piece.text
            continue
        if run:
            yield Piece(run, None)
            run = ""
        yield piece
    if run:
        yield Piece(run, None)
