from __future__ import annotations

import gzip
import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.errors import Reason, StudioError
from studio.providers.unpacking import Unpacker


@given(data=st.binary(max_size=300), at=st.lists(st.integers(0, 320), max_size=4), packed=st.booleans())
def test_the_same_in_any_pieces(data: bytes, at: list[int], packed: bool) -> None:
    body = gzip.compress(data) if packed else data
    unpacker = Unpacker("gzip" if packed else "", 300)
    cuts = [0, *sorted(at), len(body)]
    for start, end in pairwise(cuts):
        unpacker.feed(body[start:end])
    assert unpacker.whole() == data


@given(size=st.integers(0, 5_000), largest=st.integers(0, 5_000))
def test_never_more_than_the_largest(size: int, largest: int) -> None:
    unpacker = Unpacker("gzip", largest)
    body = gzip.compress(b"a" * size)
    if size <= largest:
        unpacker.feed(body)
        assert len(unpacker.whole()) == size
    else:
        with pytest.raises(StudioError) as caught:
            unpacker.feed(body)
        assert caught.value.reason is Reason.TOO_BIG
        assert len(unpacker._data) == largest + 1


def test_nothing_packed_is_nothing() -> None:
    assert Unpacker("gzip", 9).whole() == b""
    assert Unpacker("identity, GZIP", 9).whole() == b""


@given(members=st.lists(st.binary(max_size=50), min_size=1, max_size=4), step=st.integers(1, 40))
def test_further_members_are_the_same_body(members: list[bytes], step: int) -> None:
    body = b"".join(gzip.compress(one) for one in members)
    unpacker = Unpacker("gzip", 200)
    for at in range(0, len(body), step):
        unpacker.feed(body[at : at + step])
    assert unpacker.whole() == b"".join(members)


@pytest.mark.parametrize("tail", [b"a" * 9, b"\0" * 9, b"\x1f", zlib.compress(b"more")], ids=["a", "0", "half", "zlib"])
@pytest.mark.parametrize("packed", [gzip.compress(b"{}"), zlib.compress(b"{}")], ids=["gzip", "zlib"])
def test_nothing_else_follows_the_end(packed: bytes, tail: bytes) -> None:
    for pieces in ([packed + tail], [packed, tail]):
        unpacker = Unpacker("gzip", 99)
        with pytest.raises(StudioError) as caught:
            _fed(unpacker, pieces)
        assert caught.value.reason is (Reason.ANSWER_CUT if tail == b"\x1f" else Reason.UNREADABLE)


def test_further_members_count() -> None:
    unpacker = Unpacker("gzip", 99)
    with pytest.raises(StudioError) as caught:
        unpacker.feed(gzip.compress(b"a" * 50) * 2)
    assert caught.value.reason is Reason.TOO_BIG


def _fed(unpacker: Unpacker, pieces: list[bytes]) -> bytes:
    for piece in pieces:
        unpacker.feed(piece)
    return unpacker.whole()
