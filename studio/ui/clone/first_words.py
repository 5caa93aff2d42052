"""What a voice says as soon as it is made, if the person wants it to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.domain.limits import CloneModel, Speech, SystemInfo, price_of
from studio.ui.clone.right_box import CheckBox
from studio.ui.labels import label
from studio.ui.messages import sentence
from studio.ui.text_field import TextField
from studio.ui.theme import GRID, Role

FIRST_WORDS: dict[Language, str] = {
    Language.EN: "Hello. This is what I sound like from now on. I am glad that you can hear me.",
    Language.ZH: "你好。从现在起,我的声音就是这样。很高兴你能听到我。",
    Language.DE: "Hallo. So klinge ich von jetzt an. Schön, dass du mich hören kannst.",
    Language.IT: "Ciao. D’ora in poi la mia voce è questa. Sono contento che tu possa sentirmi.",
    Language.PT: "Olá. É assim que eu soo a partir de agora. Que bom que você pode me ouvir.",
    Language.ES: "Hola. Así sueno a partir de ahora. Me alegro de que puedas oírme.",
    Language.JA: "こんにちは。これからは、この声で話します。聞いてくれて、うれしいです。",
    Language.KO: "안녕하세요. 이제부터 제 목소리는 이렇습니다. 들어 주셔서 기뻐요.",
    Language.FR: "Bonjour. Voilà comment je parle désormais. Je suis content que tu puisses m’entendre.",
    Language.RU: "Здравствуйте. Вот так я теперь звучу. Я рад, что вы меня слышите.",
}


class FirstWords(QWidget):
    """`changed` carries the name of a field of `Memory` and its new value; `priced`: they may cost something else now.

    Words of ours follow the language until the person writes others.
    """

    changed = Signal(str, object)
    priced = Signal()

    def __init__(self, words: str, *, speaks: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = Language.EN
        self._speech: Speech | None = None
        self._system = self._model = ""
        self._speaks = speaks
        self.box = CheckBox(self.tr("Speak once it is made"), self)
        self.box.setObjectName("speak-once-made")
        self.box.setChecked(speaks)
        self.field = TextField(self.tr("First words"), "first-words", self, lines=2, grows=False)
        self.field.editor.setAcceptDrops(False)
        self.field.set_text(words or FIRST_WORDS[self._language])
        self.obstacle = label("", self, role=Role.TEXT_DIM, wrap=True, name="first-words-obstacle")
        self.obstacle.setContentsMargins(2, 0, 2, 0)
        self._build_layout()
        self.box.toggled.connect(self._on_box)
        self.field.changed.connect(self._on_text)

    # -- in and out ---------------------------------------------------------------------------------

    def words(self) -> str:
        """Empty where nothing is to be said."""
        return self.field.text().strip() if self.box.isChecked() and self._speech else ""

    def price(self) -> float | None:
        """In dollars; None where it isn't known."""
        words = self.words()
        return price_of(words, self._speech, self._model) if words and self._speech else 0.0

    def render_target(self, info: SystemInfo, model: CloneModel, language: str) -> None:
        """What can speak; `language` is the clone's, empty if it isn't said."""
        self._speech = info.speech if model.speaks else None
        self._system, self._model = info.system, model.model
        self._say_in(Language(language) if language else Language.EN)
        self._render_box()
        self.field.set_limit(self._speech.text_max if self._speech else 0, info.label)
        self._render()

    # -- how it is done -----------------------------------------------------------------------------

    def _say_in(self, language: Language) -> None:
        self._language = language
        if self._ours(self.field.text()):
            self.field.set_text(FIRST_WORDS[language])

    def _ours(self, text: str) -> bool:
        return not text.strip() or text in FIRST_WORDS.values()

    def _render_box(self) -> None:
        """What can't be done isn't ticked; what the person wants comes back with a model that speaks."""
        held = self.box.blockSignals(True)
        self.box.setChecked(self._speaks and self._speech is not None)
        self.box.blockSignals(held)
        self.box.setEnabled(self._speech is not None)

    def _on_box(self, speaks: bool) -> None:
        self._speaks = speaks
        self._render()
        self.changed.emit("clone_speaks", speaks)

    def _on_text(self, text: str) -> None:
        self._render()
        self.changed.emit("clone_first_words", "" if self._ours(text) else text)

    def _render(self) -> None:
        self.field.setVisible(self.box.isChecked() and self._speech is not None)
        mute = self._speech is None
        self.obstacle.setText(sentence(StudioError(Reason.NO_ROUTE_YET, system=self._system)) if mute else "")
        self.obstacle.setVisible(mute)
        self.priced.emit()

    def _build_layout(self) -> None:
        above = QVBoxLayout()
        above.setContentsMargins(2, 0, 2, 0)
        above.addWidget(self.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(above)
        column.addWidget(self.field)
        column.addWidget(self.obstacle)
