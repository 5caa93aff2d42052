from __future__ import annotations

from io import BytesIO

import pytest

from studio.engine import protocol
from studio.engine.protocol import Kind


def test_a_message_comes_out_as_it_went_in() -> None:
    pipe = BytesIO()
    protocol.write(pipe, Kind.SOUND, 7, b"\1\2\3", done=0.5)
    protocol.write(pipe, Kind.SPEAK, 8, text="你好 🎉\n")
    pipe.seek(0)
    first, second = protocol.read(pipe), protocol.read(pipe)
    assert first is not None
    assert second is not None
    assert (first.kind, first.number, first.payload, first.amount("done")) == (Kind.SOUND, 7, b"\1\2\3", 0.5)
    assert (second.number, second.text("text"), second.payload) == (8, "你好 🎉\n", b"")
    assert protocol.read(pipe) is None


@pytest.mark.parametrize(
    "data",
    [b"", b"\0\0", b"\0\0\0\5abc", b"\0\0\0\2{}", b"\xff\xff\xff\xff", b"\0\0\0\4null", b"Fatal error: nothing works"],
)
def test_noise_and_half_messages_end_the_pipe(data: bytes) -> None:
    assert protocol.read(BytesIO(data)) is None


def test_a_cut_payload_ends_the_pipe() -> None:
    pipe = BytesIO()
    protocol.write(pipe, Kind.SOUND, 1, b"12345678")
    assert protocol.read(BytesIO(pipe.getvalue()[:-1])) is None
