"""Addresses are made plain or refused."""

from __future__ import annotations

import pytest

from studio.domain.accounts import Place, account_info
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem
from studio.store.addresses import LONGEST, cleaned_base_url, cleaned_place, cleaned_proxy, cleaned_workspace

INTL = account_info("model-studio-intl")
NOIZ = account_info("noiz")
HOME = account_info("opentalking")


def problem(caught: pytest.ExceptionInfo[StudioError]) -> Problem:
    assert caught.value.reason is Reason.BAD_INPUT
    (found,) = caught.value.problems
    return found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", ""),
        ("  ", ""),
        ("https://dashscope-intl.aliyuncs.com", "https://dashscope-intl.aliyuncs.com"),
        (" HTTPS://host/ ", "https://host"),
        ("https://host/api/v1", "https://host"),
        ("https://host/api/v1///", "https://host"),
        ("https://host/gate/api/v1/", "https://host/gate"),
        ("https://host/api/v1/services", "https://host/api/v1/services"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
    ],
)
def test_base_urls(text: str, meant: str) -> None:
    assert cleaned_base_url(text, INTL) == meant
    assert cleaned_base_url(meant, INTL) == meant


def test_only_the_accounts_own_path_is_cut() -> None:
    assert cleaned_base_url("https://noiz.ai/v1/", NOIZ) == "https://noiz.ai/v1"
    assert cleaned_base_url("http://box/talk/api/v1", HOME) == "http://box/talk/api/v1"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("host", Fault.NOT_READABLE),
        ("host:8000", Fault.NOT_READABLE),
        ("ftp://host", Fault.NOT_READABLE),
        ("file:///etc/passwd", Fault.NOT_READABLE),
        ("https://", Fault.NOT_READABLE),
        ("https:///path", Fault.NOT_READABLE),
        ("https://host:port", Fault.NOT_READABLE),
        ("https://host:", Fault.NOT_READABLE),
        ("https://host:0", Fault.NOT_READABLE),
        ("https://host:99999", Fault.NOT_READABLE),
        ("https://[::1", Fault.NOT_READABLE),
        ("https://host//x", Fault.NOT_READABLE),
        ("https://host/a/../b", Fault.NOT_READABLE),
        ("https://user:word@host", Fault.NOT_PLAIN),
        ("https://host?key=1", Fault.NOT_PLAIN),
        ("https://host/#x", Fault.NOT_PLAIN),
        ("https://host/#", Fault.NOT_PLAIN),
        ("https://host\\@evil", Fault.NOT_PLAIN),
        ("https://ho st", Fault.NOT_PLAIN),
        ("https://ho\nst", Fault.NOT_PLAIN),
        ("https://höst", Fault.NOT_PLAIN),
        ("https://" + "h" * LONGEST, Fault.TOO_LONG),
    ],
)
def test_what_is_no_address(text: str, fault: Fault) -> None:
    with pytest.raises(StudioError) as caught:
        cleaned_base_url(text, INTL)
    assert (problem(caught).field, problem(caught).fault) == (Field.BASE_URL, fault)
    with pytest.raises(StudioError) as caught:
        cleaned_proxy(text)
    assert problem(caught).field is Field.PROXY


@pytest.mark.parametrize(
    ("text", "meant"), [("", ""), (" http://proxy:3128/ ", "http://proxy:3128"), ("https://proxy", "https://proxy")]
)
def test_proxies(text: str, meant: str) -> None:
    assert cleaned_proxy(text) == meant


@pytest.mark.parametrize("text", ["socks5://proxy:1080", "http://proxy/path", "http://me:secret@proxy"])
def test_no_other_proxies_and_no_secrets_in_them(text: str) -> None:
    with pytest.raises(StudioError) as caught:
        cleaned_proxy(text)
    assert problem(caught).field is Field.PROXY
    assert "secret" not in repr(caught.value) + caught.value.detail


def test_workspaces() -> None:
    for good in ("", "ws-1", "A_b-9", "w" * 64):
        assert cleaned_workspace(f" {good} ", INTL) == good
    for bad in ("-a", "_a", "w" * 65, "a b", "a\nb", "ä", "a\r\nX-Header: 1"):
        with pytest.raises(StudioError) as caught:
            cleaned_workspace(bad, INTL)
        assert problem(caught) == Problem(Field.WORKSPACE, Fault.NOT_PLAIN)
    with pytest.raises(StudioError) as caught:
        cleaned_workspace("ws", NOIZ)
    assert problem(caught) == Problem(Field.WORKSPACE, Fault.NOT_OFFERED)


def test_the_vendors_own_address_stays_the_vendors_to_change() -> None:
    assert cleaned_place(Place("https://dashscope-intl.aliyuncs.com/api/v1/", "ws"), INTL) == Place("", "ws")
