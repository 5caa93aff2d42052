"""What the flows need from outside, as small protocols.

Every method raises `StudioError` for what can be said in words; anything else it raises is a bug. Coroutines may be
cancelled at any wait and leave nothing half done.
"""

from studio.ports.accounts import Accounts, Gate
from studio.ports.library import Clips, Exporter, MemoryFile, Pending, SampleFiles, Shelf, Tray
from studio.ports.sound import Codec, Player
from studio.ports.systems import Catalogue, Cloner, Designer, Probe, Progress, Receipt, Speaker, System, TaskDesigner

__all__ = [
    "Accounts",
    "Catalogue",
    "Clips",
    "Cloner",
    "Codec",
    "Designer",
    "Exporter",
    "Gate",
    "MemoryFile",
    "Pending",
    "Player",
    "Probe",
    "Progress",
    "Receipt",
    "SampleFiles",
    "Shelf",
    "Speaker",
    "System",
    "TaskDesigner",
    "Tray",
]
