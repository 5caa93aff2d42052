from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.providers import slices

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_it_reads_what_json_reads(value: object, indent: int | None, plain: bool) -> None:
    data = json.dumps(value, indent=indent, ensure_ascii=plain).encode("utf-8", "surrogatepass")
    assert slices.loads(data) == json.loads(data)


@given(st.binary(max_size=30) | st.text(alphabet='{}[]:," 0a\\n', max_size=14).map(str.encode))
def test_it_refuses_what_json_refuses(data: bytes) -> None:
    try:
        expected = json.loads(data)
    except (ValueError, RecursionError):
        with pytest.raises((ValueError, RecursionError)):
            slices.loads(data)
    else:
        assert slices.loads(data) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("data", [b"", b"{", b"[1,]", b'{"a": 1,}', b'{"a" 1}', b"{1: 2}", b"[1 2]", b"[] []", b"[,]"])
def test_half_documents_are_none(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        slices.loads(data)


def test_depth_is_no_trap() -> None:
    with pytest.raises(RecursionError):
        slices.loads(b"[" * 100_000)
