"""What the flows need from outside, as small protocols.

Every method raises `StudioError` for what can be said in words; anything else it raises is a bug. Coroutines may be
cancelled at any wait and leave nothing half done.
"""

from studio.ports.accounts import Accounts, Gate
from studio.ports.library import (
    Clips,
    Exporter,
    MemoryFile,
    Pending,
    Profiles,
    Rights,
    SampleFiles,
    Shelf,
    Tray,
)
from studio.ports.recording import Darkroom, Gauge, Importer, Measuring, Recorder, Takes
from studio.ports.sound import Codec, Player
from studio.ports.systems import Catalogue, Cloner, Designer, Probe, Progress, Receipt, Speaker, System, TaskDesigner

__all__ = [
    "Accounts",
    "Catalogue",
    "Clips",
    "Cloner",
    "Codec",
    "Darkroom",
    "Designer",
    "Exporter",
    "Gate",
    "Gauge",
    "Importer",
    "Measuring",
    "MemoryFile",
    "Pending",
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
    "System",
    "Takes",
    "TaskDesigner",
    "Tray",
]
