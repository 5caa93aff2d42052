"""What a system can do, told as data: the call, the requests that the vendor's document asks for, and the checks."""

from __future__ import annotations

import copy
import json
import re
import traceback
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.domain.errors import Reason, StudioError
from tests.fakes.exchange import Request, Upload
from tests.fakes.gate import PLANTED_KEY

ANYTHING = re.compile(r"(?s).*")
"""In a golden request: any text. Any other pattern must match the whole text."""


@dataclass(frozen=True)
class Golden:
    """A request as the vendor's document has it. `keyed` is off for links and stores on other hosts.

    `json`, `query`, `fields` and `files` are all that may be sent, `headers` what must be there beside the key.
    """

    method: str
    path: str | re.Pattern[str]
    json: object = None
    query: Mapping[str, object] = field(default_factory=dict)
    fields: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    keyed: bool = True

    def differences(self, request: Request) -> list[str]:
        """Empty for a request that is as it should be."""
        pairs = {
            "method": (self.method, request.method),
            "path": (self.path, request.path),
            "query": (dict(self.query), dict(request.query)),
            "headers": (dict(self.headers), {name: request.headers.get(name) for name in self.headers}),
            "fields": (dict(self.fields), request.fields),
            "files": (dict(self.files), request.files),
        }
        if not request.parts:
            pairs["json"] = (self.json, request.json if request.body else None)
        return [f"{name}: {came!r} instead of {due!r}" for name, (due, came) in pairs.items() if not same(due, came)]

    def matches(self, request: Request) -> bool:
        try:
            return not self.differences(request)
        except ValueError:
            return False


def same(due: object, came: object) -> bool:
    """Equal in every value and type: 1 is neither True nor 1.0."""
    if isinstance(due, re.Pattern):
        return isinstance(came, str) and due.fullmatch(came) is not None
    if isinstance(due, Upload) and isinstance(came, Upload):
        return same(due.filename, came.filename) and (due.media, due.data) == (came.media, came.data)
    if isinstance(due, dict):
        return isinstance(came, dict) and due.keys() == came.keys() and all(same(due[key], came[key]) for key in due)
    if isinstance(due, list):
        return isinstance(came, list) and len(due) == len(came) and all(map(same, due, came))
    return type(due) is type(came) and due == came


@dataclass(frozen=True)
class Deed:
    """One thing that a system can do. `name` begins with the method of the port.

    `main` is which of the `golden` requests is the deed itself (the paid one, where one is); `audio` is where base64
    audio stands in the JSON answer to it. `reasons` are those that differ from the contract's table, by the name of
    the fault, None where the deed succeeds all the same. `makes` is off where nothing is left of a paid deed that
    went wrong: a voice may have been spoken with, but none was made.
    """

    name: str
    act: Callable[[Any], Awaitable[object]]
    golden: tuple[Golden, ...]
    paid: bool = False
    makes: bool = True
    main: int = 0
    audio: tuple[str, ...] = ()
    reasons: Mapping[str, Reason | None] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


OF_A_HANDSHAKE: Mapping[str, Reason | None] = {
    "dropped before": Reason.ANSWER_CUT,
    "dropped after": Reason.ANSWER_CUT,
    "half a body": Reason.UNREADABLE,
    "bomb": Reason.UNREADABLE,
    "cut": Reason.UNREADABLE,
}
"""A WebSocket's opening asks for nothing yet, and what isn't its answer is no answer at all."""


def check_no_key(error: BaseException | None) -> None:
    """In nothing that is shown, logged or written to a crash report, down the whole chain of causes."""
    if error is None:
        return
    told = "".join(traceback.format_exception(error))
    chain: BaseException | None = error
    while chain is not None:
        told += f"{chain} {chain!r} {chain.args!r} {vars(chain) if isinstance(chain, StudioError) else ''}"
        chain = chain.__cause__ or chain.__context__
    assert PLANTED_KEY not in told


def broken(told: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str, object]]:
    """A JSON document with one place at a time missing, null, of another type, or unknown: (what, document)."""
    for wrong in (None, 17, "unheard-of", [], {}, [None, 3, "x"], True, ""):
        if type(wrong) is not type(_at(told, path)):
            yield f"{path} is {wrong!r}", _with(told, path, lambda parent, key, wrong=wrong: _put(parent, key, wrong))
    here = _at(told, path)
    if path and isinstance(_at(told, path[:-1]), dict):
        yield f"{path} is missing", _with(told, path, lambda parent, key: parent.pop(key))
    if isinstance(here, str):
        yield f"{path} is unknown", _with(told, path, lambda parent, key: _put(parent, key, "unheard-of"))
    if isinstance(here, int | float):
        yield f"{path} is negative", _with(told, path, lambda parent, key: _put(parent, key, -1e30))
    inside = here.keys() if isinstance(here, dict) else range(min(2, len(here))) if isinstance(here, list) else ()
    for key in inside:
        yield from broken(told, (*path, key))


def replaced(told: object, path: tuple[str, ...], value: object) -> object:
    """The document with another value at a place."""
    return _with(told, path, lambda parent, key: _put(parent, key, value))


def _at(told: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        told = told[key]
    return told


def _put(parent: Any, key: str | int, value: object) -> None:
    parent[key] = value


def _with(told: object, path: tuple[str | int, ...], change: Callable[[Any, Any], object]) -> object:
    whole = json.loads(json.dumps([copy.deepcopy(told)]))  # in a list, so that the root has a parent too
    change(_at(whole, (0, *path)[:-1]), (0, *path)[-1])
    return whole[0]
