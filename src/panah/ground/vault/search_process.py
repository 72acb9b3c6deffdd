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
from threading import BoundedSemaphore, Event, Lock, Thread
from time import monotonic
from uuid import UUID

from panah.ground.vault.search_client import NOTHING, Message, framed, received
from panah.ground.vault.search_index import Ended, Index

log = logging.getLogger(__name__)

# Seconds that a web process may take to say what it wants, and after which none waits for its answer any more.
SPEAKS_WITHIN, OVER_BY_NOW = 10.0, 1200.0
# Lines that are attended to at a time: others wait before the door. Keys of societies for which cards are unlocked at a
# time: for whoever comes then, the web process looks by itself.
MOST_LINES, MOST_INDEXES = 128, 24


class Server:
    """Answers web processes, each line with a thread of its own, and drops what nobody may use any more."""

    def __init__(self, listener: socket.socket, *, lines: int = MOST_LINES) -> None:
        self.listener, self.room = listener, BoundedSemaphore(lines)
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
            if self.room.acquire(timeout=0.5):
                self._take_up()
        for index in list(self.indexes.values()):
            index.end()

    def _take_up(self) -> None:
        try:
            line, _peer = self.listener.accept()
        except OSError as problem:
            self.room.release()
            if not isinstance(problem, TimeoutError):
                # The system has no room for a line more: that passes, and what is held unlocked stays.
                self.stopped.wait(0.5)
        else:
            Thread(target=self.attend, args=(line,), daemon=True).start()

    def attend(self, line: socket.socket) -> None:
        try:
            # What is no message is not answered, and nothing of it is written anywhere.
            with line, suppress(OSError, EOFError, ValueError, RecursionError):
                if not is_ours(line):
                    return
                asked = received(line, within=SPEAKS_WITHIN)
                answer = self.reply(asked) if asked else NOTHING
                line.settimeout(SPEAKS_WITHIN)
                line.sendall(answer)
        finally:
            self.room.release()

    def reply(self, asked: Message) -> bytes:
        try:
            return framed(self.answer(asked))
        except Ended:
            return NOTHING
        except Exception:
            log.exception("search")
            return NOTHING

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
                if len(self.indexes) >= MOST_INDEXES:
                    raise Ended
                index = self.indexes[own] = Index(society, seeds)
                index.begin()
            index.holders[staff] = monotonic() + asked["seconds"]
        self.forget_over()
        return index

    def forget(self, staff: UUID) -> None:
        """A vault was locked."""
        with self.lock:
            now = monotonic()
            self.locked = {who: when for who, when in self.locked.items() if now - when < OVER_BY_NOW}
            self.locked[staff] = now
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
