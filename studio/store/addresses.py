"""Addresses that a person sets: made plain, or refused as BAD_INPUT before a key is sent to the wrong place."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from studio.domain.accounts import AccountInfo, Place
from studio.domain.errors import Reason, StudioError
from studio.domain.hosts import is_safe
from studio.domain.limits import Fault, Field, Problem

LONGEST = 2_000

_WORKSPACE = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_PLAIN = re.compile(r"[!-~]*")


def cleaned_place(place: Place, info: AccountInfo) -> Place:
    """Empty where it says what the vendor's own is. Raises BAD_INPUT."""
    base_url = cleaned_base_url(place.base_url, info)
    if info.roles and base_url:
        raise bad(Field.BASE_URL, Fault.NOT_OFFERED)
    cleaned = Place("" if base_url == info.base_url else base_url, cleaned_workspace(place.workspace, info))
    offered = [one.role for one in info.roles]
    for role, url in place.urls:
        if role not in offered:
            raise bad(Field.BASE_URL, Fault.NOT_OFFERED)
        cleaned = cleaned.with_url(role, cleaned_base_url(url, info))
    return cleaned


def with_key_in_mind(place: Place, info: AccountInfo) -> Place:
    """The same. Raises BAD_INPUT for an address that no key is ever sent to, of an account that needs one.

    Only of what a person sets now: one in the file or the environment is refused where a key would be sent.
    """
    if info.needs_key and place.base_url and not is_safe(place.base_url):
        raise bad(Field.BASE_URL, Fault.INSECURE)
    return place


def cleaned_base_url(text: str, info: AccountInfo) -> str:
    """Without a slash at the end, and without the path of the API that was pasted along; empty stays empty."""
    url = text.strip()
    if not url:
        return ""
    parts = _parts(url, Field.BASE_URL)
    path = parts.path.rstrip("/")
    if info.path and path.endswith(info.path):
        path = path.removesuffix(info.path).rstrip("/")
    if "//" in path or {".", ".."} & set(path.split("/")):
        raise bad(Field.BASE_URL, Fault.NOT_READABLE)
    return f"{parts.scheme}://{parts.netloc}{path}"


def cleaned_workspace(text: str, info: AccountInfo) -> str:
    workspace = text.strip()
    if not workspace:
        return ""
    if not info.takes_workspace:
        raise bad(Field.WORKSPACE, Fault.NOT_OFFERED)
    if not _WORKSPACE.fullmatch(workspace):
        raise bad(Field.WORKSPACE, Fault.NOT_PLAIN)
    return workspace


def cleaned_proxy(text: str) -> str:
    """The URL of an HTTP proxy. A user and password in it would be a secret in a file, so they are refused."""
    url = text.strip()
    if not url:
        return ""
    parts = _parts(url, Field.PROXY)
    if parts.path not in ("", "/"):
        raise bad(Field.PROXY, Fault.NOT_READABLE)
    return f"{parts.scheme}://{parts.netloc}"


def bad(field: Field, fault: Fault, limit: int = 0, actual: int = 0) -> StudioError:
    return StudioError(Reason.BAD_INPUT, problems=(Problem(field, fault, limit, actual),))


def _parts(url: str, field: Field) -> SplitResult:
    """A http or https URL of host, port and path alone."""
    if len(url) > LONGEST:
        raise bad(field, Fault.TOO_LONG, LONGEST, len(url))
    if not _PLAIN.fullmatch(url) or any(character in url for character in "?#\\@"):
        raise bad(field, Fault.NOT_PLAIN)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # brackets that don't match, a port that is no number
        raise bad(field, Fault.NOT_READABLE) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or parts.netloc.endswith(":"):
        raise bad(field, Fault.NOT_READABLE)
    return parts
