"""One picture for each state of the Settings window and of the Clone tab, to be looked at by a person."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.accounts import NOIZ, QWEN, KeySource, Place, Probed
from studio.domain.memory import Memory
from studio.flows.accounts import AccountCard
from studio.ui import theme
from studio.ui.clone_tab import CloneTab
from studio.ui.settings_dialog import SettingsDialog

from . import states_accounts as states

Stage = Callable[[SettingsDialog], None]


class German(QTranslator):
    """As long as German is: each text with a third more behind it."""

    def translate(  # type: ignore[override]
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        filler = " für die Länge der Übersetzungen"
        return sourceText + filler[: max(3, len(sourceText) // 3)]


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translator = German()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def settings_first(dialog: SettingsDialog) -> None:
    dialog.render(states.accounts())


def settings_kept(dialog: SettingsDialog) -> None:
    dialog.render(
        states.accounts(
            AccountCard(states.kept(states.INTL), probed=Probed(voices=3)),
            AccountCard(states.standing(states.EVOLINK, KeySource.ENVIRONMENT), probed=Probed(credits=1234.5)),
        )
    )


def settings_replaced(dialog: SettingsDialog) -> None:
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), saved=True, replaced=True)))


def settings_refused(dialog: SettingsDialog) -> None:
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), error=states.refused(QWEN))))


def settings_other_region(dialog: SettingsDialog) -> None:
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), other_region_works=True)))


def settings_locked(dialog: SettingsDialog) -> None:
    dialog.cards[0].key.field.set_text("sk-0123456789")
    standing = states.standing(states.INTL, trouble=states.LOCKED)
    dialog.render(states.accounts(AccountCard(standing, error=states.LOCKED)))
    dialog.cards[0].outcome.buttons["details"].click()


def settings_fields(dialog: SettingsDialog) -> None:
    place = Place("https://proxy.example.com/model-studio", "ws-a1b2")
    standing = states.standing(states.INTL, KeySource.SESSION, "77aa", place=place)
    dialog.render(states.accounts(AccountCard(standing, error=states.BAD_KEY), error=states.BAD_PROXY))
    dialog.cards[0].key.field.editor.setFocus()


def settings_end(dialog: SettingsDialog) -> None:
    local = states.standing(states.LOCAL, url_from_environment=True, base_url="http://127.0.0.1:8000/voices")
    dialog.render(
        states.accounts(
            AccountCard(states.kept(states.NOIZ_ACCOUNT), testing=True),
            AccountCard(local, error=states.UNREACHABLE),
            proxy="http://127.0.0.1:3128",
        )
    )
    bar = dialog.area.verticalScrollBar()
    QApplication.processEvents()
    bar.setValue(bar.maximum())


SETTINGS: dict[str, Stage] = {
    "settings-first": settings_first,
    "settings-kept": settings_kept,
    "settings-replaced": settings_replaced,
    "settings-refused": settings_refused,
    "settings-other-region": settings_other_region,
    "settings-locked": settings_locked,
    "settings-fields": settings_fields,
    "settings-end": settings_end,
}


CHINESE = "小雨的声音,用于睡前故事和天气预报"
SAID = "The river rises in the hills behind the town, and for the first ten miles nobody takes any notice of it."


def clone_none(tab: CloneTab, qtbot: QtBot) -> None:
    tab.render(states.clone(systems=()))


def clone_first(tab: CloneTab, qtbot: QtBot) -> None:
    tab.render(states.clone())


def clone_filled(tab: CloneTab, qtbot: QtBot) -> None:
    tab.form.sample.field.set_text("/recordings/interview.wav")
    tab.form.voice_name.set_text("Großmutter Ilse")
    tab.form.transcript.set_text(SAID)
    tab.render(states.read())
    tab.right_box.box.setChecked(True)


def clone_chinese(tab: CloneTab, qtbot: QtBot) -> None:
    tab.form.sample.field.set_text("https://example.org/声音.wav")
    tab.form.voice_name.set_text(CHINESE)
    tab.form.transcript.set_text("河流从小镇后面的山丘流出,最初的十英里没有人注意到它。")
    tab.render(states.clone())


def clone_reading(tab: CloneTab, qtbot: QtBot) -> None:
    tab.render(states.clone(reading=True))


def clone_running(tab: CloneTab, qtbot: QtBot) -> None:
    clone_filled(tab, qtbot)
    tab.render(states.read(cloning=True, progress=0.3))
    qtbot.waitUntil(tab.busy.bar.isVisible, timeout=1000)


def clone_done(tab: CloneTab, qtbot: QtBot) -> None:
    clone_filled(tab, qtbot)
    tab.render(states.read(cloned=states.cloned()))


def clone_degraded(tab: CloneTab, qtbot: QtBot) -> None:
    clone_filled(tab, qtbot)
    tab.render(states.read(cloned=states.cloned(), degraded="audio quality is low: background noise"))


def clone_wrong(tab: CloneTab, qtbot: QtBot) -> None:
    tab.render(states.clone())
    tab.form.handle.set_text("Größe")
    tab.render(states.clone(error=states.MUCH_WRONG))


def clone_no_key(tab: CloneTab, qtbot: QtBot) -> None:
    clone_filled(tab, qtbot)
    tab.render(states.read(error=states.NO_KEY))


def clone_failed(tab: CloneTab, qtbot: QtBot) -> None:
    clone_filled(tab, qtbot)
    tab.render(states.read(error=states.SERVER_FAILED))
    tab.error_note.buttons["details"].click()


def clone_refused(tab: CloneTab, qtbot: QtBot) -> None:
    clone_filled(tab, qtbot)
    tab.render(states.read(error=states.refused(QWEN)))


def clone_noiz(tab: CloneTab, qtbot: QtBot) -> None:
    clone_filled(tab, qtbot)
    tab.form.target.system.choose(NOIZ)
    tab.render(states.clone(sample=states.M4A, clip=states.M4A_CLIP))


CLONES: dict[str, Callable[[CloneTab, QtBot], None]] = {
    "clone-none": clone_none,
    "clone-first": clone_first,
    "clone-filled": clone_filled,
    "clone-chinese": clone_chinese,
    "clone-reading": clone_reading,
    "clone-running": clone_running,
    "clone-done": clone_done,
    "clone-degraded": clone_degraded,
    "clone-wrong": clone_wrong,
    "clone-no-key": clone_no_key,
    "clone-failed": clone_failed,
    "clone-refused": clone_refused,
    "clone-noiz": clone_noiz,
}


def drawn(widget: QWidget, name: str, qapp: QApplication, tmp_path: Path) -> None:
    folder = Path(os.environ.get("STUDIO_PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    sizes: list[int] = []
    for dark in (False, True):
        theme.wear(qapp, dark)
        qapp.processEvents()
        file = folder / f"{name}-{'dark' if dark else 'light'}.png"
        assert widget.grab().save(str(file))
        sizes.append(file.stat().st_size)
    assert min(sizes) > 5_000


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_are_drawn(name: str, light: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    SETTINGS[name](dialog)
    drawn(dialog, name, qapp, tmp_path)


@pytest.mark.parametrize("name", ["settings-kept", "settings-replaced", "settings-refused"])
def test_settings_have_room_for_german(
    name: str, light: None, german: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    dialog.resize(dialog.minimumWidth(), 760)
    dialog.show()
    SETTINGS[name](dialog)
    drawn(dialog, f"{name}-german", qapp, tmp_path)


def shown_tab(qtbot: QtBot, width: int, height: int) -> CloneTab:
    """As large as the tab is in a window that has the player strip below."""
    tab = CloneTab(Memory())
    qtbot.addWidget(tab)
    tab.resize(width, height - 90)
    tab.show()
    return tab


@pytest.mark.parametrize("name", CLONES)
def test_clone_is_drawn(name: str, light: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    tab = shown_tab(qtbot, 1180, 780)
    CLONES[name](tab, qtbot)
    drawn(tab, name, qapp, tmp_path)


@pytest.mark.parametrize("name", ["clone-filled", "clone-failed", "clone-degraded", "clone-wrong"])
def test_clone_has_room_in_the_smallest_window_and_for_german(
    name: str, light: None, german: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    tab = shown_tab(qtbot, 900, 600)
    CLONES[name](tab, qtbot)
    drawn(tab, f"{name}-small-german", qapp, tmp_path)
