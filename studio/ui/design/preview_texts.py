"""A short natural sentence for each language, to try a voice with."""

from studio.domain.languages import Language
from studio.domain.memory import FIRST_PREVIEW

PREVIEW_TEXTS: dict[Language, str] = {
    Language.EN: FIRST_PREVIEW,
    Language.ZH: "晚上好,欢迎收听。今晚,我们沿着这条河,从源头一直走到大海。",
    Language.DE: "Guten Abend und willkommen. Heute folgen wir dem Fluss von der Quelle bis zum Meer.",
    Language.IT: "Buonasera e benvenuti. Stasera seguiamo il fiume dalla sorgente fino al mare.",
    Language.PT: "Boa noite e sejam bem-vindos. Hoje seguimos o rio da nascente até ao mar.",
    Language.ES: "Buenas noches y bienvenidos. Hoy seguimos el río desde su nacimiento hasta el mar.",
    Language.JA: "こんばんは、ようこそ。今夜は、川の源から海まで、その流れをたどります。",
    Language.KO: "안녕하세요, 반갑습니다. 오늘 밤에는 강을 따라 발원지에서 바다까지 가 봅니다.",
    Language.FR: "Bonsoir et bienvenue. Ce soir, nous suivons le fleuve de sa source jusqu’à la mer.",
    Language.RU: "Добрый вечер. Сегодня мы пройдём вдоль реки от её истока до самого моря.",
}


def untouched(text: str) -> bool:
    """Whether the text is one of ours, or nothing at all: then it may follow the language."""
    return not text.strip() or text in PREVIEW_TEXTS.values()
