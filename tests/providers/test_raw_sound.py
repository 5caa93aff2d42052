from __future__ import annotations

import numpy as np
import pytest

from studio.domain.audio import AudioFormat, Pcm
from studio.domain.errors import Reason, StudioError
from studio.providers.raw_sound import HEADER_MAX, RawSound
from tests.fakes.model_studio import tone

RAW = tone(0.2, AudioFormat.PCM)


def fed(sound: RawSound, data: bytes, size: int) -> np.ndarray:
    pieces = [sound.feed(data[at : at + size]) for at in range(0, len(data), size)]
    return np.concatenate([piece.samples for piece in pieces if piece is not None])


@pytest.mark.parametrize("size", [1, 3, 1_000, 100_000])
def test_samples_are_the_same_however_they_are_cut(size: int) -> None:
    sound = RawSound(24_000)
    heard = fed(sound, RAW, size)
    assert heard.shape == (4_800, 1)
    assert heard.dtype == np.float32
    assert np.array_equal((heard[:, 0] * 32_768).astype("<i2"), np.frombuffer(RAW, "<i2"))
    assert (sound.said, sound.rate_hz) == (len(RAW), 24_000)


@pytest.mark.parametrize("size", [1, 7, 44, 100_000])
def test_the_header_of_a_wav_that_was_cut_up_is_no_sound(size: int) -> None:
    sound = RawSound(24_000)
    heard = fed(sound, tone(0.2, AudioFormat.WAV, 16_000), size)
    assert (heard.shape, sound.rate_hz) == ((3_200, 1), 16_000)
    assert abs(float(heard.max()) - 0.3) < 0.01


def _wav(fmt: bytes, data: bytes, size: int, between: bytes = b"") -> bytes:
    head = b"RIFF\xff\xff\xff\xffWAVE" + b"fmt " + len(fmt).to_bytes(4, "little") + fmt + between
    return head + b"data" + size.to_bytes(4, "little") + data


FMT = b"\x01\0\x01\0\xc0\x5d\0\0\x80\xbb\0\0\x02\0\x10\0"
STEREO = b"\x01\0\x02\0\xc0\x5d\0\0\0\x77\x01\0\x04\0\x10\0"


def test_lengths_that_a_stream_can_not_know_and_chunks_behind_the_sound() -> None:
    assert len(fed(RawSound(8_000), _wav(FMT, RAW, 0xFFFFFFFF), 100)) == 4_800
    assert len(fed(RawSound(8_000), _wav(FMT, RAW, 0), 100)) == 4_800
    note = b"LIST\x05\0\0\0abcde\0"
    assert len(fed(RawSound(8_000), _wav(FMT, RAW + note, len(RAW), note), 100)) == 4_800


def test_two_channels_become_one() -> None:
    sound = RawSound(24_000)
    pairs = np.stack([np.full(10, 16_384, "<i2"), np.zeros(10, "<i2")], axis=1).tobytes()
    piece = sound.feed(_wav(STEREO, pairs, len(pairs)))
    assert isinstance(piece, Pcm)
    assert piece.samples.tolist() == [[0.25]] * 10


@pytest.mark.parametrize(
    "data",
    [
        b"ID3\x04 and more",
        b"OggS and more",
        b"<html><body>",
        b'{"code": "x"}',
        _wav(FMT.replace(b"\x10\0", b"\x08\0"), b"", 0),
        _wav(b"\x03" + FMT[1:], b"", 0),
        _wav(FMT[:4] + b"\0\0\0\0" + FMT[8:], b"", 0),
        b"RIFF\0\0\0\0WAVELIST" + (HEADER_MAX + 1).to_bytes(4, "little"),
    ],
)
def test_what_is_no_sound_is_never_played(data: bytes) -> None:
    with pytest.raises(StudioError) as caught:
        RawSound(24_000).feed(data)
    assert caught.value.reason is Reason.UNREADABLE_AUDIO


def test_nothing_yet() -> None:
    sound = RawSound(24_000)
    assert sound.feed(b"") is None
    assert sound.feed(b"RIF") is None
    assert sound.feed(b"F") is None
    assert sound.said == 0


RIFF_SOUND = (b"AB" * 9 + b"RIFFxxxxWAVx" + b"RI" * 3) * 4
"""Samples that look like the beginnings of headers and are none."""


@pytest.mark.parametrize("size", [1, 5, 12, 1_000])
def test_what_only_begins_like_a_header_is_sound(size: int) -> None:
    sound = RawSound(24_000)
    pieces = [sound.feed(RIFF_SOUND[at : at + size]) for at in range(0, len(RIFF_SOUND), size)]
    pieces.append(sound.feed(b"", last=True))
    heard = np.concatenate([piece.samples for piece in pieces if piece is not None])
    assert (heard[:, 0] * 32_768).astype("<i2").tobytes() == RIFF_SOUND
    assert sound.said == len(RIFF_SOUND)


@pytest.mark.parametrize("size", [1, 7, 44, 100_000])
def test_a_header_in_the_middle_begins_anew(size: int) -> None:
    for first in (_wav(FMT, RAW, 0xFFFFFFFF), _wav(FMT, RAW, len(RAW)), RAW):
        sound = RawSound(24_000)
        assert len(fed(sound, first + _wav(STEREO, RAW + RAW, 2 * len(RAW)), size)) == 2 * 4_800
        assert sound.lack == ""


def test_what_headers_promised_and_did_not_come() -> None:
    sound = RawSound(24_000)
    fed(sound, _wav(FMT, RAW, len(RAW) + 10) + _wav(FMT, RAW, len(RAW) + 4), 100)
    assert sound.lack.startswith("14 bytes less")
    assert sound.feed(b"\0\0\0\0" * 2, last=True)
    assert sound.lack.startswith("10 bytes less")


def test_sound_of_two_rates_is_no_sound() -> None:
    sound = RawSound(24_000)
    sound.feed(_wav(FMT, RAW, len(RAW)))
    with pytest.raises(StudioError, match=f"^{Reason.UNREADABLE_AUDIO.value}"):
        sound.feed(tone(0.2, AudioFormat.WAV, 16_000))
