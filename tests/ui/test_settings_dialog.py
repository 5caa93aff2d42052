"""The Settings window drawn from states, what goes out when a person acts, and that no key stays in it."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from studio.domain.accounts import EVOLINK, NOIZ, QWEN, KeySource, Place, Probed
from studio.flows.accounts import AccountCard, AccountsState
from studio.ui.settings.account_card import AccountBox
from studio.ui.settings.dialog import SettingsDialog
from studio.ui.settings.outcome import Outcome

from . import states_accounts as states

KEY = "sk-0123456789abcdef3f9a"


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
    return dialog.cards[0]


def editor(box: AccountBox) -> QLineEdit:
    assert isinstance(box.key.field.editor, QLineEdit)
    return box.key.field.editor


def said(line: Outcome) -> str:
    return "" if line.isHidden() else line.sentence.text()


def offered(line: Outcome) -> list[str]:
    return [button.text() for button in line.buttons.values()]


# -- how it looks ------------------------------------------------------------------------------------


def test_names_of_window_cards_and_controls(dialog: SettingsDialog) -> None:
    assert (dialog.windowTitle(), dialog.accessibleName(), dialog.isModal()) == ("Settings", "Settings", False)
    titles = [card.accessibleName() for card in dialog.cards]
    assert titles == ["Alibaba Model Studio", "EvoLink", "Noiz", "OpenTalking", "Speech server"]
    for card in dialog.cards[:3]:
        texts = [one.text() for one in card.findChildren(QPushButton) if one.isVisibleTo(card)]
        assert texts == ["Save key", "Forget key", "Test"]
        fields = [one.accessibleName() for one in card.findChildren(QLineEdit) if one.isVisibleTo(card)]
        assert fields[:2] == ["API key", "Base URL"]
    region = dialog.cards[0].region
    assert region is not None
    assert (region.accessibleName(), region.title.buddy()) == ("Region", region)
    heading = dialog.findChild(QWidget, "accounts-heading")
    assert QAccessible.queryAccessibleInterface(heading).text(QAccessible.Text.Name) == "Accounts"
    assert QAccessible.queryAccessibleInterface(dialog.cards[1]).role() == QAccessible.Role.Grouping


def test_open_talking_has_no_key(dialog: SettingsDialog) -> None:
    card = dialog.cards[3]
    assert [one.text() for one in card.findChildren(QPushButton) if one.isVisibleTo(card)] == ["Test"]
    assert [one.accessibleName() for one in card.findChildren(QLineEdit) if one.isVisibleTo(card)] == ["Base URL"]
    assert card.key.standing.text() == "No key is needed"
    assert card.page.isHidden()


def test_it_fits_the_smallest_window(dialog: SettingsDialog) -> None:
    assert dialog.minimumSize().boundedTo(QSize(900, 600)) == dialog.minimumSize()
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    assert not dialog.area.horizontalScrollBar().isVisible()


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (states.standing(states.EVOLINK), "No key"),
        (states.kept(states.EVOLINK), "Key in the keyring, ending …3f9a"),
        (states.kept(states.EVOLINK, ""), "Key in the keyring"),
        (states.standing(states.EVOLINK, KeySource.SESSION, "77aa"), "Key for this session only, ending …77aa"),
        (states.standing(states.EVOLINK, KeySource.SESSION), "Key for this session only"),
        (states.standing(states.EVOLINK, KeySource.ENVIRONMENT), "Key from the environment (EVOLINK_API_KEY)"),
    ],
)
def test_where_the_key_comes_from(dialog: SettingsDialog, standing: object, words: str) -> None:
    dialog.render(states.accounts(AccountCard(standing)))  # pyright: ignore[reportArgumentType]
    card = dialog.cards[1]
    assert card.key.standing.text() == words
    assert card.key.forget.isEnabled() is (words != "No key")


def test_a_locked_keyring_is_no_missing_key(dialog: SettingsDialog) -> None:
    dialog.render(states.accounts(AccountCard(states.standing(states.EVOLINK, trouble=states.LOCKED))))
    card = dialog.cards[1]
    assert card.key.standing.isHidden()
    assert card.key.trouble.text() == "The keyring is locked. Unlock it, or use the key for this session only."


@pytest.mark.parametrize(
    ("name", "probed", "words"),
    [
        (states.INTL, Probed(voices=3), "The key works. 3 voices there."),
        (states.INTL, Probed(voices=1), "The key works. 1 voice there."),
        (states.INTL, Probed(voices=0), "The key works. No voices there yet."),
        (states.INTL, Probed(voices=12_000), "The key works. 12,000 voices there."),
        (states.EVOLINK, Probed(credits=1250), "The key works. 1,250 credits left."),
        (states.EVOLINK, Probed(credits=0.5), "The key works. 0.50 credits left."),
        (states.NOIZ_ACCOUNT, Probed(), "The key works."),
        (states.LOCAL, Probed(voices=2), "The server answers. 2 voices there."),
    ],
)
def test_what_a_test_told(dialog: SettingsDialog, name: str, probed: Probed, words: str) -> None:
    dialog.render(states.accounts(AccountCard(states.standing(name), probed=probed)))
    card = next(card for card in dialog.cards if name in card.accounts)
    assert said(card.outcome) == words


EVERY_STATE = {
    "first": states.accounts(),
    "kept": states.accounts(AccountCard(states.kept(states.INTL), probed=Probed(voices=2))),
    "testing": states.accounts(AccountCard(states.kept(states.INTL), testing=True)),
    "refused": states.accounts(AccountCard(states.kept(states.INTL), error=states.refused(QWEN))),
    "replaced": states.accounts(AccountCard(states.kept(states.INTL), saved=True, replaced=True)),
    "bad key": states.accounts(AccountCard(states.standing(states.INTL), error=states.BAD_KEY)),
    "bad proxy": states.accounts(error=states.BAD_PROXY),
    "elsewhere": states.accounts(AccountCard(states.standing(states.INTL, place=Place("https://e.org", "ws-1")))),
    "environment": states.accounts(
        AccountCard(states.standing(states.INTL, url_from_environment=True, base_url="http://127.0.0.1:1"))
    ),
}


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(EVERY_STATE, 2)))
def test_every_state_is_drawn_the_same_after_any_other(qtbot: QtBot, before: str, after: str) -> None:
    alone, changed = SettingsDialog(), SettingsDialog()
    for made in (alone, changed):
        qtbot.addWidget(made)
    changed.render(EVERY_STATE[before])
    for made in (alone, changed):
        made.render(EVERY_STATE[after])
    assert seen(changed) == seen(alone)


def seen(dialog: SettingsDialog) -> tuple[object, ...]:
    box = dialog.cards[0]
    return (
        box.key.standing.text(),
        said(box.question),
        said(box.outcome),
        offered(box.outcome),
        box.test.text(),
        box.key.field.hint.text(),
        box.place.base_url.text(),
        box.place.base_url.editor.isEnabled(),
        box.place.workspace.text(),
        box.place.set_there.text(),
        dialog.proxy.hint.text(),
    )


# -- keys --------------------------------------------------------------------------------------------


def test_a_pasted_key_is_trimmed_and_leaves_the_field_once_it_is_saved(
    dialog: SettingsDialog, box: AccountBox, qtbot: QtBot, qapp: QApplication
) -> None:
    qapp.clipboard().setText(f"  {KEY}\n")
    editor(box).setFocus()
    editor(box).paste()
    with qtbot.waitSignal(dialog.save_key_asked) as asked:
        box.key.save.click()
    assert asked.args == [states.INTL, KEY, False]
    assert editor(box).text()
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), saved=True)))
    assert (editor(box).text(), editor(box).isUndoAvailable()) == ("", False)
    assert said(box.outcome) == "Saved."
    assert KEY not in everything(dialog)


def test_a_key_is_never_readable(dialog: SettingsDialog, box: AccountBox) -> None:
    box.key.field.set_text(KEY)
    assert editor(box).echoMode() is QLineEdit.EchoMode.Password
    assert KEY not in QAccessible.queryAccessibleInterface(editor(box)).text(QAccessible.Text.Value)
    assert KEY not in everything(dialog)


def everything(dialog: SettingsDialog) -> str:
    """All that can be read of it, by eye or screen reader."""
    texts = [repr(dialog)]
    for one in dialog.findChildren(QWidget):
        texts += [repr(one), one.accessibleName(), one.accessibleDescription(), one.toolTip(), one.objectName()]
        if isinstance(one, QLabel | QPushButton):
            texts.append(one.text())
        elif isinstance(one, QLineEdit):
            texts.append(one.displayText())
    return "\n".join(texts)


def test_enter_saves_the_key_and_presses_nothing_else(dialog: SettingsDialog, box: AccountBox, qtbot: QtBot) -> None:
    box.key.field.set_text(KEY)
    asked: list[tuple[object, ...]] = []
    dialog.save_key_asked.connect(lambda *args: asked.append(args))
    dialog.test_asked.connect(lambda *args: asked.append(args))
    qtbot.keyClick(editor(box), Qt.Key.Key_Return)
    assert asked == [(states.INTL, KEY, False)]
    assert dialog.isVisible()


def test_a_refused_key_stays_and_its_field_is_marked(dialog: SettingsDialog, box: AccountBox) -> None:
    box.key.field.set_text("sk ü")
    box.key.save.click()
    dialog.render(states.accounts(AccountCard(states.standing(states.INTL), error=states.BAD_KEY)))
    assert editor(box).text() == "sk ü"
    assert box.key.field.hint.text() == "The API key has a character that isn't allowed in it."
    assert said(box.outcome) == ""


def test_without_a_keyring_the_key_is_used_for_this_session(
    dialog: SettingsDialog, box: AccountBox, qtbot: QtBot
) -> None:
    box.key.field.set_text(KEY)
    box.key.save.click()
    dialog.render(states.accounts(AccountCard(states.standing(states.INTL), error=states.LOCKED)))
    assert said(box.outcome) == "The keyring is locked. Unlock it, or use the key for this session only."
    assert editor(box).text() == KEY
    assert offered(box.outcome) == ["Details", "Use for this session only"]
    with qtbot.waitSignal(dialog.save_key_asked) as asked:
        box.outcome.buttons["session-only"].click()
    assert asked.args == [states.INTL, KEY, True]
    dialog.render(states.accounts(AccountCard(states.standing(states.INTL, KeySource.SESSION, "3f9a"), saved=True)))
    assert editor(box).text() == ""


def test_a_keyring_that_fails_at_something_else_offers_no_session_without_a_key(
    dialog: SettingsDialog, box: AccountBox
) -> None:
    dialog.render(states.accounts(AccountCard(states.standing(states.INTL), error=states.LOCKED)))
    assert offered(box.outcome) == ["Details"]
    box.key.field.set_text("s")
    assert offered(box.outcome) == ["Details", "Use for this session only"]


def test_what_was_typed_after_save_stays(dialog: SettingsDialog, box: AccountBox) -> None:
    box.key.field.set_text(KEY)
    box.key.save.click()
    box.key.field.set_text("another")
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), saved=True)))
    assert editor(box).text() == "another"


def test_accounts_read_anew_meanwhile_change_nothing(dialog: SettingsDialog, box: AccountBox) -> None:
    """The keyring may be slow: what was read at the opening comes after Save was pressed."""
    box.key.field.set_text(KEY)
    box.key.save.click()
    dialog.render(states.accounts(AccountCard(states.standing(states.INTL))))
    assert editor(box).text() == KEY
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), saved=True)))
    assert editor(box).text() == ""
    box.key.field.set_text("sk-another-key-aaaa")
    box.key.save.click()
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), saved=True)))
    assert editor(box).text() == "sk-another-key-aaaa"
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL, "aaaa"), saved=True, replaced=True)))
    assert editor(box).text() == ""


def test_the_same_key_saved_again_leaves_the_field(dialog: SettingsDialog, box: AccountBox) -> None:
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), saved=True)))
    box.key.field.set_text(KEY)
    box.key.save.click()
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), saved=True)))
    assert editor(box).text() == ""


def test_another_cards_news_takes_no_key_away(dialog: SettingsDialog, box: AccountBox) -> None:
    before = states.accounts(AccountCard(states.kept(states.INTL), saved=True))
    dialog.render(before)
    box.key.field.set_text(KEY)
    box.key.save.click()
    cards = tuple(
        AccountCard(one.standing, testing=True) if one.standing.info.name == states.EVOLINK else one
        for one in before.cards
    )
    dialog.render(AccountsState(cards=cards))
    assert editor(box).text() == KEY


def test_forget(dialog: SettingsDialog, box: AccountBox, qtbot: QtBot) -> None:
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL))))
    with qtbot.waitSignal(dialog.forget_key_asked) as asked:
        box.key.forget.click()
    assert asked.args == [states.INTL]


def test_a_key_of_the_environment_goes_first(dialog: SettingsDialog, box: AccountBox) -> None:
    card = AccountCard(states.standing(states.INTL, KeySource.ENVIRONMENT), saved=True)
    dialog.render(states.accounts(card))
    assert said(box.outcome) == "Saved. As long as DASHSCOPE_API_KEY is set, the key from there is used."


def test_whose_key_is_asked_after_it_took_the_place_of_another(
    dialog: SettingsDialog, box: AccountBox, qtbot: QtBot
) -> None:
    state = states.accounts(AccountCard(states.kept(states.INTL), saved=True, replaced=True))
    dialog.render(state)
    assert said(box.question) == (
        "Key replaced. Does it belong to another account? Then the voices made so far stay listed under the old one."
    )
    assert offered(box.question) == ["Another account", "Same account"]
    with qtbot.waitSignal(dialog.another_account_asked) as asked:
        box.question.buttons["another"].click()
    assert asked.args == [states.INTL]
    with qtbot.assertNotEmitted(dialog.another_account_asked):
        box.question.buttons["same"].click()
    assert said(box.question) == ""
    dialog.render(state)
    assert said(box.question) == ""
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL, "aaaa"), saved=True, replaced=True)))
    assert said(box.question) != ""


# -- testing -----------------------------------------------------------------------------------------


def test_test_turns_into_cancel(dialog: SettingsDialog, box: AccountBox, qtbot: QtBot) -> None:
    width = box.test.width()
    with qtbot.waitSignal(dialog.test_asked) as asked:
        box.test.click()
    assert asked.args == [states.INTL]
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), testing=True)))
    assert (box.test.text(), box.test.width()) == ("Cancel", width)
    with qtbot.waitSignal(dialog.cancel_test_asked) as asked:
        box.test.click()
    assert asked.args == [states.INTL]


def test_what_a_click_came_to_is_scrolled_into_view(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.resize(500, 320)
    card = dialog.cards[2]
    dialog.render(states.accounts(AccountCard(states.kept(card.accounts[0]), testing=True)))
    dialog.render(states.accounts(AccountCard(states.kept(card.accounts[0]), probed=Probed())))
    assert card.outcome.visibleRegion().isEmpty()
    card.test.click()
    dialog.render(states.accounts(AccountCard(states.kept(card.accounts[0]), testing=True)))
    dialog.render(states.accounts(AccountCard(states.kept(card.accounts[0]), probed=Probed())))
    qtbot.waitUntil(lambda: card.outcome.visibleRegion().boundingRect() == card.outcome.rect())


def test_an_error_has_its_sentence_and_details(dialog: SettingsDialog) -> None:
    dialog.render(states.accounts(AccountCard(states.kept(states.EVOLINK), error=states.refused(EVOLINK))))
    line = dialog.cards[1].outcome
    assert said(line) == "EvoLink doesn't know this key. Check it in Settings → Accounts."
    assert offered(line) == ["Details"]
    line.buttons["details"].click()
    assert "r-41" in line.raw.text()


def test_the_other_region_is_tried_only_when_the_person_says_so(
    dialog: SettingsDialog, box: AccountBox, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(dialog.other_region_asked):
        dialog.render(states.accounts(AccountCard(states.kept(states.INTL), error=states.refused(QWEN))))
    assert said(box.outcome) == ("The Singapore server doesn't know this key. It may be a Beijing key: try it there?")
    assert offered(box.outcome) == ["Details", "Try Beijing"]
    with qtbot.waitSignal(dialog.other_region_asked) as asked:
        box.outcome.buttons["other-region"].click()
    assert asked.args == [states.INTL]


def test_a_key_that_no_region_knows(dialog: SettingsDialog, box: AccountBox) -> None:
    card = AccountCard(states.kept(states.INTL), error=states.refused(QWEN))
    dialog.render(states.accounts(card))
    box.outcome.buttons["other-region"].click()
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), testing=True)))
    dialog.render(states.accounts(card))
    assert said(box.outcome) == "Neither region's server knows this key. Save another one."
    assert offered(box.outcome) == ["Details"]
    box.test.click()
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), testing=True)))
    dialog.render(states.accounts(card))
    assert offered(box.outcome) == ["Details", "Try Beijing"]


def test_a_key_that_works_in_the_other_region(dialog: SettingsDialog, box: AccountBox, qtbot: QtBot) -> None:
    dialog.render(
        states.accounts(
            AccountCard(states.kept(states.INTL), other_region_works=True, replaced=True),
            AccountCard(states.kept(states.CN), probed=Probed(voices=4)),
        )
    )
    assert said(box.outcome) == "The key works in Beijing, and is kept for that region now."
    assert said(box.question) == ""
    assert offered(box.outcome) == ["Show Beijing", "Forget it for Singapore"]
    with qtbot.waitSignal(dialog.forget_key_asked) as asked:
        box.outcome.buttons["forget-here"].click()
    assert asked.args == [states.INTL]
    box.outcome.buttons["show-other"].click()
    assert box.region is not None
    assert box.region.currentText() == "Chinese mainland (Beijing)"
    assert said(box.outcome) == "The key works. 4 voices there."


def test_beijing_offers_singapore(dialog: SettingsDialog, box: AccountBox) -> None:
    dialog.render(states.accounts(AccountCard(states.kept(states.CN), error=states.refused(QWEN))))
    assert said(box.outcome) == ""
    assert box.region is not None
    box.region.choose(states.CN)
    assert said(box.outcome) == ("The Beijing server doesn't know this key. It may be a Singapore key: try it there?")
    assert "Try Singapore" in offered(box.outcome)


# -- regions and addresses ---------------------------------------------------------------------------


def test_each_region_has_its_own_key_and_address(dialog: SettingsDialog, box: AccountBox, qtbot: QtBot) -> None:
    place = Place("https://mirror.example.cn", "ws-9")
    dialog.render(
        states.accounts(
            AccountCard(states.kept(states.INTL)),
            AccountCard(states.standing(states.CN, KeySource.SESSION, "77aa", place=place)),
        )
    )
    assert box.place.base_url.editor.placeholderText() == "https://dashscope-intl.aliyuncs.com"
    assert box.page.accessibleName() == "Get a key at modelstudio.console.alibabacloud.com"
    assert box.region is not None
    box.region.choose(states.CN)
    assert box.key.standing.text() == "Key for this session only, ending …77aa"
    assert (box.place.base_url.text(), box.place.workspace.text()) == ("https://mirror.example.cn", "ws-9")
    assert box.place.base_url.editor.placeholderText() == "https://dashscope.aliyuncs.com"
    assert 'href="https://bailian.console.aliyun.com"' in box.page.text()
    with qtbot.waitSignal(dialog.test_asked) as asked:
        box.test.click()
    assert asked.args == [states.CN]


def test_an_address_is_saved_on_enter_and_when_the_cursor_leaves(
    dialog: SettingsDialog, box: AccountBox, qtbot: QtBot
) -> None:
    asked: list[tuple[object, ...]] = []
    dialog.place_asked.connect(lambda *args: asked.append(args))
    base_url, workspace = box.place.base_url.editor, box.place.workspace.editor
    base_url.setFocus()
    qtbot.keyClicks(base_url, "https://e.org ")
    qtbot.keyClick(base_url, Qt.Key.Key_Return)
    workspace.setFocus()
    qtbot.keyClicks(workspace, "ws-1")
    base_url.setFocus()
    workspace.setFocus()
    assert asked == [(states.INTL, "https://e.org", ""), (states.INTL, "https://e.org", "ws-1")]


def asked_of(dialog: SettingsDialog) -> list[tuple[object, ...]]:
    asked: list[tuple[object, ...]] = []
    for name in ("place", "test", "save_key", "proxy", "other_region"):
        getattr(dialog, f"{name}_asked").connect(lambda *args, name=name: asked.append((name, *args)))
    return asked


def test_an_address_set_by_a_screen_reader_is_saved_before_it_is_tested(
    dialog: SettingsDialog, box: AccountBox
) -> None:
    asked = asked_of(dialog)
    box.place.base_url.set_text("https://e.org")
    box.place.workspace.set_text("ws-1")
    dialog.proxy.set_text("http://127.0.0.1:3128")
    box.test.click()
    place, proxy = ("place", states.INTL, "https://e.org", "ws-1"), ("proxy", "http://127.0.0.1:3128")
    assert asked == [place, proxy, ("test", states.INTL)]
    stored = states.standing(states.INTL, place=Place("https://e.org", "ws-1"))
    dialog.render(states.accounts(AccountCard(stored), proxy="http://127.0.0.1:3128"))
    box.test.click()
    box.place.base_url.set_text("")
    box.key.field.set_text(KEY)
    box.key.save.click()
    assert asked[3:] == [
        ("test", states.INTL), ("place", states.INTL, "", "ws-1"), ("save_key", states.INTL, KEY, False),
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["close", "reject"])
def test_what_is_written_is_saved_when_the_window_closes(dialog: SettingsDialog, how: str) -> None:
    asked = asked_of(dialog)
    dialog.cards[3].place.base_url.set_text("http://127.0.0.1:9")
    dialog.proxy.set_text("http://127.0.0.1:3128")
    getattr(dialog, how)()
    assert asked == [("place", states.LOCAL, "http://127.0.0.1:9", ""), ("proxy", "http://127.0.0.1:3128")]
    assert dialog.isHidden()


def test_an_address_is_saved_before_another_region_is_shown(dialog: SettingsDialog, box: AccountBox) -> None:
    asked = asked_of(dialog)
    box.place.base_url.set_text("https://e.org")
    assert box.region is not None
    box.region.choose(states.CN)
    assert asked == [("place", states.INTL, "https://e.org", "")]
    assert box.place.base_url.text() == ""


def test_an_address_written_meanwhile_is_not_overwritten(dialog: SettingsDialog, box: AccountBox) -> None:
    box.place.base_url.set_text("https://a.org")
    box.test.click()
    box.place.base_url.set_text("https://b.org")
    dialog.render(states.accounts(AccountCard(states.standing(states.INTL, place=Place("https://a.org")))))
    assert box.place.base_url.text() == "https://b.org"


def test_an_address_that_was_refused_stays_to_be_mended(dialog: SettingsDialog, box: AccountBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.place.base_url.editor, "e.org")
    dialog.render(states.accounts(AccountCard(states.standing(states.INTL), error=states.BAD_URL)))
    assert box.place.base_url.text() == "e.org"
    assert box.place.base_url.hint.text() == "The base URL can't be read."
    dialog.render(states.accounts(AccountCard(states.standing(states.INTL), error=states.INSECURE_URL)))
    assert box.place.base_url.hint.text().startswith("The base URL is plain http to another computer")


def test_an_address_of_the_environment_is_shown_and_not_changed(dialog: SettingsDialog) -> None:
    standing = states.standing(states.LOCAL, url_from_environment=True, base_url="http://127.0.0.1:9/api")
    dialog.render(states.accounts(AccountCard(standing)))
    place = dialog.cards[3].place
    assert (place.base_url.text(), place.base_url.editor.isEnabled()) == ("http://127.0.0.1:9/api", False)
    assert place.set_there.text() == "Set by the environment (VOICE_STUDIO_OPENTALKING_URL)"


def test_a_proxy_by_hand(dialog: SettingsDialog, qtbot: QtBot) -> None:
    assert dialog.proxy.editor.placeholderText() == "From the environment"
    qtbot.keyClicks(dialog.proxy.editor, "ftp:")
    with qtbot.waitSignal(dialog.proxy_asked) as asked:
        qtbot.keyClick(dialog.proxy.editor, Qt.Key.Key_Return)
    assert asked.args == ["ftp:"]
    dialog.render(states.accounts(error=states.BAD_PROXY))
    assert (dialog.proxy.text(), dialog.proxy.hint.text()) == ("ftp:", "The proxy can't be read.")
    dialog.render(states.accounts(proxy="http://127.0.0.1:3128"))
    assert (dialog.proxy.text(), dialog.proxy.hint.text()) == ("http://127.0.0.1:3128", "")


# -- by keyboard -------------------------------------------------------------------------------------


def test_the_tab_key_passes_a_card_in_reading_order(dialog: SettingsDialog, box: AccountBox, qtbot: QtBot) -> None:
    dialog.render(states.accounts(AccountCard(states.kept(states.INTL), saved=True, replaced=True)))
    assert box.region is not None
    box.page.setFocus(Qt.FocusReason.TabFocusReason)
    passed: list[QWidget] = [box.page]
    for _ in range(9):
        qtbot.keyClick(passed[-1], Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        passed.append(focused)
    names = "keys-page region api-key save-key forget-key another same base-url workspace-id test"
    assert [one.objectName() for one in passed] == names.split()


def test_an_account_is_shown_with_the_cursor_in_its_key(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.show_account(states.CN)
    assert dialog.cards[0].region is not None
    assert dialog.cards[0].region.currentData() == states.CN
    qtbot.waitUntil(editor(dialog.cards[0]).hasFocus)
    dialog.show_account(NOIZ)
    qtbot.waitUntil(editor(dialog.cards[2]).hasFocus)
