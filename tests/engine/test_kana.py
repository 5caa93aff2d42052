from __future__ import annotations

import pytest

from studio.engine.kana import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("私は学校へ行きます。", "わたしわがっこうえいきます。"),
        ("今日は天気がいいです。", "きょうわてんきがいいです。"),
        ("これは本です。", "これわほんです。"),
        ("母は部屋にはいません。", "ははわへやにわいません。"),
        ("東京へは行かない", "とうきょうえわいかない"),
        ("こんにちは、世界へ！", "こんにちわ、せかいえ！"),
        ("はい、そうです。", "はい、そうです。"),
        ("Hello 123", "Hello 123"),
        ("", ""),
    ],
)
def test_kanji_and_particles(written: str, said: str) -> None:
    assert spoken(written) == said
