"""Speaking with a voice of Noiz from elsewhere: a multipart form, answered with the sound itself."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from studio.ports import CodeKind
from studio.providers import examples
from studio.providers.examples import CURL, OUTPUT, Door, literal


def example(door: Door, path: str, fields: Mapping[str, str], kind: CodeKind) -> str:
    return (_curl if kind is CodeKind.CURL else _python)(door.base_url + path, door, fields)


def _curl(url: str, door: Door, fields: Mapping[str, str]) -> str:
    asked = [
        f"{CURL} --output {OUTPUT}",
        *door.shell_headers(),
        *(f"--form-string {shlex.quote(f'{name}={value}')}" for name, value in fields.items()),
        f"{shlex.quote(url)} &&",
    ]
    return f"""\
# Errors come as JSON, also under 200, and then stand in {OUTPUT}.
{examples.shell(asked)}
  head -c 4 {OUTPUT} | grep -q RIFF || cat {OUTPUT}
"""


def _python(url: str, door: Door, fields: Mapping[str, str]) -> str:
    media = '"Content-Type": "multipart/form-data; boundary=" + BOUNDARY'
    return f"""{door.python_start("uuid")}
URL = {literal(url)}
FIELDS = {literal(dict(fields))}
BOUNDARY = uuid.uuid4().hex
HEADERS = {door.python_headers(media)}

form = "".join(
    f'--{{BOUNDARY}}\\r\\nContent-Disposition: form-data; name="{{name}}"\\r\\n\\r\\n{{value}}\\r\\n'
    for name, value in FIELDS.items()
)
sound = send(URL, HEADERS, f"{{form}}--{{BOUNDARY}}--\\r\\n".encode())
if not sound.startswith(b"RIFF"):  # errors come as JSON, also under 200
    raise SystemExit(sound.decode(errors="replace"))
with open("{OUTPUT}", "wb") as file:
    file.write(sound)
"""
