"""Keys, addresses, and which vendor account is meant."""

from __future__ import annotations

from typing import Protocol

from studio.domain.accounts import Access, Place, Standing, Urls


class Gate(Protocol):
    """What a transport asks before it sends anything."""

    async def access(self, account: str) -> Access:
        """By the account's name. Raises KEY_MISSING, KEYRING_LOCKED or KEYRING_SLOW where a key is needed."""
        ...

    async def proxy(self) -> str:
        """The proxy set by hand; empty leaves it to the environment."""
        ...


class Accounts(Gate, Protocol):
    """Keys, addresses, and the random ids that stand for vendor accounts. `name` is that of an `AccountInfo`."""

    async def current(self, name: str) -> str:
        """The random id of the vendor account that the key in use belongs to, made at the first call."""
        ...

    async def start_anew(self, name: str) -> str:
        """A new id: the key in use belongs to another vendor account than the one before."""
        ...

    async def standing(self, name: str) -> Standing: ...

    async def urls(self, name: str) -> Urls:
        """The addresses of its roles, without a look into the keyring. Raises BAD_INPUT for what is none."""
        ...

    async def save_key(self, name: str, key: str, *, session_only: bool = False) -> None:
        """A key that `cleaned_key` gave. Raises KEYRING_MISSING, KEYRING_LOCKED or KEYRING_SLOW."""
        ...

    async def forget_key(self, name: str) -> None:
        """One that isn't there is no error; a key of the environment stays."""
        ...

    async def set_place(self, name: str, place: Place) -> None:
        """Raises BAD_INPUT for what is no base URL or no workspace id."""
        ...

    async def set_proxy(self, proxy: str) -> None:
        """Raises BAD_INPUT for what is no URL of a proxy; empty unsets it."""
        ...
