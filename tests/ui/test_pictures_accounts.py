"""One picture for each state of the Settings window and of the Clone tab, to be looked at by a person."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.accounts import QWEN, KeySource, Place, Probed
from studio.flows.accounts import AccountCard
from studio.ui import theme
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
