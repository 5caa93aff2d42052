from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.samples import Media, Sample, is_url, media_of


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"RIFF\x24\0\0\0WAVEfmt ", Media.WAV),
        (b"RIFF\x24\0\0\0AVI LIST", None),
        (b"RIFX\0\0\0\x24WAVE", None),
        (b"ID3\x04\0\0", Media.MP3),
        (b"\xff\xfb\x90\0", Media.MP3),  # MPEG 1, layer III
        (b"\xff\xf3\x90\0", Media.MP3),  # MPEG 2, layer III
        (b"\xff\xf1\x50\x80", None),  # AAC in ADTS
        (b"\xff\xfd\x90\0", None),  # layer II
        (b"\0\0\0\x20ftypM4A ", Media.M4A),
        (b"\0\0\0\x18ftypmp42", Media.M4A),
        (b"OggS", None),
        (b"fLaC", None),
        (b"<!DOCTYPE html>", None),
        (b"", None),
        (b"\xff", None),
    ],
)
def test_the_content_tells_the_kind(data: bytes, media: Media | None) -> None:
    assert media_of(data) is media


@given(st.binary(max_size=20))
def test_any_bytes_have_a_kind_or_none(data: bytes) -> None:
    assert media_of(data) in {None, *Media}


def test_the_suffix_of_each_kind() -> None:
    assert [media.suffix for media in Media] == [".wav", ".mp3", ".m4a"]


def test_a_sample_is_in_no_repr() -> None:
    assert "secret" not in repr(Sample(b"secret", Media.WAV))


@pytest.mark.parametrize("text", ["http://a", "https://a", "HTTPS://A/b.wav"])
def test_addresses(text: str) -> None:
    assert is_url(text)


@pytest.mark.parametrize("text", ["", "a.wav", "ftp://a", "/home/http://", "httpx://a", "oss://a"])
def test_what_is_no_address(text: str) -> None:
    assert not is_url(text)
