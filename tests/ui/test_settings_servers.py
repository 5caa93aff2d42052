"""The card of the speech servers: an address for each role, a key only if one is wanted, and how to start one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from studio.domain.accounts import KeySource, Place, Probed, Role, Urls
from studio.flows.accounts import AccountCard
from studio.ui.settings.account_card import AccountBox
from studio.ui.settings.dialog import SettingsDialog

from . import states_accounts as states

DESIGN, CLONE = "http://gpu.lan:8091", "http://gpu.lan:8092"
BOTH: Urls = ((Role.DESIGN, DESIGN), (Role.CLONE, CLONE))


@pytest.fixture
def dialog(qtbot: QtBot, light: None) -> SettingsDialog:
    dialog = SettingsDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.render(states.accounts())
    return dialog


@pytest.fixture
def box(dialog: SettingsDialog) -> AccountBox:
    return dialog.cards[-1]


@pytest.fixture
def asked(dialog: SettingsDialog) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for name in ("urls", "place", "test", "save_key"):
        getattr(dialog, f"{name}_asked").connect(lambda *args, name=name: found.append((name, *args)))
    return found


def address(box: AccountBox, role: Role) -> QLineEdit:
    assert box.urls
    editor = box.urls.fields[role].editor
    assert isinstance(editor, QLineEdit)
    return editor


def stored(urls: Urls, **changes: object) -> AccountCard:
    return AccountCard(states.standing(states.SPEECH, place=Place(urls=urls), urls=urls, **changes))


def test_names(box: AccountBox) -> None:
    fields = [one.accessibleName() for one in box.findChildren(QLineEdit) if one.isVisibleTo(box)]
    assert fields == ["Design server", "Clone server", "Preset voices server", "API key"]
    buttons = [one.text() for one in box.findChildren(QPushButton) if one.isVisibleTo(box)]
    assert buttons == ["Save key", "Forget key", "Test", "How to start one"]
    assert box.key.standing.text() == "No key is set, and none is needed unless your servers ask for one"
    assert box.page.isHidden()


@pytest.mark.parametrize(
    ("urls", "words"),
    [
        ((), "Without an address nothing is offered."),
        (BOTH, ""),
        (BOTH[:1], "Without a clone server a designed voice may sound different each time, and none is cloned."),
        (BOTH[1:], "Without a design server no voice is designed."),
        (((Role.CUSTOM, DESIGN),), "Without a clone server no voice is cloned."),
    ],
)
def test_what_is_not_offered_is_said(dialog: SettingsDialog, box: AccountBox, urls: Urls, words: str) -> None:
    dialog.render(states.accounts(stored(urls)))
    assert box.urls
    assert box.urls.advice.text() == words
    assert box.urls.advice.isHidden() is not bool(words)


def test_each_address_is_saved_with_the_others(
    dialog: SettingsDialog, box: AccountBox, qtbot: QtBot, asked: list[tuple[object, ...]]
) -> None:
    address(box, Role.DESIGN).setFocus()
    qtbot.keyClicks(address(box, Role.DESIGN), f" {DESIGN} ")
    qtbot.keyClick(address(box, Role.DESIGN), Qt.Key.Key_Return)
    dialog.render(states.accounts(stored(BOTH[:1])))
    address(box, Role.CLONE).setFocus()
    qtbot.keyClicks(address(box, Role.CLONE), CLONE)
    address(box, Role.DESIGN).setFocus()
    assert asked == [("urls", states.SPEECH, BOTH[:1]), ("urls", states.SPEECH, BOTH)]


@pytest.mark.parametrize(
    "act",
    [
        lambda dialog: dialog.cards[-1].test.click(),
        lambda dialog: dialog.close(),
        lambda dialog: dialog.cards[-1].key.save.click(),
    ],
)
def test_what_is_written_is_saved_before_anything_else(
    dialog: SettingsDialog,
    box: AccountBox,
    asked: list[tuple[object, ...]],
    act: Callable[[SettingsDialog], None],
) -> None:
    address(box, Role.CLONE).setText(CLONE)
    act(dialog)
    assert asked[0] == ("urls", states.SPEECH, BOTH[1:])
    assert "place" not in [name for name, *_ in asked]


def test_what_was_refused_is_marked_where_it_is(dialog: SettingsDialog, box: AccountBox) -> None:
    dialog.render(states.accounts(stored(BOTH[:1])))
    address(box, Role.CUSTOM).setText("gpu.lan")
    dialog.render(states.accounts(AccountCard(stored(BOTH[:1]).standing, error=states.BAD_URL)))
    assert box.urls
    hints = {role: field.hint.text() for role, field in box.urls.fields.items()}
    assert hints == {Role.DESIGN: "", Role.CLONE: "", Role.CUSTOM: "The base URL can't be read."}
    assert address(box, Role.CUSTOM).text() == "gpu.lan"
    assert box.outcome.isHidden()


def test_an_address_of_the_environment_is_shown_and_not_changed(
    dialog: SettingsDialog, box: AccountBox, asked: list[tuple[object, ...]]
) -> None:
    standing = states.standing(
        states.SPEECH, place=Place(urls=BOTH[:1]), urls=BOTH, roles_from_environment=(Role.CLONE,)
    )
    dialog.render(states.accounts(AccountCard(standing)))
    assert (address(box, Role.CLONE).text(), address(box, Role.CLONE).isEnabled()) == (CLONE, False)
    assert box.urls
    assert box.urls.set_there.text() == "Set by the environment (VOICE_STUDIO_SPEECH_CLONE_URL)"
    box.commit()
    assert asked == []
    address(box, Role.DESIGN).clear()
    box.commit()
    assert asked == [("urls", states.SPEECH, ())]
    dialog.render(states.accounts())
    assert (address(box, Role.CLONE).text(), address(box, Role.CLONE).isEnabled()) == ("", True)


def test_an_address_written_meanwhile_is_not_overwritten(dialog: SettingsDialog, box: AccountBox) -> None:
    address(box, Role.DESIGN).setText("http://a")
    box.commit()
    address(box, Role.DESIGN).setText("http://b")
    dialog.render(states.accounts(stored(((Role.DESIGN, "http://a"),))))
    assert address(box, Role.DESIGN).text() == "http://b"


def test_a_key_may_be_set(dialog: SettingsDialog, box: AccountBox) -> None:
    card = AccountCard(states.standing(states.SPEECH, KeySource.KEYRING, "77aa"), probed=Probed(voices=9))
    dialog.render(states.accounts(card))
    assert box.key.standing.text() == "Key in the keyring, ending …77aa"
    assert box.outcome.sentence.text() == "Every server that has an address answers. 9 voices there."


def test_settings_open_where_an_address_is_missing(dialog: SettingsDialog, box: AccountBox, qtbot: QtBot) -> None:
    dialog.show_account(states.SPEECH)
    qtbot.waitUntil(address(box, Role.DESIGN).hasFocus)


def test_how_to_start_one_is_told_in_words_that_can_be_copied(dialog: SettingsDialog, box: AccountBox) -> None:
    box.guide.click()
    assert dialog.guide is not None
    assert (dialog.guide.isVisible(), dialog.guide.isModal()) == (True, False)
    dialog.guide.text.selectAll()
    dialog.guide.text.copy()
    copied = QApplication.clipboard().text()
    for words in ("--omni --port 8092", "least_conn", "were not run", "--api-key"):
        assert words in copied
    first = dialog.guide
    dialog.guide.close_button.click()
    assert not dialog.guide.isVisible()
    box.guide.click()
    assert dialog.guide is first
