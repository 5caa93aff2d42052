"""Calls that a person copies: a door, a text, and how values stand in a shell's and in Python's source.

What is copied works as it is: the key stays in the environment, nothing is installed for it but `websockets` where
there is no other way, and a text or a voice id may hold anything.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from studio.domain.accounts import Role, account_info
from studio.domain.errors import Reason, StudioError
from studio.domain.sentences import parts
from studio.domain.voices import Voice
from studio.providers.reading import Record
from studio.providers.transport import Auth, Line

OUTPUT = "speech.wav"
ANSWER = "answer.json"

CURL = "curl --silent --show-error --fail-with-body"

LINK = f"""grep -Eo '"https?:[^"]*"' {ANSWER} | head -n 1 | sed 's/\\\\u0026/\\&/g' | tr -d '"\\\\'"""
"""In a shell: the first link in the answer, free of what JSON may write instead of `&` and `/`."""

JSON_TYPE = "Content-Type: application/json"

_SEND = """

def send(url, headers, data=None):
    request = urllib.request.Request(url, data, {"User-Agent": "voice-studio-example", **headers})
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{error.code}: {error.read().decode(errors='replace')}")

"""


@dataclass(frozen=True, slots=True)
class Door:
    """An account as an example has it: no key, but the variable that holds one; empty where none is needed."""

    base_url: str
    key_variable: str
    before_key: str
    headers: Mapping[str, str]

    def shell_headers(self, *more: str) -> list[str]:
        """As arguments, with the key from the environment."""
        told = [
            shlex.quote(header) for header in (*(f"{name}: {value}" for name, value in self.headers.items()), *more)
        ]
        if self.key_variable:
            told.insert(0, f'"Authorization: {self.before_key}${{{self.key_variable}}}"')
        return [f"--header {header}" for header in told]

    def python_headers(self, *more: str) -> str:
        """As the source of a dict; `more` is source, too."""
        told = [*(f"{literal(name)}: {literal(value)}" for name, value in self.headers.items()), *more]
        if self.key_variable:
            before = f'"{self.before_key}" + ' if self.before_key else ""
            told.insert(0, f'"Authorization": {before}os.environ["{self.key_variable}"]')
        return "{" + ", ".join(told) + "}"

    def python_start(self, *modules: str) -> str:
        """Imports, and a function `send` that ends the program with the words of a refusal."""
        needed = sorted({"urllib.error", "urllib.request", *modules, *(("os",) if self.key_variable else ())})
        return "".join(f"import {module}\n" for module in needed) + _SEND


async def door(line: Line, account: str, auth: Auth, role: Role | None = None) -> Door:
    """The address in use; the vendor's own where no key is set yet. Raises what else keeps an address from being
    known, ADDRESS_MISSING for a role without one. A key that may be left out is, where none is set."""
    info = account_info(account)
    key_variable = info.key_variable if auth.value is not None else ""
    try:
        entry = await line.entry(account, role)
    except StudioError as error:
        if error.reason is not Reason.KEY_MISSING:
            raise
        return Door(info.base_url + info.path, key_variable, auth.value or "", {})
    headers = {name: value for name, value in entry.headers.items() if name != "Authorization"}
    key_variable = key_variable if entry.key or info.needs_key else ""
    return Door(entry.base_url, key_variable, auth.value or "", headers)


def words(voice: Voice, text: str, longest: int) -> str:
    """What is said: as much of the text as one call takes, or something where there is none."""
    said = next((one for one in (text, voice.preview_text) if one.strip()), "Good evening.")
    return parts(said.replace("\0", "").encode("utf-8", "replace").decode(), longest)[0]


def shell(lines: list[str]) -> str:
    """One command over several lines."""
    return " \\\n  ".join(lines)


def here(body: Record, *, then: str = "") -> str:
    """The end of a command that reads a body from its input: a text of any length and with any sign in it.

    An exclamation mark would be the history's in some shells, wherever it stands.
    """
    told = json.dumps(body, indent=2, ensure_ascii=False)
    told = told if _is_whole(told) else json.dumps(body, indent=2)
    told = told.replace("!", "\\u0021")
    return f"--data-binary @- <<'REQUEST'{then}\n{told}\nREQUEST\n"


def literal(value: object, depth: int = 0) -> str:
    """As Python source; a dict with a line for each of its items."""
    if isinstance(value, dict):
        inner = "    " * (depth + 1)
        items = cast("dict[str, object]", value).items()
        told = "".join(f"{inner}{literal(name)}: {literal(one, depth + 1)},\n" for name, one in items)
        return f"{{\n{told}{'    ' * depth}}}" if told else "{}"
    if isinstance(value, str):
        return json.dumps(value) if value.isascii() else repr(value) if _is_whole(value) else ascii(value)
    return repr(value)


def not_offered(voice: Voice, why: str) -> StudioError:
    return StudioError(Reason.NOT_OFFERED, system=voice.system, detail=why)


def _is_whole(text: str) -> bool:
    """No half characters, which no clipboard holds."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
