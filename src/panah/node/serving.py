"""Starting and stopping the processes of a node: web workers, and on SQLite the one background worker."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from panah.ground.foundation import tenancy
from panah.ground.foundation.errors import Refusal
from panah.ground.kit import static_build
from panah.ground.vault import search_client
from panah.node.gateway import public

ALIASES = ("default", "shred", "shred_copy")
VARIABLES = {"shred": "PANAH_SHRED_URL", "shred_copy": "PANAH_SHRED_COPY_URL"}
GRACE = 10.0


def has_all_migrations() -> bool:
    """Say whether every database of the node has the tables this version needs."""
    for alias in ALIASES:
        try:
            executor = MigrationExecutor(connections[alias])
        except DatabaseError:
            raise does_not_answer(alias) from None
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
    return True


def does_not_answer(alias: str) -> Refusal:
    """Say which database is away, and what to do: a copy of the shred store is filled from the other one."""
    if alias == "default":
        return Refusal(
            _("The database of this node does not answer."),
            next_step=_(
                "See that PANAH_HOME and PANAH_DATABASE_URL are those of the node. A new node is made by ./panah init."
            ),
            code="no-database",
        )
    return Refusal(
        _("A copy of the shred store does not answer: %(variable)s.") % {"variable": VARIABLES[alias]},
        next_step=_(
            "Mount its disk again. If that is lost, let the variable name a place on a good disk and run ./panah init:"
            " it fills the new copy from the other one."
        ),
        code="no-copy",
    )


def uses_sqlite() -> bool:
    """Say whether the node keeps its work in an SQLite file."""
    return connections["default"].vendor == "sqlite"


def be_ready() -> None:
    """Refuse to start on a node that `init` has not made or not brought up to this version."""
    from panah.ground.vault.actions import check_host_file

    check_host_file()
    only_the_door_by_its_own_role()
    if not has_all_migrations():
        raise Refusal(
            _("The databases of this node are not ready for this version."),
            next_step=_("Run ./panah init: it makes them, or brings them up to date, and loses nothing."),
            code="not-ready",
        )
    own_files_can_be_used()
    # Each process opens its own: a connection must not be shared over a fork.
    connections.close_all()


def only_the_door_by_its_own_role() -> None:
    """Refuse to serve the door on a machine of its own from files, or with more rights than the door needs."""
    from panah.node import door_role

    if settings.PANAH_DOOR_ONLY and (uses_sqlite() or door_role.may_more_than_the_door()):
        raise Refusal(
            _("A machine that serves only the public door comes to PostgreSQL with a role of its own."),
            next_step=_("See docs/operations/public-door.md; on the node run ./panah grantdoor."),
            code="not-the-doors-role",
        )


def own_files_can_be_used() -> None:
    """Refuse to start with files that a society wrote itself and that are wrong: every fault of every file is said."""
    faults = checks.run_checks(tags=["own_files"])
    if faults:
        raise Refusal(
            _("Files of this node’s own cannot be used. %(faults)s")
            % {"faults": " ".join(str(fault.msg) for fault in faults)},
            next_step=_("Mend them, or leave their folder out of the settings. %(hint)s.")
            % {"hint": faults[0].hint or ""},
            code="own-files",
        )


def not_as_written() -> list[str]:
    """Return a sentence for each society whose journal is not as this node kept it. It starts all the same.

    Whoever is in danger has nobody else; the focal points have it on their first page.
    """
    from panah.ground.network.queries import hosted_societies
    from panah.ground.vault.queries import journal_state
    from panah.ground.vault.words import JournalState

    said = []
    for society in hosted_societies():
        with tenancy.tenant_context(society.id):
            state = journal_state(society.id)
        if state != JournalState.HOLDS:
            said.append(f"{society.slug}: {JournalState(state).label} " + _("Run ./panah journal verify."))
    return said


def only_https_beyond(host: str) -> None:
    """Refuse to listen beyond this machine without HTTPS; a practice node may, and says what that means."""
    if settings.HTTPS or address(host) == "::1" or address(host).startswith("127."):
        return
    if settings.PANAH_PRACTICE:
        sys.stderr.write(_("Others can read along: this node is for made-up people only.") + "\n")
        return
    raise Refusal(
        _(
            "Beyond this machine Panah is reached by HTTPS alone: words typed in plain can be read on the way."
        ),
        next_step=_(
            "Put a proxy with TLS in front (deploy/README.md), set PANAH_HTTPS=1, or leave --host out."
        ),
        code="no-https",
    )


def port_is_free(*, host: str, port: int) -> None:
    """Refuse when something else answers at this port already."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address(host), port))
        except OSError:
            raise Refusal(
                _("Something else answers at this port, or the address is not of this machine."),
                next_step=_("Stop it, or choose another port with --port."),
                code="port-taken",
            ) from None


def run(*, host: str, port: int, workers: int) -> int:
    """Serve until a signal comes, then stop everything that was started. Returns the exit code."""
    name_static_files()
    worker = background_worker() if uses_sqlite() else nothing()
    # The one that holds cards first: each of the others is told where it listens, for a vault is locked by any of them.
    with process_of_search(), worker, process_for_strangers():
        # A group of its own: Ctrl-C and a closed terminal reach it through us, once. Told twice at a time, by the
        # terminal and by its parent, a web worker that has answered pages forgets to end. No session of its own: Linux
        # divides the processors among sessions first, and only within one does it let colleagues go before strangers.
        web = subprocess.Popen(web_command(host=host, port=port, workers=workers), process_group=0)
        return wait_for(web)


