"""A temporary PostgreSQL for tests and trials: python -m tools.postgres COMMAND …

Starts an own cluster in a temporary folder on a free loopback port, runs the command with
PANAH_DATABASE_URL and PANAH_DATABASE_OWNER_URL pointing at it, stops it and removes it. Nothing else
on the machine is touched.
"""

import contextlib
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAJOR = 17
MISSING = (
    f"The tests on PostgreSQL need version {MAJOR} or newer: install it "
    f"(Debian: apt install postgresql-{MAJOR}) and try again."
)
SECONDS_TO_START = 60
# Written for one test run and thrown away: no need to survive a power cut.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    # Emptying every table locks all of them with their indexes, and several databases are emptied at once.
    "max_locks_per_transaction": "512",
    "listen_addresses": "127.0.0.1",
}


def programs() -> Path | None:
    """Return the folder of the PostgreSQL programs to use, version 17 before newer ones."""
    places = ["usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin"]
    found = [path for place in places for path in Path(os.environ.get("PANAH_SYSTEM_ROOT", "/")).glob(place)]
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve().parent)
    fitting = {version(path): path for path in found if version(path) >= MAJOR}
    return fitting[min(fitting)] if fitting else None


def version(folder: Path) -> int:
    """Return the major version of the programs there, 0 when they do not answer."""
    try:
        answer = subprocess.check_output([folder / "postgres", "--version"], text=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    match = re.search(r"(\d+)", answer)
    return int(match.group(1)) if match else 0


@dataclass(frozen=True)
class Server:
    """A cluster of our own: where it lives, who runs it, how it is reached."""

    programs: Path
    home: Path
    port: int
    password: str
    settings: dict[str, str]

    def url(self, user: str, database: str) -> str:
        return f"postgres://{user}:{self.password}@127.0.0.1:{self.port}/{database}"

    def addresses(self) -> dict[str, str]:
        """Return the variables that name the database of Panah and its roles."""
        return {
            "PANAH_DATABASE_URL": self.url("panah", "panah"),
            "PANAH_DATABASE_OWNER_URL": self.url("panah_owner", "panah"),
        }

    def make(self) -> None:
        """Create the cluster with one locale everywhere, so that sorting is the same everywhere."""
        secret = self.home / "password"
        secret.write_text(self.password)
        if os.geteuid() == 0:
            shutil.chown(secret, owner())
        command = [f"{self.programs}/initdb", f"--pgdata={self.home}/data", "--username=postgres"]
        command += ["--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8"]
        command += ["--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **as_owner())

    def start(self) -> subprocess.Popen[bytes]:
        command = [f"{self.programs}/postgres", "-D", f"{self.home}/data", "-p", str(self.port)]
        command += ["-k", f"{self.home}"]
        command += [arg for key, value in self.settings.items() for arg in ("-c", f"{key}={value}")]
        with (self.home / "log").open("wb") as log:
            started: subprocess.Popen[bytes] = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd="/",
                start_new_session=True,  # A Ctrl-C is for the tests, which still need it to finish.
                **as_owner(),
            )
        return started

    def answers(self) -> bool:
        command = [f"{self.programs}/pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def admit(self) -> None:
        """Make the roles and the database of Panah as docs/operations/install.md does.

        Tests may make databases of their own, and take the serving role's place for a statement.
        """
        import psycopg

        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE panah LOGIN PASSWORD '{self.password}'")
            connection.execute(f"CREATE ROLE panah_owner LOGIN BYPASSRLS CREATEDB PASSWORD '{self.password}'")
            connection.execute(f"CREATE ROLE panah_door LOGIN PASSWORD '{self.password}'")
            connection.execute("ALTER ROLE panah SET jit = off")
            connection.execute("GRANT panah, panah_door TO panah_owner")
            connection.execute("CREATE DATABASE panah OWNER panah_owner")


def owner() -> str:
    """Return whom the cluster belongs to when root starts it: PostgreSQL refuses to run as root."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def as_owner() -> dict[str, Any]:
    """Return how to start a process of the cluster."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(owner())
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def temporary_postgres() -> Iterator[dict[str, str]]:
    """Yield the variables that name an empty database and its roles; remove all of it afterwards."""
    with temporary_server() as server:
        server.admit()
        yield server.addresses()


@contextlib.contextmanager
def temporary_server(**settings: str) -> Iterator[Server]:
    """Yield a server with nothing in it, with settings beside the usual ones; remove all of it afterwards."""
    folder = programs()
    if folder is None:
        sys.exit(MISSING)
    with tempfile.TemporaryDirectory(prefix="panah-postgres-", ignore_cleanup_errors=True) as home:
        if os.geteuid() == 0:
            shutil.chown(home, owner())
        server = Server(folder, Path(home), free_port(), secrets.token_hex(16), SETTINGS | settings)
        server.make()
        process = server.start()
        try:
            wait_for(server, process)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            process.wait()


def wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; stop with its own log when it does not."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not server.answers():
        if process.poll() is not None or time.monotonic() > deadline:
            sys.stderr.write((server.home / "log").read_text(errors="replace"))
            sys.exit("The temporary PostgreSQL did not start; what it said stands above.")
        time.sleep(0.1)


def main() -> int:
    if len(sys.argv) == 1 or sys.argv[1] in {"-h", "--help"}:
        sys.stdout.write(f"{__doc__}")
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with temporary_postgres() as addresses:
        return subprocess.call(sys.argv[1:], env=os.environ | addresses)


if __name__ == "__main__":
    sys.exit(main())
