"""A PostgreSQL cluster of the test's own, in a temporary folder, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

NOBODY = "nobody"  # PostgreSQL refuses to run as root


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None if they are not installed."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; gives the address of its database."""
    folder = programs()
    assert folder is not None
    with TemporaryDirectory(prefix="rapport-pg-", ignore_cleanup_errors=True) as home:
        data = Path(home) / "data"
        if os.geteuid() == 0:
            shutil.chown(home, NOBODY)
        run = _Runner(folder)
        run("initdb", "-D", data, "-U", "rapport", "-A", "trust", "--no-instructions")
        port = _free_port()
        options = f"-p {port} -h 127.0.0.1 -k {home}"
        run("pg_ctl", "-D", data, "-w", "-o", options, "-l", f"{home}/log", "start")
        try:
            yield f"postgresql://rapport@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


class _Runner:
    """Runs a program of PostgreSQL, as somebody who is not root."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._user = pwd.getpwnam(NOBODY).pw_uid if os.geteuid() == 0 else None

    def __call__(self, program: str, *arguments: object) -> None:
        subprocess.run(
            [self._folder / program, *(str(each) for each in arguments)],
            check=True,
            user=self._user,
            cwd="/",
            stdout=subprocess.DEVNULL,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
