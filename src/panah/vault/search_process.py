"""The process that holds search cards unlocked while the vault of somebody who holds the search key is open.

Web processes hand it the key with each question, over a socket that only this account can open, and tell it when a
vault locks: then the processes that hold the cards are ended. It keeps nothing on a disk and writes no name anywhere.
"""

from __future__ import annotations

import hashlib
import logging
import os
import socket
import struct
from contextlib import suppress
from threading import Event, Lock, Thread
from time import monotonic
from uuid import UUID

from panah.vault.search_client import NOTHING, Message, framed, received
from panah.vault.search_index import Ended, Index

log = logging.getLogger(__name__)

# Seconds that a web process may take to say what it wants.
SPEAKS_WITHIN = 10.0


class Server:
    """Answers web processes, each line with a thread of its own, and drops what nobody may use any more."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.stopped = Event()
        self.lock = Lock()
        self.indexes: dict[tuple[UUID, bytes], Index] = {}
        # When each colleague's vault was locked: a request that had begun before finds nothing any more.
        self.locked: dict[UUID, float] = {}

    def serve(self) -> None:
        """Go on until ``stopped``."""
        self.listener.settimeout(0.5)
        while not self.stopped.is_set():
            self.forget_over()
            with suppress(TimeoutError):
                line, _peer = self.listener.accept()
                line.settimeout(SPEAKS_WITHIN)
                Thread(target=self.attend, args=(line,), daemon=True).start()
        for index in list(self.indexes.values()):
            index.end()

    def attend(self, line: socket.socket) -> None:
        with line, suppress(OSError, EOFError), line.makefile("rb") as stream:
            if not is_ours(line):
                return
            asked = received(stream)
            if not asked:
                line.sendall(NOTHING)
                return
            try:
                answer = self.answer(asked)
            except Ended:
                answer = {}
            except Exception:
                log.exception("search")
                answer = {}
            line.sendall(framed(answer) if answer else NOTHING)

    def answer(self, asked: Message) -> Message:
        """Do one of: ``forget`` a colleague, begin to unlock for her (``warm``), say how far that is, ``find``."""
        staff, what = UUID(asked["staff"]), asked["do"]
        if what == "forget":
            self.forget(staff)
            return {"done": True}
        index = self.of(staff, asked)
        if what == "find":
            return index.find(asked["name"], asked["year"], asked["tail"], asked["patience"])
        return index.progress() if what == "progress" else {"done": True}

    def of(self, staff: UUID, asked: Message) -> Index:
        """Return the index of whoever holds these generations of the key; begins it where there is none."""
        society = UUID(asked["society"])
        seeds = {int(generation): bytes.fromhex(seed) for generation, seed in asked["seeds"].items()}
        own = society, hashlib.sha256(b"".join(seeds[one] for one in sorted(seeds))).digest()
        with self.lock:
            if asked["made"] <= self.locked.get(staff, 0.0):
                raise Ended
            for key, other in self.indexes.items():
                if key != own:
                    # The key was changed, or she was called to another society.
                    other.holders.pop(staff, None)
            index = self.indexes.get(own)
            if index is None or index.over:
                index = self.indexes[own] = Index(society, seeds)
                index.begin()
            index.holders[staff] = monotonic() + asked["seconds"]
        self.forget_over()
        return index

    def forget(self, staff: UUID) -> None:
        """A vault was locked."""
        with self.lock:
            self.locked[staff] = monotonic()
            for index in self.indexes.values():
                index.holders.pop(staff, None)
        self.forget_over()

    def forget_over(self) -> None:
        """End every index for which no vault is open any more."""
        now = monotonic()
        with self.lock:
            for key, index in list(self.indexes.items()):
                index.holders = {staff: until for staff, until in index.holders.items() if until > now}
                if index.over or not index.holders:
                    del self.indexes[key]
                    index.end()


def is_ours(line: socket.socket) -> bool:
    """Say whether who asks is a process of our own account, where the system tells."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    size = struct.calcsize("3i")
    _pid, user, _group = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size))
    return bool(user == os.getuid())
