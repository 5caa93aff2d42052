"""What the flows need from outside, as small protocols.

Every method raises `StudioError` for what can be said in words; anything else it raises is a bug. Coroutines may be
cancelled at any wait and leave nothing half done.
"""

from studio.ports.accounts import Accounts, Gate
from studio.ports.keeping import Archive, Backup, Taken, Upkeep
from studio.ports.library import (
    Changes,
    Clips,
    Exporter,
    Labels,
    MemoryFile,
    Profiles,
    Rights,
    SampleFiles,
    Shelf,
)
from studio.ports.narrations import Ledger, Narrations
from studio.ports.orders import Pending, Tray
from studio.ports.recording import Darkroom, Gauge, Importer, Measuring, Recorder, Takes
from studio.ports.sound import Codec, PitchMeter, Player
from studio.ports.systems import (
    Catalogue,
    Cloner,
    CodeKind,
    Designer,
    Exemplar,
    Page,
    Probe,
    Progress,
    Receipt,
    Speaker,
    Streamer,
    System,
    TaskDesigner,
    no_page,
)

__all__ = [
    "Accounts",
    "Archive",
    "Backup",
    "Catalogue",
    "Changes",
    "Clips",
    "Cloner",
    "CodeKind",
    "Codec",
    "Darkroom",
    "Designer",
    "Exemplar",
    "Exporter",
    "Gate",
    "Gauge",
    "Importer",
    "Labels",
    "Ledger",
    "Measuring",
    "MemoryFile",
    "Narrations",
    "Page",
    "Pending",
    "PitchMeter",
    "Player",
    "Probe",
    "Profiles",
    "Progress",
    "Receipt",
    "Recorder",
    "Rights",
    "SampleFiles",
    "Shelf",
    "Speaker",
    "Streamer",
    "System",
    "Taken",
    "Takes",
    "TaskDesigner",
    "Tray",
    "Upkeep",
    "no_page",
]
