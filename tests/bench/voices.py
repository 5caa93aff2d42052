"""Voices for the benchmarks: any number of them, the same for the same seed, in several scripts and of every system."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from studio.domain.accounts import COSYVOICE, EVOLINK, NOIZ, OPENTALKING, QWEN
from studio.domain.briefs import ON_DEVICE
from studio.domain.languages import Language
from studio.domain.voices import Origin, Status, Voice

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

MODELS = {
    ON_DEVICE: "espeak-ng 1.52",
    QWEN: "qwen3-tts-vd-2026-01-26",
    COSYVOICE: "cosyvoice-v3.5-plus",
    EVOLINK: "qwen3-tts-vd",
    NOIZ: "",
    OPENTALKING: "cosyvoice-v3-flash",
}
IDS = {QWEN: "qwen-tts-vd-", COSYVOICE: "cosyvoice-v3-plus-", NOIZ: "", EVOLINK: "evo-", OPENTALKING: "ot-"}
TAGS = ("advert", "audiobook", "museum", "child", "night", "trailer", "podcast", "e-learning", "games", "phone")
COLLECTIONS = ("", "", "", "River museum", "Winter campaign", "小雨的故事", "Hörbuch")
TEXTS = (
    "Good evening, and welcome. Tonight we follow the river from its source to the sea.",
    "Mind the step, please. The next tour starts at three, by the main stairs.",
    "欢迎来到河流博物馆。今晚我们沿着河流,从源头一直走到大海。",
    "Guten Abend und willkommen. Heute folgen wir dem Fluss von der Quelle bis zum Meer.",
    "Добрый вечер. Сегодня мы пройдём вдоль реки от истока до моря.",
)
_SAID = {
    Language.EN: "calm bright deep warm husky young old middle-aged woman man quick slow steady cheerful tired "
    "narrator announcer grandfather sailor teacher whispering storytelling museum guide late-night radio host crisp "
    "airy grainy velvet voice with a hint of breath and an unhurried pace for long texts and short adverts alike",
    Language.DE: "ruhige tiefe warme Stimme einer älteren Erzählerin mit gemächlichem Tempo für Hörbücher Führungen "
    "über Straßen Brücken heitere junge Sprecherin rauchig klar weich",
    Language.ZH: "温柔的 年轻 女声 语速稍慢 适合 睡前故事 低沉 男声 沉稳 旁白 清亮 少年 新闻 播音 老人 沙哑",
    Language.JA: "落ち着いた 女性の声 ゆっくり やさしい ナレーション 低い 男性 明るい 少年 物語",
    Language.RU: "спокойный глубокий голос пожилой мужчина рассказчик тёплый неспешный женщина яркая быстро",
    Language.KO: "차분한 여성 목소리 느린 따뜻한 남성 내레이션 밝은 이야기",
    Language.FR: "voix grave et chaleureuse d'une conteuse âgée au débit posé pour les musées et la radio",
}
WORDS = {language: tuple(said.split()) for language, said in _SAID.items()}
SCRIPTS = (*(Language.EN,) * 5, *(Language.ZH,) * 3, Language.DE, Language.JA, Language.RU, Language.KO, Language.FR)
STATUSES = (*(Status.READY,) * 46, Status.IN_REVIEW, Status.REJECTED, Status.GONE, Status.UNKNOWN)


def voices(count: int, seed: int = 1) -> tuple[Voice, ...]:
    """Newest first, as the shelf gives them."""
    return tuple(_voices(count, random.Random(seed)))  # noqa: S311 - for a seeded benchmark


def _voices(count: int, chance: random.Random) -> Iterator[Voice]:
    systems = tuple(MODELS)
    for number in range(count):
        script = chance.choice(SCRIPTS)
        words, system = WORDS[script], chance.choice(systems)
        created = NOON - timedelta(minutes=7 * number + chance.randrange(6))
        remote = system not in (ON_DEVICE, EVOLINK)
        yield Voice(
            library_id=UUID(int=chance.getrandbits(128)),
            system=system,
            account="" if system == ON_DEVICE else f"a{chance.randrange(3)}",
            voice_id=IDS.get(system, "vs-") + f"{chance.getrandbits(96):024x}",
            name=f"{' '.join(chance.choices(words, k=2)).capitalize()} {chance.randrange(10_000)}",
            origin=Origin.CLONED if chance.random() < 0.2 else Origin.DESIGNED,
            target_model=MODELS[system],
            language=script,
            created=created,
            status=chance.choice(STATUSES) if remote else Status.READY,
            region=chance.choice(("intl", "cn")) if system in (QWEN, COSYVOICE) else "",
            last_used=created + timedelta(days=chance.randrange(90)) if chance.random() < 0.3 else None,
            description=" ".join(chance.choices(words, k=chance.randrange(12, 40))),
            preview_text=chance.choice(TEXTS),
            notes=" ".join(chance.choices(words, k=8)) if chance.random() < 0.2 else "",
            tags=tuple(sorted(set(chance.choices(TAGS, k=chance.randrange(3))))),
            favourite=chance.random() < 0.05,
            rating=chance.choice((0, 0, 0, 1, 2, 3, 4, 5)),
            collection=chance.choice(COLLECTIONS),
            pitch_hz=chance.uniform(70, 320) if chance.random() < 0.8 else None,
            has_clips=chance.random() < 0.9,
            listed=NOON if remote else None,
        )
