"""What a sound file says of its own length, so that one that was cut off or lost a part is known for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from av import AudioStream, Packet
    from av.container import InputContainer

SLACK_S, SLACK_PART = 0.1, 0.005
"""What an encoder puts before and after isn't always counted, and the clocks of a film drift."""

_INDEX_WITHIN = 4_096
_TAIL = 1 << 17
_PAGE_HEAD = 27

_RATES_KBIT = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES_HZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def promised_s(file: BinaryIO, container: InputContainer, stream: AudioStream) -> float:
    """Less the slack; 0 where nothing is promised, as by an MP3 without an index: FFmpeg guesses there."""
    kind = container.format.name
    own = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
    whole = (container.duration or 0) / 1e6
    if kind == "mp3":
        return max(0.0, own - SLACK_S) if has_index(file) else 0.0
    if kind.startswith("mov"):
        seconds = min(own, whole or own)  # a list of edits may leave out a part of the track
    elif kind.startswith("matroska") and len(container.streams) == 1:
        seconds = whole
    else:
        return 0.0
    return max(0.0, seconds * (1 - SLACK_PART) - SLACK_S)


def has_index(file: BinaryIO) -> bool:
    """Whether an MP3 tells how many frames it has. The file is left where it was."""
    at, start = file.tell(), 0
    try:
        file.seek(0)
        while (head := file.read(10))[:3] == b"ID3" and len(head) == 10:
            start += 10 + sum((byte & 0x7F) << 7 * (3 - place) for place, byte in enumerate(head[6:]))
            file.seek(start)
        file.seek(start)
        begin = file.read(_INDEX_WITHIN)
    finally:
        file.seek(at)
    return any(name in begin for name in (b"Xing", b"Info", b"VBRI"))


def is_cut(kind: str, packet: Packet[AudioStream]) -> bool:
    """Whether FFmpeg found less of it than there should be, or a frame of MP3 or AAC less than its own head says.

    Of a WAV without sizes every last packet is less than FFmpeg asked for.
    """
    if packet.is_corrupt:
        return kind != "wav"
    if kind not in ("mp3", "aac") or packet.size < 6:
        return False
    head = bytes(memoryview(packet)[:6])
    return packet.size < (_mp3_bytes(head) if kind == "mp3" else _adts_bytes(head))


def _mp3_bytes(head: bytes) -> int:
    """Of a frame of layer III (ISO 11172-3, 2.4.1.3), 0 for what isn't one."""
    version, layer, rate, bits = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 2 & 3, head[2] >> 4
    if head[0] != 0xFF or head[1] < 0xE0 or layer != 1 or version == 1 or rate == 3 or bits == 15:
        return 0
    kbit = _RATES_KBIT[3 if version == 3 else 2][bits]
    return (144 if version == 3 else 72) * 1_000 * kbit // _RATES_HZ[version][rate] + (head[2] >> 1 & 1 if kbit else 0)


def _adts_bytes(head: bytes) -> int:
    """Of a frame with its head (ISO 13818-7, 6.2), 0 for what isn't one."""
    if head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return 0
    return (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5


def is_short(head: bytes, size: int) -> bool:
    """Whether a WAV or AIFF has fewer bytes than it says.

    What a streaming writer leaves there promises nothing, and some writers count the head, too.
    """
    if head[:4] not in (b"RIFF", b"RIFX", b"FORM"):
        return False
    promised = int.from_bytes(head[4:8], "little" if head[:4] == b"RIFF" else "big")
    return size < promised < 0x7FFF_0000


def ends_open(file: BinaryIO, head: bytes, size: int) -> bool:
    """Whether an Ogg file's last page isn't marked as the last or isn't whole (RFC 3533, 6).

    The file is left where it was.
    """
    if head[:4] != b"OggS":
        return False
    at = file.tell()
    try:
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
    finally:
        file.seek(at)
    page = tail[max(0, tail.rfind(b"OggS")) :]
    if len(page) < _PAGE_HEAD or not page[5] & 4:
        return True
    sizes = page[_PAGE_HEAD : _PAGE_HEAD + page[26]]
    return len(page) < _PAGE_HEAD + page[26] + sum(sizes)
