"""Whole or not at all, and disk errors as reasons."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from studio.domain.errors import Reason, StudioError
from studio.store.files import disk_failure, write_whole

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_no_room_is_a_full_disk(number: int) -> None:
    assert disk_failure(OSError(number, "no room")).reason is Reason.DISK_FULL


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EIO])
def test_everything_else_is_not_writable(number: int) -> None:
    failure = disk_failure(OSError(number, "no"))
    assert failure.reason is Reason.LIBRARY_NOT_WRITABLE
    assert "no" in failure.detail


def test_the_old_file_stays_when_the_new_one_cannot_be_written(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk."""
    (tmp_path / "file").write_bytes(b"old")
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "from pathlib import Path; from studio.store.files import write_whole; from studio.domain.errors import *\n"
        "try: write_whole(Path('file'), bytes(5000))\n"
        "except StudioError as error: print(error.reason.value)"
    )
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}  # the limit would cut bytecode short too
    ran = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert ran.stdout.strip() == "disk-full", ran.stderr
    assert (tmp_path / "file").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_nothing_is_left_beside_when_renaming_fails(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(StudioError):
        write_whole(tmp_path / "folder", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
