from __future__ import annotations

from pathlib import Path

import espeakng_loader
import pytest

from studio.domain.errors import Reason, StudioError
from studio.domain.languages import Language
from studio.engine.probe import probe


def test_what_is_installed() -> None:
    installed = probe()
    assert installed.version.startswith("1.52")
    assert installed.languages == tuple(Language)


def test_a_missing_library_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(espeakng_loader, "get_library_path", lambda: str(tmp_path / "none.so"))
    with pytest.raises(StudioError) as caught:
        probe()
    assert caught.value.reason is Reason.ENGINE_MISSING
    assert "none.so" in caught.value.detail
