"""Everything that is kept on this computer: the library, its clips, the settings, and which keyring there is."""

from studio.store.paths import Home, find_home
from studio.store.store import Store

__all__ = ["Home", "Store", "find_home"]
