"""Speaking from elsewhere with a server of one's own: one question in JSON, answered with the sound itself."""

from __future__ import annotations

import shlex

from studio.ports import CodeKind
from studio.providers import examples
from studio.providers.examples import CURL, OUTPUT, Door, literal
from studio.providers.reading import Record


def example(door: Door, path: str, body: Record, kind: CodeKind) -> str:
    return (_curl if kind is CodeKind.CURL else _python)(door.base_url + path, door, body)


def _curl(url: str, door: Door, body: Record) -> str:
    asked = [
        f"{CURL} --output {OUTPUT}",
        *door.shell_headers(examples.JSON_TYPE),
        shlex.quote(url),
        examples.here(body, then=" ||"),
    ]
    return f"{examples.shell(asked)}  cat {OUTPUT}\n"


def _python(url: str, door: Door, body: Record) -> str:
    headers = door.python_headers('"Content-Type": "application/json"')
    return f"""{door.python_start("json")}
URL = {literal(url)}
HEADERS = {headers}
BODY = {literal(body)}

with open("{OUTPUT}", "wb") as file:
    file.write(send(URL, HEADERS, json.dumps(BODY).encode()))
"""
