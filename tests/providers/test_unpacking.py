from __future__ import annotations

import gzip
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
