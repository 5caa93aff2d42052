"""Voices made elsewhere, from the click to the library and back, with real flows and systems in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from studio.domain.accounts import EVOLINK, QWEN
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason
from studio.domain.memory import Memory
from studio.domain.voices import Origin, Status
from studio.flows.deletion import UNDO_S
from studio.ui.window import LIBRARY, Window
from tests.fakes.systems import made_voice
from tests.flows.far import far_brief

from .behind import Studio, lost


@pytest.fixture
def undo_s() -> float:
    """Time to undo a deletion; a test may ask for less."""
    return UNDO_S


@pytest.fixture
async def studio(
    home: Path, open_window: Callable[..., Window], monkeypatch: pytest.MonkeyPatch, undo_s: float
) -> AsyncIterator[Studio]:
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-of-the-environment")
    monkeypatch.delenv("EVOLINK_API_KEY", raising=False)
    made = Studio(open_window(Memory(voice_name="Guide", system=QWEN)), undo_s)
    yield made
    await made.end()


async def test_a_voice_made_elsewhere_is_in_the_library_and_shown(studio: Studio) -> None:
    card = await studio.generated()
    assert card.accessibleName() == "Voice Guide, in the Library"
    assert studio.qwen.orders[0] == replace(
        far_brief(), description="A calm man", name="Guide", model="vd-1", handle="Guide"
    )
    await studio.until(lambda: studio.library.state.voices)
    card.decide.click()
    await studio.until(lambda: studio.library.state.clips)
    assert studio.window.tabs.currentIndex() == LIBRARY
    assert (studio.tab.details.name.text(), studio.tab.details.system.text()) == ("Guide", "Qwen")


async def test_closing_its_card_keeps_the_voice(studio: Studio) -> None:
    card = await studio.generated()
    card.discard.click()
    await studio.until(lambda: not studio.window.design_tab.cards.cards)
    assert studio.window.design_tab.done_note.isHidden()
    await studio.until(lambda: studio.library.state.voices)


async def test_the_same_words_again_are_ordered_again(studio: Studio) -> None:
    card = await studio.generated()
    assert card.again.toolTip() == "Designs another voice from the same words, for $0.20"
    card.again.click()
    await studio.until(lambda: len(studio.window.design_tab.cards.cards) == 2)
    assert studio.qwen.orders[0] == studio.qwen.orders[1]


async def test_a_voice_without_preview_is_found_in_the_library(studio: Studio) -> None:
    studio.qwen.preview = None
    await studio.asked()
    note = studio.window.design_tab.error_note
    await studio.until(lambda: note.buttons)
    assert note.sentence.text() == "The voice was made, but its preview did not arrive. It is in the Library."
    note.buttons["show-in-library"].click()
    await studio.until(lambda: studio.library.state.chosen)
    assert studio.tab.details.voice_id.text() == "vd-1-Guide-1"


async def test_a_voice_in_review_is_followed(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.flows.reviews.SHORTEST_PAUSE_S", 0.005)
    studio.qwen.status = Status.IN_REVIEW
    studio.window.show_tab(LIBRARY)
    await studio.generated()
    await studio.until(lambda: studio.library.state.voices)
    assert studio.tab.table.voices.index(0, 3).data() == "In review"
    studio.qwen.status = Status.READY
    await studio.until(lambda: studio.tab.table.voices.index(0, 3).data() == "Ready")
    assert studio.status == "“Guide” has passed its review"


async def test_a_lost_answer_is_looked_for_and_its_voice_arrives(studio: Studio) -> None:
    studio.qwen.lose, studio.qwen.list_fails = lost(), None
    await studio.asked()
    await studio.until(lambda: studio.library.state.voices or studio.design.state.error)
    assert len(studio.qwen.orders) == 1
    await studio.until(lambda: studio.design.state.error)
    assert studio.design.state.error
    assert studio.design.state.error.reason is Reason.PREVIEW_LOST


async def test_an_order_given_up_is_followed_told_and_forgotten(studio: Studio) -> None:
    studio.window.design_tab.form.system.choose(EVOLINK)
    await studio.asked()
    await studio.until(studio.evolink.started.is_set)
    studio.evolink.gate.clear()
    studio.window.design_tab.busy.cancel.click()
    notes = studio.window.design_tab.orders
    await studio.until(lambda: notes.open.buttons)
    assert notes.open.sentence.text().startswith("EvoLink is still at work on “Guide”, ordered at ")
    notes.open.buttons["forget"].click()
    await studio.until(lambda: not studio.orders.state.open)
    assert notes.isHidden()


async def test_an_order_that_arrives_later_is_shown(studio: Studio) -> None:
    studio.window.design_tab.form.system.choose(EVOLINK)
    await studio.asked()
    await studio.until(studio.evolink.started.is_set)
    studio.window.design_tab.busy.cancel.click()
    notes = studio.window.design_tab.orders
    await studio.until(lambda: notes.open.buttons)
    studio.evolink.finish("task-1")
    notes.open.buttons["look-again"].click()
    await studio.until(lambda: notes.news.buttons)
    assert studio.status == "“Guide” has arrived"
    notes.news.buttons["show-in-library"].click()
    await studio.until(lambda: studio.library.state.chosen)
    assert studio.tab.details.system.text() == "Evolink"


# -- keys and regions ------------------------------------------------------------------------------


async def test_a_key_of_the_other_region_is_tried_there_and_used(studio: Studio) -> None:
    studio.qwen.known = ("cn",)
    await studio.asked()
    tab = studio.window.design_tab
    await studio.until(lambda: tab.error_note.buttons)
    assert studio.qwen.orders == []
    tab.error_note.buttons["other-region"].click()
    await studio.until(lambda: tab.error_note.isHidden())
    assert tab.form.brief().region == "cn"
    tab.busy.start.click()
    await studio.until(lambda: studio.qwen.orders)
    assert studio.qwen.orders[0].region == "cn"


async def test_a_key_that_neither_region_knows_leads_to_the_settings(studio: Studio) -> None:
    studio.qwen.known = ()
    await studio.asked()
    note = studio.window.design_tab.error_note
    await studio.until(lambda: note.buttons)
    note.buttons["other-region"].click()
    await studio.until(lambda: "other-region" not in note.buttons)
    assert note.sentence.text() == "Qwen doesn't know this key. Check it in Settings → Accounts."
    note.buttons["settings"].click()
    assert studio.window.settings is not None
    assert studio.window.settings.isVisible()


async def test_nothing_is_sent_when_the_settings_are_opened(studio: Studio) -> None:
    studio.window.settings_button.click()
    await studio.until(lambda: not studio.tasks.running("accounts.load"))
    assert (studio.qwen.lists, studio.qwen.orders) == (0, [])
    assert studio.accounts.state.card("model-studio-intl").standing.source == "environment"


async def test_a_test_in_the_settings_is_told(studio: Studio) -> None:
    studio.window.open_settings("model-studio-cn")
    assert studio.window.settings is not None
    studio.window.settings.test_asked.emit("model-studio-cn")
    await studio.until(lambda: studio.accounts.state.card("model-studio-cn").probed)
    assert studio.status == "Alibaba Model Studio · Beijing: The key works. No voices there yet."


# -- the library -----------------------------------------------------------------------------------


async def chosen_there(studio: Studio) -> None:
    """One voice that Qwen listed, and its details."""
    studio.qwen.there = [made_voice(QWEN, far_brief(model="vd-1", handle="there"), 1)]
    studio.window.show_tab(LIBRARY)
    studio.tab.left.head.refresh.click()
    await studio.until(lambda: studio.library.state.refreshed and not studio.library.state.refreshing)
    assert studio.tab.refreshed.sentence.text() == "Qwen: 1 voice"
    studio.tab.table.enter()
    await studio.until(lambda: studio.library.state.chosen)


@pytest.mark.parametrize("undo_s", [0.0])
async def test_refreshed_and_deleted_there(studio: Studio) -> None:
    await chosen_there(studio)
    studio.tab.details.remove.click()
    assert studio.tab.note.sentence.text() == "“Announcer” will be deleted here and at Qwen. A copy stays there."
    studio.tab.note.buttons["keep-it"].click()
    assert studio.tab.note.isHidden()
    studio.tab.details.remove.click()
    studio.tab.note.buttons["delete"].click()
    await studio.until(lambda: studio.deletion.state.deleted and not studio.library.state.voices)
    assert studio.qwen.deleted == ["vd-1-there-1"]
    assert studio.tab.note.sentence.text() == "Deleted “Announcer”. A copy stays there."
    assert studio.status == "Deleted “Announcer”, at Qwen too"


async def test_nothing_is_sent_of_a_deletion_that_is_undone(studio: Studio) -> None:
    await chosen_there(studio)
    studio.tab.details.remove.click()
    studio.tab.note.buttons["delete"].click()
    await studio.until(lambda: not studio.library.state.voices)
    studio.tab.note.buttons["undo"].click()
    await studio.until(lambda: studio.library.state.chosen)
    assert studio.status == "Brought back “Announcer”"
    assert studio.qwen.deleted == []


async def test_built_in_voices_are_asked_for_by_themselves(studio: Studio) -> None:
    own = made_voice(QWEN, far_brief(model="vd-1", handle="own"), 1)
    studio.qwen.there = [own, replace(own, voice_id="cherry", name="Cherry", origin=Origin.BUILT_IN)]
    studio.window.show_tab(LIBRARY)
    studio.tab.left.head.choose_kind(built_in=True)
    studio.tab.empty.action.click()
    await studio.until(lambda: studio.library.state.voices and not studio.library.state.refreshing)
    assert [studio.tab.table.voices.index(at, 0).data() for at in range(studio.tab.table.voices.rowCount())] == [
        "Cherry"
    ]


async def test_nobody_to_ask_is_said(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DASHSCOPE_API_KEY")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    studio.window.show_tab(LIBRARY)
    studio.tab.left.head.refresh.click()
    await studio.until(lambda: studio.library.state.nobody_to_ask)
    studio.tab.refreshed.buttons["settings"].click()
    assert studio.window.settings is not None


# -- remembered ----------------------------------------------------------------------------------------


async def test_what_is_asked_elsewhere_is_remembered(studio: Studio) -> None:
    form = studio.window.design_tab.form
    form.region.choose("cn")
    form.model.choose("vd-realtime")
    form.handle.set_text("night")
    memory = studio.desk.memory
    assert (memory.region, memory.model, memory.handle) == ("cn", "vd-realtime", "night")
    form.system.choose(ON_DEVICE)
    assert studio.desk.memory.system == ON_DEVICE
