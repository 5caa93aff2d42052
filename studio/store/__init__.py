"""Everything that is kept on this computer: the library, its clips, the settings, and which keyring there is.

`Store` is loaded when it is asked for: it needs asyncio, and the window reads its settings and paints before that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.store.paths import Home, find_home

if TYPE_CHECKING:
    from studio.store.store import Store

__all__ = ["Home", "Store", "find_home"]


def __getattr__(name: str) -> type[Store]:
    if name == "Store":
        from studio.store.store import Store

        return Store
    raise AttributeError(name)
