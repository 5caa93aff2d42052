"""An authority of our own and what it certifies, made by the `openssl` program."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Authority:
    """`certificate` is what a client must trust."""

    folder: Path

    @property
    def certificate(self) -> Path:
        return self.folder / "ca.pem"

    def server_context(self, *names: str) -> ssl.SSLContext:
        """For a server of these names, told as `DNS:voices.example` or `IP:127.0.0.1`."""
        stem = self.folder / names[0].replace(":", "-")
        _openssl("req", "-new", *_NEW_KEY, "-keyout", f"{stem}.key", "-out", f"{stem}.csr", "-subj", "/CN=a server")
        Path(f"{stem}.ext").write_text(f"subjectAltName={','.join(names)}\n")
        signing = ("-CA", str(self.certificate), "-CAkey", str(self.folder / "ca.key"), "-CAcreateserial", "-days", "2")
        _openssl("x509", "-req", "-in", f"{stem}.csr", *signing, "-extfile", f"{stem}.ext", "-out", f"{stem}.pem")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{stem}.pem", f"{stem}.key")
        return context

    def subject_hash(self) -> str:
        """What a folder of certificates calls this one."""
        return _openssl("x509", "-hash", "-noout", "-in", str(self.certificate)).strip()


_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def made_authority(folder: Path) -> Authority:
    if shutil.which("openssl") is None:
        pytest.skip("certificates are made by the openssl program, which isn't here")
    authority = Authority(folder)
    key, out = str(folder / "ca.key"), str(authority.certificate)
    what = ("-subj", "/CN=Voice Studio tests", "-addext", "keyUsage=critical,keyCertSign,digitalSignature")
    _openssl("req", "-x509", *_NEW_KEY, "-keyout", key, "-out", out, "-days", "2", *what)
    return authority


def _openssl(*arguments: str) -> str:
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True, text=True).stdout
