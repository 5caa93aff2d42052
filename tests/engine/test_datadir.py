from __future__ import annotations

import os
from pathlib import Path

import espeakng_loader
import pytest

from studio.engine import datadir

DATA = Path(espeakng_loader.get_data_path())


def test_ten_languages_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = datadir.make()
    datadir.fill(folder, DATA)
    assert folder.parent == tmp_path
    assert sorted(path.name for path in folder.glob("*_dict")) == sorted(
        f"{code}_dict" for code in ("cmn", "en", "de", "it", "pt", "es", "ja", "ko", "fr", "ru")
    )
    assert (folder / "lang" / "sit" / "cmn").read_bytes() == (DATA / "lang" / "sit" / "cmn").read_bytes()
    datadir.remove(folder)
    assert not folder.exists()
    assert (DATA / "en_dict").exists()


def test_copies_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(os, "symlink", refuse)
    monkeypatch.setattr(os, "link", refuse)
    folder = datadir.make()
    datadir.fill(folder, DATA)
    assert not (folder / "phontab").is_symlink()
    assert (folder / "phontab").read_bytes() == (DATA / "phontab").read_bytes()


def test_the_name_of_a_variant_is_short() -> None:
    """espeak-ng 1.52 aborts on some 30 characters."""
    assert len(datadir.VARIANT) < 10
