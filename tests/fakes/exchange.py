"""Requests and replies of pretend servers, and what can go wrong between the two."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import Message
from email.policy import HTTP
from enum import Enum, auto
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Upload:
    """A file of a multipart form."""

    filename: str
    media: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Request:
    """One request as it came; `headers` have names in lower case, `path` is still percent-encoded."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        """Raises ValueError."""
        return json.loads(self.body)

    @cached_property
    def parts(self) -> tuple[tuple[str, str | Upload], ...]:
        """Fields and files of a multipart form in their order; empty for any other body."""
        kind = self.headers.get("content-type", "")
        if not kind.startswith("multipart/form-data"):
            return ()
        form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + self.body, policy=HTTP)
        return tuple(_part(part) for part in form.iter_parts())

    @property
    def fields(self) -> dict[str, str]:
        return {name: value for name, value in self.parts if isinstance(value, str)}

    @property
    def files(self) -> dict[str, Upload]:
        return {name: value for name, value in self.parts if isinstance(value, Upload)}


def _part(part: Message) -> tuple[str, str | Upload]:
    name = str(part.get_param("name", "", header="content-disposition"))
    data = part.get_payload(decode=True)
    assert isinstance(data, bytes)
    filename = part.get_filename()
    return name, data.decode() if filename is None else Upload(filename, part.get_content_type(), data)


@dataclass(frozen=True)
class Reply:
    """`json`, where given, goes before `body`; `pieces`, where given, before both: chunks, without a length."""

    status: int = 200
    body: bytes = b""
    json: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: tuple[bytes, ...] = ()

    @property
    def content(self) -> bytes:
        if self.pieces:
            return b"".join(self.pieces)
        return self.body if self.json is None else json.dumps(self.json, ensure_ascii=False).encode()

    @property
    def media(self) -> str:
        return "application/octet-stream" if self.json is None else "application/json"


class Complaint(Exception):
    """What a request has wrong by the vendor's documents; raised by an app, noted by the server."""

    def __init__(self, words: str, reply: Reply | None = None) -> None:
        super().__init__(words)
        self.reply = reply or Reply(400, json={"code": "BadRequest", "message": words})


class How(Enum):
    """What becomes of a reply on its way."""

    WHOLE = auto()
    DROPPED = auto()
    """The connection is closed before a byte of it."""
    HALF = auto()
    """All headers with the full length, half the body or half the pieces, then the connection is closed."""
    ENDLESS = auto()
    """Its body over and over, until nobody reads any more."""
    HELD = auto()
    """Nothing, until the server is released."""
    HELD_HALF = auto()
    """Headers and half the body or half the pieces, and the rest once the server is released."""
    DRIPPING = auto()
    """A byte or a piece now and then."""


@dataclass(frozen=True)
class Fault:
    """A scripted failure. `handled`: whether the app saw the request, so that what was asked for is made.

    `alter` makes the reply that is sent from the app's (from an empty 200 if it wasn't asked).
    """

    name: str
    how: How = How.WHOLE
    handled: bool = False
    alter: Callable[[Reply], Reply] = field(default=lambda reply: reply)

    def __str__(self) -> str:
        return self.name


def status(code: int, body: bytes | str = b"", *, json: object = None, **headers: str) -> Fault:
    """A status instead of the app's reply; header names with `_` for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = body.encode() if isinstance(body, str) else body
    return Fault(str(code), alter=lambda _: Reply(code, content, json, named))


def page(code: int = 502) -> Fault:
    html = b"<!DOCTYPE html><html><body><h1>Bad Gateway</h1></body></html>"
    return Fault(f"page {code}", alter=lambda _: Reply(code, html, headers={"content-type": "text/html"}))


def redirect(to: str, code: int = 307) -> Fault:
    return Fault(f"redirect {code}", alter=lambda _: Reply(code, headers={"location": to}))


def dropped(*, handled: bool = False) -> Fault:
    return Fault("dropped after" if handled else "dropped before", How.DROPPED, handled)


def half(*, handled: bool = True) -> Fault:
    return Fault("half a body", How.HALF, handled, lambda reply: reply if handled else Reply(body=b"{" + b" " * 99))


def held(*, handled: bool = True) -> Fault:
    return Fault("held", How.HELD, handled)


def held_half() -> Fault:
    return Fault("held in its body", How.HELD_HALF, handled=True)


def dripping() -> Fault:
    return Fault("dripping", How.DRIPPING, handled=True)


def endless(start: bytes = b'{"a": "', more: bytes = b"a" * 65_536) -> Fault:
    return Fault("endless", How.ENDLESS, alter=lambda _: Reply(body=start + more))


def bomb(size: int = 200 << 20) -> Fault:
    """A JSON document that unpacks to `size` bytes."""
    return Fault("bomb", alter=lambda _: Reply(body=_packed(size), headers={"content-encoding": "gzip"}))


def altered(name: str, alter: Callable[[Reply], Reply]) -> Fault:
    return Fault(name, handled=True, alter=alter)


def echoing(key: str, code: int = 400) -> Fault:
    """A server that says the key back wherever it can."""
    said = {"code": key, "message": f"no such key: {key}", "request_id": key, "error": {"code": key, "message": key}}
    return status(code, json={**said, "detail": key}, x_request_id=key)


def with_json(reply: Reply, told: object) -> Reply:
    return replace(reply, json=told, body=json.dumps(told).encode())


_packs: dict[int, bytes] = {}


def _packed(size: int) -> bytes:
    if size not in _packs:
        _packs[size] = gzip.compress(b'{"a": "' + b"a" * size + b'"}', 1)
    return _packs[size]