def name_static_files() -> None:
    """Hand the web workers the folder of style sheets and scripts under lasting names.

    A node whose folder cannot be written, or is full, serves them as they lie: slower on a thin line, but it serves.
    """
    try:
        os.environ["PANAH_STATIC"] = str(static_build.collect(Path(settings.HOME) / "static"))
    except OSError as problem:
        os.environ.pop("PANAH_STATIC", None)
        sys.stderr.write(
            f"Style sheets and scripts could not be prepared in {settings.HOME}/static ({problem.strerror}). "
            "Pages work, but load more slowly on a thin line.\n"
        )


def web_command(*, host: str, port: int, workers: int) -> Sequence[str]:
    """Return what serves the pages: granian, which calls our gateway for each request."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "rsgi",
        "--host",
        address(host),
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        str(int(GRACE)),
        "--no-ws",
        "--http",
        "1",
        # Connections of one worker; without a request's head for ten seconds they are closed.
        "--backpressure",
        "768",
        "--http1-header-read-timeout",
        "10000",
        "--http1-buffer-size",
        str(64 * 1024),
        "--log-level",
        "warning",
        "panah.config.rsgi:application",
    ]


def address(host: str) -> str:
    """Return the number to listen on: a server wants one, while people and passkeys say localhost."""
    return "127.0.0.1" if host == "localhost" else host


def on_stop(callback: Callable[[int, Any], object]) -> None:
    """Let something be done when this process is asked to stop: by Ctrl-C, by a supervisor, by a closed terminal."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows knows no SIGHUP
        # Whoever started us with `nohup` wants a closed terminal not to matter.
        if number is not None and (name != "SIGHUP" or signal.getsignal(number) != signal.SIG_IGN):
            signal.signal(number, callback)


def wait_for(process: "subprocess.Popen[bytes]") -> int:
    """Wait for a process; hand a stop signal on to it, and take its end as ours."""
    stopping = False

    def stop(_number: int, _frame: object) -> None:
        nonlocal stopping
        if not stopping:
            stopping = True
            process.terminate()

    on_stop(stop)
    code = process.wait()
    return 0 if stopping else code


@contextmanager
def nothing() -> Iterator[None]:
    yield


@contextmanager
def background_worker() -> Iterator[None]:
    """Run `worker` beside the web workers, and start it again if it dies."""
    with kept_running([sys.executable, "-m", "panah", "worker"], pause=5):
        yield


@contextmanager
def process_for_strangers() -> Iterator[None]:
    """Run the process that answers strangers; one that died, or does not answer for a minute, is replaced.

    Its socket is opened here and handed down, so that who asks meanwhile waits instead of being refused. Where there
    are no such sockets (Windows), the web workers answer strangers too, by threads of their own.
    """
    with behind_a_socket("panah.config.public_process", public.SOCKET):
        yield


@contextmanager
def process_of_search() -> Iterator[None]:
    """Run the process that holds search cards unlocked; while it is away, web workers look by themselves."""
    if settings.PANAH_DOOR_ONLY:
        yield
        return
    with behind_a_socket("panah.config.process_of_search", search_client.SOCKET):
        yield


@contextmanager
def behind_a_socket(module: str, variable: str) -> Iterator[None]:
    """Run a process that listens on a socket of this account alone; the web workers read its place in ``variable``."""
    if os.name == "nt":
        yield
        return
    with tempfile.TemporaryDirectory(prefix="panah-", dir=short_folder()) as folder:
        os.environ[variable] = path = os.path.join(folder, "socket")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            os.chmod(path, 0o600)
            listener.listen(128)
            number = listener.fileno()
            command = [sys.executable, "-m", module, str(number)]
            answers = partial(public.is_there, path, seconds=60)
            with kept_running(command, pause=1, hand_down=(number,), answers=answers):
                yield


def short_folder() -> str:
    """Return a folder for temporary files in which the name of a socket fits into the hundred letters it may have."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < 70 else "/tmp"  # noqa: S108  a folder of our own is made in it


@contextmanager
def kept_running(
    command: Sequence[str],
    *,
    pause: float,
    hand_down: tuple[int, ...] = (),
    answers: Callable[..., bool] | None = None,
) -> Iterator[None]:
    """Run a process beside this one; start it again ``pause`` seconds after it has died, or did not answer."""
    over = Event()

    def watch() -> None:
        while not over.is_set():
            # A group of its own: Ctrl-C reaches it through us, after its present job.
            started = subprocess.Popen(command, process_group=0, pass_fds=hand_down)
            ended = partial(_ended, started, over)
            while not ended():
                if answers is not None and not answers(over=ended):
                    started.kill()
                asked_again = time.monotonic() + 5
                while time.monotonic() < asked_again and not ended():
                    over.wait(0.5)
            if over.is_set() and started.poll() is None:
                end(started)
            elif not over.is_set():
                over.wait(pause)

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(GRACE + 5)


def _ended(process: "subprocess.Popen[bytes]", over: Event) -> bool:
    return over.is_set() or process.poll() is not None


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask a process to stop; after ten seconds do not ask any more."""
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()


def orphaned(parent: int) -> bool:
    """Say whether the process that started us is gone."""
    return os.getppid() != parent


def wait(seconds: float, *, parent: int | None, stopped: list[bool]) -> None:
    """Sleep in short steps, so that a stop or the end of the parent is seen within a second."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and not stopped and not (parent and orphaned(parent)):
        time.sleep(min(0.5, max(0.0, until - time.monotonic())))
