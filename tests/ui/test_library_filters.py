"""The filter bar and the bar for many voices: what they offer, and what goes out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.accounts import QWEN
from studio.domain.briefs import ON_DEVICE
from studio.domain.languages import Language
from studio.domain.search import Filter
from studio.domain.voices import Origin, Status
from studio.domain.whereabouts import Whereabouts
from studio.ports import Labels
from studio.ui.combo import Combo
from studio.ui.library.bulk_bar import BulkBar
from studio.ui.library.facets import Facets
from studio.ui.library.filters import FilterBar

from . import states

FACETS = Facets(
    systems=(ON_DEVICE, QWEN),
    origins=(Origin.DESIGNED, Origin.BUILT_IN),
    languages=(Language.ZH, Language.EN),
    tags=("night",),
    collections=(),
)


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    made = FilterBar()
    qtbot.addWidget(made)
    made.render_systems(states.EVERY)
    made.render_facets(FACETS)
    return made


@pytest.fixture
def bulk(qtbot: QtBot) -> BulkBar:
    made = BulkBar()
    qtbot.addWidget(made)
    made.render_facets(replace(FACETS, tags=("night", "phone"), collections=("Winter",)))
    return made


def offered(combo: Combo) -> list[str]:
    return [combo.itemText(row) for row in range(combo.count())]


def test_only_what_occurs_is_offered(bar: FilterBar) -> None:
    assert offered(bar.system) == ["All systems", "This computer", "Qwen"]
    assert offered(bar.origin) == ["All origins", "Designed"]
    assert offered(bar.language) == ["All languages", "Chinese", "English"]
    assert offered(bar.tag) == ["All tags", "night"]
    assert bar.collection.isHidden()
    assert offered(bar.status)[:4] == ["Any status", "Ready", "Here and there", "Only there"]
    names = [combo.accessibleName() for combo in (bar.system, bar.origin, bar.status)]
    assert names == ["System filter", "Origin filter", "Status filter"]


def test_every_choice_goes_out_whole(bar: FilterBar, qtbot: QtBot) -> None:
    told: list[Filter] = []
    bar.changed.connect(told.append)
    bar.system.choose(QWEN)
    bar.status.choose(Status.READY)
    bar.status.choose(Whereabouts.EXPIRED)
    bar.tag.choose("night")
    bar.favourite.click()
    bar.origin.choose(Origin.DESIGNED)
    bar.language.choose(Language.ZH)
    assert told[1:3] == [Filter(system=QWEN, ready=True), Filter(system=QWEN, whereabouts=Whereabouts.EXPIRED)]
    expired = Filter(system=QWEN, whereabouts=Whereabouts.EXPIRED, tag="night", favourite=True)
    assert told[-1] == replace(expired, origin=Origin.DESIGNED, language=Language.ZH)
    assert (told[-1].origin, told[-1].language) == (Origin.DESIGNED, Language.ZH)
    assert (type(told[-1].origin), type(told[-1].language)) == (Origin, Language)
    bar.clear.click()
    assert told[-1] == bar.filter() == Filter()
    assert len(told) == 8
    assert bar.clear.isHidden()


def test_what_is_chosen_stays_where_nothing_has_it_any_more(bar: FilterBar) -> None:
    told: list[Filter] = []
    bar.tag.choose("night")
    bar.changed.connect(told.append)
    bar.render_facets(Facets())
    assert (bar.filter(), told) == (Filter(tag="night"), [])
    assert offered(bar.tag) == ["All tags", "night"]


def test_the_bar_wraps_in_a_narrow_window(bar: FilterBar) -> None:
    assert bar.minimumSizeHint().width() <= 400
    assert bar.heightForWidth(500) > bar.heightForWidth(1_600)


def test_the_bulk_bar_is_there_for_more_than_one(bulk: BulkBar) -> None:
    bulk.render_selection((states.voice(1),))
    assert bulk.isHidden()
    bulk.render_selection((states.voice(1), states.voice(2)))
    assert (bulk.isHidden(), bulk.count.text(), bulk.play_all.isEnabled()) == (False, "2 voices", False)


def test_tags_of_all_are_ticked_and_taken_back(bulk: BulkBar) -> None:
    told: list[Labels] = []
    bulk.label_asked.connect(told.append)
    bulk.render_selection(
        (replace(states.voice(1), tags=("night", "phone")), replace(states.voice(2), tags=("phone", "own")))
    )
    menu = bulk.tag_menu()
    actions = {action.text(): action for action in menu.actions() if action.isCheckable()}
    assert {text: action.isChecked() for text, action in actions.items()} == {"phone": True, "night": False}
    actions["phone"].trigger()
    actions["night"].trigger()
    menu.written.setText("  late   show ")
    menu.written.returnPressed.emit()
    assert told == [Labels(drop_tags=("phone",)), Labels(add_tags=("night",)), Labels(add_tags=("late show",))]


def test_a_collection_is_chosen_or_left(bulk: BulkBar) -> None:
    told: list[Labels] = []
    bulk.label_asked.connect(told.append)
    bulk.render_selection((replace(states.voice(1), collection="Summer"), states.voice(2)))
    menu = bulk.collection_menu()
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert list(actions) == ["Winter", "No collection"]
    for action in actions.values():
        action.trigger()
    menu.close()
    assert told == [Labels(collection="Winter"), Labels(collection="")]


def test_stars_and_the_rest(bulk: BulkBar, qtbot: QtBot) -> None:
    told: list[Labels] = []
    bulk.label_asked.connect(told.append)
    those = tuple(replace(states.voice(number), favourite=True, has_clips=True) for number in (1, 2))
    bulk.render_selection((*those, states.voice(3)))
    bulk.favourite.click()
    bulk.render_selection(those)
    bulk.favourite.click()
    menu = bulk.rate_menu()
    menu.actions()[0].trigger()
    menu.actions()[-1].trigger()
    menu.close()
    assert told == [Labels(favourite=True), Labels(favourite=False), Labels(rating=5), Labels(rating=0)]
    for button, signal in (
        (bulk.play_all, bulk.play_all_asked),
        (bulk.export, bulk.export_asked),
        (bulk.delete, bulk.delete_asked),
    ):
        with qtbot.waitSignal(signal):
            button.click()
