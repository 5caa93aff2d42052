"""Where voices live outside this computer: one account per vendor and region, its key and its address."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from studio.domain.briefs import ON_DEVICE
from studio.domain.errors import Reason, StudioError
from studio.domain.limits import Fault, Field, Problem

COSYVOICE = "cosyvoice"
QWEN = "qwen"
EVOLINK = "evolink"
NOIZ = "noiz"
OPENTALKING = "opentalking"
SPEECH_SERVER = "speech-server"


class Region(StrEnum):
    """Deployment scopes of Alibaba Model Studio; voices and keys belong to one of them."""

    INTL = "intl"
    CN = "cn"

    @property
    def label(self) -> str:
        return "International (Singapore)" if self is Region.INTL else "Chinese mainland (Beijing)"


class Role(StrEnum):
    """What one of several servers behind an account is for: each holds one model."""

    DESIGN = "design"
    CLONE = "clone"
    CUSTOM = "custom"
    """Preset voices."""


@dataclass(frozen=True, slots=True)
class RoleInfo:
    """A role as a person meets it, and the variable of the environment that may have its address."""

    role: Role
    label: str
    url_variable: str


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """An account that a person can have a key for. `path` is the part of the API's address behind the base URL.

    One with `roles` has an address for each of them instead of one of its own, and none that goes without saying.
    """

    name: str
    label: str
    systems: tuple[str, ...]
    base_url: str
    url_variable: str
    path: str = ""
    region: Region | None = None
    key_variable: str = ""
    keys_page: str = ""
    takes_workspace: bool = False
    key_optional: bool = False
    roles: tuple[RoleInfo, ...] = ()

    @property
    def takes_key(self) -> bool:
        return bool(self.key_variable)

    @property
    def needs_key(self) -> bool:
        return self.takes_key and not self.key_optional


_MODEL_STUDIO = "Alibaba Model Studio"

ACCOUNTS: tuple[AccountInfo, ...] = (
    AccountInfo(
        name="model-studio-intl",
        label=f"{_MODEL_STUDIO} · International",
        systems=(QWEN, COSYVOICE),
        base_url="https://dashscope-intl.aliyuncs.com",
        url_variable="VOICE_STUDIO_MODEL_STUDIO_INTL_URL",
        path="/api/v1",
        region=Region.INTL,
        key_variable="DASHSCOPE_API_KEY",
        keys_page="https://modelstudio.console.alibabacloud.com",
        takes_workspace=True,
    ),
    AccountInfo(
        name="model-studio-cn",
        label=f"{_MODEL_STUDIO} · Beijing",
        systems=(QWEN, COSYVOICE),
        base_url="https://dashscope.aliyuncs.com",
        url_variable="VOICE_STUDIO_MODEL_STUDIO_CN_URL",
        path="/api/v1",
        region=Region.CN,
        key_variable="DASHSCOPE_API_KEY",
        keys_page="https://bailian.console.aliyun.com",
        takes_workspace=True,
    ),
    AccountInfo(
        name="evolink",
        label="EvoLink",
        systems=(EVOLINK,),
        base_url="https://api.evolink.ai",
        url_variable="VOICE_STUDIO_EVOLINK_URL",
        path="/v1",
        key_variable="EVOLINK_API_KEY",
        keys_page="https://evolink.ai/dashboard/keys",
    ),
    AccountInfo(
        name="noiz",
        label="Noiz",
        systems=(NOIZ,),
        base_url="https://noiz.ai/v1",
        url_variable="VOICE_STUDIO_NOIZ_URL",
        key_variable="NOIZ_API_KEY",
        keys_page="https://developers.noiz.ai",
    ),
    AccountInfo(
        name="opentalking",
        label="OpenTalking",
        systems=(OPENTALKING,),
        base_url="http://localhost:8000",
        url_variable="VOICE_STUDIO_OPENTALKING_URL",
    ),
    AccountInfo(
        name="speech-server",
        label="Speech server",
        systems=(SPEECH_SERVER,),
        base_url="",
        url_variable="",
        path="/v1",
        key_variable="VOICE_STUDIO_SPEECH_KEY",
        key_optional=True,
        roles=(
            RoleInfo(Role.DESIGN, "Design server", "VOICE_STUDIO_SPEECH_DESIGN_URL"),
            RoleInfo(Role.CLONE, "Clone server", "VOICE_STUDIO_SPEECH_CLONE_URL"),
            RoleInfo(Role.CUSTOM, "Preset voices server", "VOICE_STUDIO_SPEECH_CUSTOM_URL"),
        ),
    ),
)


class KeySource(StrEnum):
    """Where the key in use comes from; the environment goes before the keyring."""

    NONE = "none"
    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    SESSION = "session"


Urls = tuple[tuple[Role, str], ...]
"""Addresses by role, in the order of the roles; a role without one is not in it."""


@dataclass(frozen=True, slots=True)
class Access:
    """What a request needs: addresses end without a slash, `key` is empty where none is set."""

    account: str
    base_url: str
    key: str = field(default="", repr=False)
    workspace: str = ""
    urls: Urls = ()

    def url(self, role: Role | None) -> str:
        """Raises ADDRESS_MISSING for a role that the person gave no address."""
        if role is None:
            return self.base_url
        if url := dict(self.urls).get(role):
            return url
        raise StudioError(Reason.ADDRESS_MISSING, code=role.value, detail=f"no address for: {role.value}")


@dataclass(frozen=True, slots=True)
class Place:
    """Settings of an account that are no secret; empty means the vendor's own."""

    base_url: str = ""
    workspace: str = ""
    urls: Urls = ()

    def with_url(self, role: Role, url: str) -> Place:
        """With this address for the role; empty takes it away."""
        told = dict(self.urls) | {role: url}
        return replace(self, urls=tuple((one, told[one]) for one in Role if told.get(one)))


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands: where its key comes from, the key's last characters, and its address or addresses.

    `trouble` is why the keyring can't be read now, or an address is none.
    """

    info: AccountInfo
    source: KeySource = KeySource.NONE
    ending: str = ""
    place: Place = Place()
    base_url: str = ""
    url_from_environment: bool = False
    trouble: StudioError | None = None
    urls: Urls = ()
    roles_from_environment: tuple[Role, ...] = ()

    @property
    def has_address(self) -> bool:
        """Whether the person gave one, by hand or in the environment."""
        return self.url_from_environment or bool(self.place.base_url or self.urls)


@dataclass(frozen=True, slots=True)
class Probed:
    """What a free call to an account told: how many voices it has, or how many credits are left."""

    voices: int | None = None
    credits: float | None = None


LONGEST_KEY = 4_096


def account_info(name: str) -> AccountInfo:
    """Raises NO_SUCH_ACCOUNT."""
    for info in ACCOUNTS:
        if info.name == name:
            return info
    raise StudioError(Reason.NO_SUCH_ACCOUNT, detail=name)


def account_name(system: str, region: str = "") -> str:
    """The account that serves a system in a region (the first where none is named); this computer is its own."""
    serving = [info for info in ACCOUNTS if system in info.systems]
    for info in serving:
        if not info.region or info.region == (region or Region.INTL):
            return info.name
    return system if system == ON_DEVICE or not serving else serving[0].name


def other_region(name: str) -> AccountInfo | None:
    """The account of the same vendor in the other region, if there is one."""
    info = account_info(name)
    return next((one for one in ACCOUNTS if one.systems == info.systems and one.name != name), None)


def cleaned_key(text: str) -> str:
    """A pasted key without the blanks around it. Raises BAD_INPUT if it is empty or holds what no key holds."""
    key = text.strip()
    if not key:
        raise _bad_key(Fault.MISSING)
    if len(key) > LONGEST_KEY:
        raise _bad_key(Fault.TOO_LONG, len(key))
    if not all("!" <= character <= "~" for character in key):
        raise _bad_key(Fault.NOT_PLAIN)
    return key


def _bad_key(fault: Fault, actual: int = 0) -> StudioError:
    limit = LONGEST_KEY if fault is Fault.TOO_LONG else 0
    return StudioError(Reason.BAD_INPUT, problems=(Problem(Field.API_KEY, fault, limit, actual),))
