"""Where a voice is: one word for what the library's and the system's lists make of it together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studio.domain.limits import SystemInfo
from studio.domain.voices import Origin, Status, Voice
from studio.domain.whereabouts import Whereabouts, deleted_on, whereabouts_of
from tests.fakes.voices import voice

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
THERE = SystemInfo("far", "Far", needs_key=True, note="", retention_days=365)
NO_LIST = replace(THERE, lists_own=False, retention_days=None)


def made(**fields: object) -> Voice:
    return voice(**{"system": "far", "created": NOON, "has_clips": True, **fields})


@pytest.mark.parametrize(
    ("fields", "info", "expected"),
    [
        ({}, NO_LIST, Whereabouts.ONLY_HERE),
        ({}, None, Whereabouts.ONLY_HERE),
        ({}, THERE, Whereabouts.BOTH),  # made there through this program
        ({"listed": NOON}, THERE, Whereabouts.BOTH),
        ({"listed": NOON, "has_clips": False}, THERE, Whereabouts.ONLY_THERE),
        ({"listed": NOON, "changed": True}, THERE, Whereabouts.CHANGED),
        ({"status": Status.IN_REVIEW, "changed": True}, THERE, Whereabouts.IN_REVIEW),
        ({"status": Status.REJECTED}, THERE, Whereabouts.REJECTED),
        ({"status": Status.GONE, "gone": NOON + timedelta(days=364)}, THERE, Whereabouts.DELETED_THERE),
        ({"status": Status.GONE, "gone": NOON + timedelta(days=366)}, THERE, Whereabouts.EXPIRED),
        ({"status": Status.GONE, "gone": NOON + timedelta(days=366)}, NO_LIST, Whereabouts.DELETED_THERE),
        ({"status": Status.GONE}, THERE, Whereabouts.DELETED_THERE),
    ],
)
def test_one_word_for_every_voice(fields: dict[str, object], info: SystemInfo | None, expected: Whereabouts) -> None:
    assert whereabouts_of(made(**fields), info) is expected


def test_a_voice_is_deleted_a_year_after_it_was_used_last() -> None:
    assert deleted_on(made(), THERE) == NOON + timedelta(days=365)
    assert deleted_on(made(last_used=NOON + timedelta(days=100)), THERE) == NOON + timedelta(days=465)
    assert deleted_on(made(), NO_LIST) is None
    assert deleted_on(made(origin=Origin.BUILT_IN), THERE) is None
    assert deleted_on(made(), None) is None
