"""One picture for each state of the Settings window, to be looked at by a person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.domain.accounts import QWEN, KeySource, Place, Probed, Role
from studio.flows.accounts import AccountCard
from studio.ui.settings.dialog import SettingsDialog

from . import states_accounts as states
from .drawing import drawn

Stage = Callable[[SettingsDialog], None]


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
    _to_the_end(dialog)


def settings_servers(dialog: SettingsDialog) -> None:
    urls = ((Role.DESIGN, "http://gpu.lan:8091"), (Role.CUSTOM, "http://127.0.0.1:7788"))
    servers = states.standing(
        states.SPEECH, place=Place(urls=urls[:1]), urls=urls, roles_from_environment=(Role.CUSTOM,)
    )
    dialog.render(states.accounts(AccountCard(servers, probed=Probed(voices=9))))
    _to_the_end(dialog)


def _to_the_end(dialog: SettingsDialog) -> None:
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
    "settings-servers": settings_servers,
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_are_drawn(name: str, light: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    SETTINGS[name](dialog)
    drawn(dialog, name, qapp, tmp_path)


def test_how_to_start_a_server_is_drawn(light: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.cards[-1].guide.click()
    assert dialog.guide is not None
    drawn(dialog.guide, "settings-guide", qapp, tmp_path)


@pytest.mark.parametrize("name", ["settings-kept", "settings-replaced", "settings-refused", "settings-servers"])
def test_settings_have_room_for_german(
    name: str, light: None, german: None, qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    dialog.resize(dialog.minimumWidth(), 760)
    dialog.show()
    SETTINGS[name](dialog)
    drawn(dialog, f"{name}-german", qapp, tmp_path)
