"""Title, artist and comment written into a file, its sound left as it is.

FFmpeg copies the coded sound of WAV, FLAC and Opus; an MP3's tag is written here, for FFmpeg hides the comment where
players don't look (in a frame of its own), and makes a new index, with which an MP3 that had none becomes shorter.
"""

from __future__ import annotations

import io
from typing import Any, cast

from studio.domain.audio import AudioFormat, Finish
from studio.domain.errors import Reason, StudioError

_CONTAINERS = {AudioFormat.WAV: "wav", AudioFormat.FLAC: "flac", AudioFormat.OPUS: "opus"}
_LANGUAGE = 3 * b"X"  # ID3 for "not said"


def tagged(data: bytes, audio_format: AudioFormat, finish: Finish) -> bytes:
    """The words that are there. Raises UNREADABLE_AUDIO for what FFmpeg can't copy."""
    words = {
        name: words
        for name, words in (("title", finish.title), ("artist", finish.artist), ("comment", finish.comment))
        if words
    }
    if not words:
        return data
    if audio_format is AudioFormat.MP3:
        return _id3(words) + data[_id3_size(data) :]
    return _copied(data, _CONTAINERS[audio_format], words)


def _copied(data: bytes, container: str, words: dict[str, str]) -> bytes:
    import av
    from av.error import FFmpegError

    made = io.BytesIO()
    try:
        with (
            av.open(io.BytesIO(data), "r", metadata_errors="replace") as old,
            av.open(made, "w", format=container, container_options={"fflags": "+bitexact"}) as writing,
        ):
            new = cast("Any", writing)  # whose types are known in part only
            new.metadata.update(words)
            sound = new.add_stream_from_template(old.streams.audio[0])
            for packet in old.demux(old.streams.audio[0]):
                if packet.dts is not None:  # the last one is empty
                    packet.stream = sound
                    new.mux(packet)
    except (FFmpegError, ValueError, IndexError) as error:
        raise StudioError(Reason.UNREADABLE_AUDIO, detail=f"{container}: {error}") from error
    return made.getvalue()


def _id3(words: dict[str, str]) -> bytes:
    """Version 2.3 in UTF-16, which every player and file manager reads."""
    frames = b""
    for name, text in words.items():
        body = b"\1" + (_LANGUAGE + _utf16("") + b"\0\0" if name == "comment" else b"") + _utf16(text)
        frame = {"title": b"TIT2", "artist": b"TPE1", "comment": b"COMM"}[name]
        frames += frame + len(body).to_bytes(4, "big") + b"\0\0" + body
    return b"ID3\3\0\0" + _in_sevens(len(frames)) + frames


def _id3_size(data: bytes) -> int:
    """Of the tag that is there already."""
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    size = 10
    for place, byte in enumerate(data[6:10]):
        size += (byte & 0x7F) << (7 * (3 - place))
    return size + (10 if data[5] & 0x10 else 0)


def _in_sevens(size: int) -> bytes:
    """Four bytes with seven bits each, so that no decoder takes one for the beginning of sound."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def _utf16(text: str) -> bytes:
    return b"\xff\xfe" + text.replace("\0", " ").encode("utf-16-le", "replace")
