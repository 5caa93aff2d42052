from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import numpy as np
import pytest

from studio.domain.errors import Reason, StudioError
from studio.engine import profile
from studio.engine.envelopes import BINS, ORDER
from studio.engine.profile import EXEMPLARS_MAX, Profile

CHANCE = np.random.default_rng(4)
MADE = Profile(
    (CHANCE.standard_normal((700, ORDER)) * 8).astype(np.float32),
    CHANCE.standard_normal(ORDER).astype(np.float32),
    smooth_bins=7,
    top_bin=370,
)


def saved(**arrays: object) -> bytes:
    whole = {
        "numbers": np.array([1, 7, 370], np.int32),
        "exemplars": MADE.exemplars.astype(np.float16),
        "source": MADE.source,
    }
    file = io.BytesIO()
    np.savez(file, **(whole | arrays))
    return file.getvalue()


def refused(data: bytes) -> bool:
    with pytest.raises(StudioError) as caught:
        profile.read(data)
    return caught.value.reason is Reason.CANNOT_SPEAK


def test_a_profile_comes_back() -> None:
    again = profile.read(profile.written(MADE))
    assert np.abs(again.exemplars - MADE.exemplars).max() < 0.02
    assert np.array_equal(again.source, MADE.source)
    assert (again.smooth_bins, again.top_bin) == (7, 370)
    assert again.exemplars.dtype == np.float32


def test_the_same_profile_gives_the_same_bytes_at_any_time() -> None:
    data = profile.written(MADE)
    assert profile.written(profile.read(data)) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_biggest_is_small() -> None:
    biggest = Profile(np.zeros((EXEMPLARS_MAX, ORDER), np.float32), MADE.source, 7, 370)
    assert len(profile.written(biggest)) < 400_000


def test_a_file_as_it_should_be_is_taken() -> None:
    assert profile.read(saved()).top_bin == 370


@pytest.mark.parametrize("cut", [0, 1, 30, 1_000, 20_000])
def test_a_cut_file_is_damaged(cut: int) -> None:
    assert refused(profile.written(MADE)[:cut])


def test_any_flipped_byte_is_damage_or_does_no_harm() -> None:
    small = Profile(MADE.exemplars[:1], MADE.source, 7, 370)
    data = bytearray(profile.written(small))
    for at in range(len(data)):
        data[at] ^= 0xFF
        with suppress(StudioError):
            profile.read(bytes(data))
        data[at] ^= 0xFF


def test_what_is_no_archive_is_damaged() -> None:
    assert refused(b"no zip at all" * 100)
    file = io.BytesIO()
    np.save(file, MADE.exemplars)
    assert refused(file.getvalue())


@pytest.mark.parametrize(
    "arrays",
    [
        {"numbers": np.array([2, 7, 370], np.int32)},
        {"numbers": np.array([1, 7], np.int32)},
        {"numbers": np.array([1, 0, 370], np.int32)},
        {"numbers": np.array([1, 7, BINS], np.int32)},
        {"numbers": np.array([1, 9_999, 370], np.int32)},
        {"exemplars": np.zeros((0, ORDER), np.float16)},
        {"exemplars": np.zeros((700, ORDER + 1), np.float16)},
        {"exemplars": np.zeros(ORDER, np.float16)},
        {"exemplars": np.zeros((EXEMPLARS_MAX + 1, ORDER), np.float16)},
        {"exemplars": np.full((9, ORDER), np.nan, np.float16)},
        {"exemplars": np.full((9, ORDER), np.inf, np.float16)},
        {"exemplars": np.array(["x"] * ORDER).reshape(1, -1)},
        {"source": np.zeros(3, np.float32)},
        {"source": np.full(ORDER, np.nan, np.float32)},
    ],
)
def test_other_shapes_and_figures_are_damage(arrays: dict[str, object]) -> None:
    assert refused(saved(**arrays))


def test_a_member_less_is_damage() -> None:
    file = io.BytesIO()
    np.savez(file, numbers=np.array([1, 7, 370]))
    assert refused(file.getvalue())


def test_objects_are_never_unpickled() -> None:
    assert refused(saved(source=np.array([{"a": 1}] * ORDER, object)))


def test_a_file_that_would_unpack_to_gigabytes_is_not_unpacked() -> None:
    file = io.BytesIO()
    np.savez_compressed(file, numbers=np.zeros(3), exemplars=np.zeros((200_000, ORDER)), source=MADE.source)
    assert refused(file.getvalue())
