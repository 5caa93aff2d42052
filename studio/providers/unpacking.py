"""Bodies as they come, unpacked with an eye on their size: httpx's own way unpacks a whole piece first."""

from __future__ import annotations

import zlib

from studio.domain.errors import Reason, StudioError

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_GZIP = 16 + zlib.MAX_WBITS


class Unpacker:
    """Takes a body piece by piece; of what it unpacks to, `largest` bytes are held or `taken` in all.

    Several packed members in a row are one body (RFC 1952, 2.2); nothing else may follow an end.
    Raises UNREADABLE for another packing than was asked for, TOO_BIG, and ANSWER_CUT where the end is missing.
    """

    def __init__(self, encoding: str, largest: int) -> None:
        named = [name for one in encoding.lower().split(",") if (name := one.strip()) and name != "identity"]
        if len(named) > 1 or not {*named} <= {"gzip", "x-gzip", "deflate"}:
            raise StudioError(Reason.UNREADABLE, detail=f"packed as {encoding[:100]}")
        self._stream = zlib.decompressobj(_GZIP_OR_ZLIB) if named else None
        self._largest = largest
        self._data = bytearray()
        self._count = 0
        self._any = False

    def feed(self, chunk: bytes) -> None:
        self._any = self._any or bool(chunk)
        if not self._stream:
            self._keep(chunk)
        while self._stream and chunk:
            if self._stream.eof:
                self._stream = zlib.decompressobj(_GZIP)
            try:
                self._keep(self._stream.decompress(chunk, self._largest + 1 - self._count))
            except zlib.error as error:
                raise StudioError(Reason.UNREADABLE, detail=f"not packed as it says: {error}") from error
            chunk = self._stream.unused_data

    def _keep(self, piece: bytes) -> None:
        self._data += piece
        self._count += len(piece)
        if self._count > self._largest:
            raise StudioError(Reason.TOO_BIG, detail=f"more than {self._largest} bytes")

    def taken(self) -> bytes:
        """What is held, which is let go."""
        data = bytes(self._data)
        self._data.clear()
        return data

    def whole(self) -> bytes:
        if self._stream and self._any and not self._stream.eof:
            raise StudioError(Reason.ANSWER_CUT, detail="packed, and without an end")
        return bytes(self._data)
