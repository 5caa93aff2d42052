from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from studio.domain.accounts import (
    ACCOUNTS,
    COSYVOICE,
    EVOLINK,
    NOIZ,
    OPENTALKING,
    QWEN,
    SPEECH_SERVER,
    Access,
    Place,
    Region,
    Role,
    account_info,
    account_name,
    cleaned_key,
    other_region,
)
from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field


@pytest.mark.parametrize(
    ("system", "region", "name"),
    [
        (QWEN, "", "model-studio-intl"),
        (QWEN, "intl", "model-studio-intl"),
        (COSYVOICE, Region.CN, "model-studio-cn"),
        (COSYVOICE, "cn", "model-studio-cn"),
        (EVOLINK, "", "evolink"),
        (EVOLINK, "cn", "evolink"),
        (NOIZ, "", "noiz"),
        (OPENTALKING, "", "opentalking"),
        (SPEECH_SERVER, "", "speech-server"),
        (ON_DEVICE, "", ON_DEVICE),
        ("unheard-of", "", "unheard-of"),
    ],
)
def test_the_account_that_serves_a_system(system: str, region: str, name: str) -> None:
    assert account_name(system, region) == name


def test_regions_are_each_others_other() -> None:
    intl, cn = account_info("model-studio-intl"), account_info("model-studio-cn")
    assert other_region(intl.name) is cn
    assert other_region(cn.name) is intl
    assert [info.name for info in ACCOUNTS if other_region(info.name)] == [intl.name, cn.name]


def test_an_account_that_is_none() -> None:
    for ask in (account_info, other_region):
        with pytest.raises(StudioError) as caught:
            ask("acme")
        assert (caught.value.reason, caught.value.detail) == (Reason.NO_SUCH_ACCOUNT, "acme")


def test_what_is_declared_holds_together() -> None:
    assert [info.name for info in ACCOUNTS] == [
        "model-studio-intl",
        "model-studio-cn",
        "evolink",
        "noiz",
        "opentalking",
        "speech-server",
    ]
    for info in ACCOUNTS:
        one_address = f"VOICE_STUDIO_{info.name.upper().replace('-', '_')}_URL"
        assert info.url_variable == ("" if info.roles else one_address)
        assert bool(info.roles) is not bool(info.base_url)
        assert not info.base_url.endswith("/")
        assert re.fullmatch(r"(/\w+)*", info.path)
        assert not info.path or not info.base_url.endswith(info.path)
        assert info.needs_key == bool(info.keys_page)
        assert not info.needs_key or urlsplit(info.base_url).scheme == "https"
    assert {account_info(name).key_variable for name in ("model-studio-intl", "model-studio-cn")} == {
        "DASHSCOPE_API_KEY"
    }


def test_a_pasted_key_is_trimmed() -> None:
    assert cleaned_key(" \tsk-1/+=_~\r\n") == "sk-1/+=_~"


@pytest.mark.parametrize("text", ["", "  \n"])
def test_no_key(text: str) -> None:
    assert _fault(text) is Fault.MISSING


@pytest.mark.parametrize("text", ["sk 1", "sk\n1", "sk\x001", "sk\x7f", "sk\u200b1", "ключ", "sk\u00a01", "•••"])
def test_what_no_key_holds(text: str) -> None:
    assert _fault(text) is Fault.NOT_PLAIN


def _fault(text: str) -> Fault:
    with pytest.raises(StudioError) as caught:
        cleaned_key(text)
    assert caught.value.reason is Reason.BAD_INPUT
    assert not text.strip() or text not in f"{caught.value!r} {caught.value.detail}"
    (problem,) = caught.value.problems
    assert problem.field is Field.API_KEY
    return problem.fault


def test_a_key_is_in_no_repr() -> None:
    assert "sk-1" not in repr(Access("evolink", "https://a", "sk-1"))


def test_a_server_for_each_role() -> None:
    info = account_info("speech-server")
    assert [(one.role, one.url_variable) for one in info.roles] == [
        (role, f"VOICE_STUDIO_SPEECH_{role.upper()}_URL") for role in Role
    ]
    assert info.takes_key
    assert not info.needs_key
    access = Access(info.name, "", urls=((Role.CLONE, "http://gpu:8092/v1"),))
    assert access.url(Role.CLONE) == "http://gpu:8092/v1"
    with pytest.raises(StudioError) as caught:
        access.url(Role.DESIGN)
    assert (caught.value.reason, caught.value.code) == (Reason.ADDRESS_MISSING, "design")
    assert Access("noiz", "https://noiz.ai/v1").url(None) == "https://noiz.ai/v1"


def test_addresses_by_role_are_in_the_order_of_the_roles() -> None:
    place = Place().with_url(Role.CUSTOM, "http://c").with_url(Role.DESIGN, "http://d").with_url(Role.CLONE, "")
    assert place.urls == ((Role.DESIGN, "http://d"), (Role.CUSTOM, "http://c"))
    assert place.with_url(Role.CUSTOM, "").urls == ((Role.DESIGN, "http://d"),)
