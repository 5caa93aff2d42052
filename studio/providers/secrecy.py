"""The key on its way: who holds it, and that it comes back in no answer and no error."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from studio.domain.errors import StudioError
from studio.providers.calls import Answer

HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class Entry:
    """An account's door: its address, and the headers that open it, the key among them."""

    base_url: str
    headers: Mapping[str, str] = field(repr=False)
    key: str = field(repr=False)


def without(key: str, answer: Answer) -> Answer:
    """A server may say the key back."""
    data, headers = answer.data, answer.headers
    if key and key.encode() in data:
        data = data.replace(key.encode(), HIDDEN.encode())
    if key and any(key in value for value in headers.values()):
        headers = {name: value.replace(key, HIDDEN) for name, value in headers.items()}
    return Answer(answer.system, answer.status, data, headers, answer.paid)


@contextmanager
def redacted(key: str) -> Generator[None, None, None]:
    """Errors leave without the key: neither in their words nor in those of what led to them."""
    try:
        yield
    except StudioError as error:
        if key:
            _redact(error, key)
        raise


def _redact(error: StudioError, key: str) -> None:
    for name in ("detail", "code", "request_id", "voice_id"):
        setattr(error, name, getattr(error, name).replace(key, HIDDEN))
    error.args = tuple(str(arg).replace(key, HIDDEN) for arg in error.args)
    under: BaseException | None = error
    while under := under.__cause__ or under.__context__:
        if key in f"{under} {under!r}":
            error.__cause__ = error.__context__ = None
            return
