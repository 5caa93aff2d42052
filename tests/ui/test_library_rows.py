"""Rows of voices: changes by identity, order, filter and search come to the same as doing it all anew."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from studio.domain.search import Filter, haystack, matches, words_of
from studio.domain.voices import Origin, Voice
from studio.ui.library.columns import Column, sort_key
from studio.ui.library.rows import Change, Rows
from tests.bench.voices import voices

SOME = voices(600, seed=3)


def rows_of(those: tuple[Voice, ...]) -> Rows:
    rows = Rows()
    rows.render_voices(those, {})
    return rows


def shown(rows: Rows) -> list[Voice]:
    while not rows.seeker.done:
        rows.seeker.note(rows.seeker.go_on(1.0))
    return [rows.voices[slot] for slot in rows.shown]


def expected(rows: Rows, those: tuple[Voice, ...]) -> list[Voice]:
    """Without any of the shortcuts."""
    words = words_of(rows.filter.query)
    found = [voice for voice in those if matches(haystack(voice, "", ""), words)]
    found.sort(key=lambda voice: voice.created, reverse=True)
    key = sort_key(rows.column, {})
    known = [voice for voice in found if key(voice) is not None]
    known.sort(key=key, reverse=rows.down)
    return known + [voice for voice in found if key(voice) is None]


def caught_up(rows: Rows) -> Rows:
    rows.seeker.catch_up(10.0)
    return rows


@pytest.mark.parametrize("column", [Column.NAME, Column.CREATED, Column.LAST_USED, Column.PITCH, Column.SYSTEM])
@pytest.mark.parametrize("down", [True, False])
def test_any_changes_end_as_if_read_anew(column: Column, down: bool) -> None:
    chance = random.Random(f"{column}{down}")  # noqa: S311
    rows, now = rows_of(SOME[:300]), list(SOME[:300])
    rows.sort(column, down=down)
    for step in range(40):
        what, place = chance.randrange(4), chance.randrange(len(now))
        if what == 0:
            now[place] = replace(now[place], notes=f"calm {step}", name=f"N {step}", pitch_hz=100.0 + step)
        elif what == 1:
            del now[place : place + chance.randrange(1, 80)]
        elif what == 2:
            made = SOME[400].created + timedelta(seconds=step - 20)
            now[place:place] = [replace(SOME[400], library_id=UUID(int=step), created=made)]
        else:
            rows.apply(Filter(query=chance.choice(("", "calm", "ca", "n 1", "小"))))
        now = now or list(SOME[:50])
        rows.render_voices(tuple(now), {})
        assert shown(rows) == expected(rows, tuple(now))
        assert rows.totals == {False: len(now), True: 0}


def test_what_no_row_shows_is_a_change_of_cells_alone() -> None:
    rows = rows_of(SOME)
    assert rows.render_voices(SOME, {}) is Change.NONE
    assert rows.render_voices((*SOME[:9], replace(SOME[9], notes="zzvelvet"), *SOME[10:]), {}) is Change.CELLS
    rows.apply(Filter(query="zzvelvet"))
    assert [voice.notes for voice in shown(rows)] == ["zzvelvet"]
    assert rows.render_voices(SOME, {}) is Change.ROWS
    assert shown(rows) == []


def test_a_slot_is_kept_while_its_voice_changes() -> None:
    rows = rows_of(SOME)
    slot = rows.slot_of(SOME[5].library_id)
    rows.render_voices((*SOME[:5], replace(SOME[5], name="Zoe"), *SOME[6:]), {})
    assert rows.slot_of(SOME[5].library_id) == slot
    rows.render_voices(SOME[6:], {})
    assert rows.slot_of(SOME[5].library_id) == -1


def test_typing_on_and_back_finds_the_same_as_each_query_by_itself() -> None:
    rows = caught_up(rows_of(SOME))
    for query in ("c", "ca", "cal", "calm", "calm m", "calm", "c", "", "小雨", "calm"):
        rows.apply(Filter(query=query))
        assert shown(rows) == expected(rows, SOME)


def test_an_index_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.ui.library.seeking.INDEX_FROM", 100)
    __import__("numpy")
    rows = rows_of(SOME)
    while rows.seeker.behind:
        caught_up(rows)
    changed = (*SOME[:7], replace(SOME[7], notes="zzq"), *SOME[8:])
    for those in (SOME, changed, changed[1:], SOME):
        rows.render_voices(those, {})
        for query in ("c", "ca", "calm", "calm m", "zzq", "zz", "小", "小雨", "ж", "7f"):
            rows.apply(Filter(query=query))
            assert shown(rows) == expected(rows, those)


def test_a_long_search_goes_on_in_pieces_and_keeps_its_first_rows() -> None:
    rows = rows_of(SOME)
    rows.apply(Filter(query="a"))
    rows.seeker.note(rows.seeker.go_on(0.0))
    first = rows.shown[:]
    assert 0 < len(first) < len(SOME)
    assert not rows.seeker.done
    everything = shown(rows)
    assert rows.shown[: len(first)] == first
    assert everything == expected(rows, SOME)


def test_a_change_during_a_search_begins_it_again() -> None:
    rows = rows_of(SOME)
    rows.apply(Filter(query="a"))
    rows.seeker.note(rows.seeker.go_on(0.0))
    rows.render_voices(SOME[1:], {})
    assert shown(rows) == expected(rows, SOME[1:])


def test_only_what_occurs_is_offered_and_no_longer_than_it_does() -> None:
    one = replace(SOME[0], tags=("a", "b"), collection="C", origin=Origin.CLONED)
    rows = caught_up(rows_of((one, replace(SOME[1], tags=("b",), collection=""))))
    assert (rows.seeker.facets().tags, rows.seeker.facets().collections) == (("a", "b"), ("C",))
    rows.render_voices((replace(SOME[1], tags=("b",), collection=""),), {})
    caught_up(rows)
    assert (rows.seeker.facets().tags, rows.seeker.facets().collections) == (("b",), ())


@pytest.mark.parametrize("count", [300, 4_200])
def test_a_very_long_id_is_found_with_and_without_an_index(count: int) -> None:
    long_id = "Vs-" + "7f3a" * 2_000 + "-end"
    those = (replace(SOME[0], voice_id=long_id, library_id=UUID(int=1)), *voices(count, seed=5))
    rows = caught_up(rows_of(those))
    for query in (long_id[:32_000], long_id[100:400], long_id[-300:], long_id[-12:]):
        rows.apply(Filter(query=query[:150]))
        shown(rows)
        rows.apply(Filter(query=query))
        assert shown(rows) == [those[0]]
