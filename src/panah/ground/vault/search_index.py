"""The unlocked cards of one society: spread over processes, followed as they change, looked through by all at once."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import suppress
from heapq import nsmallest
from itertools import count, islice
from queue import PriorityQueue
from threading import BoundedSemaphore, Lock, Thread
from typing import Any
from uuid import UUID

from django.db import connections

from panah.ground.foundation import tenancy
from panah.ground.names.find import EXPLAINED, worth_a_look
from panah.ground.vault import search_shard
from panah.ground.vault.actions import cards
from panah.ground.vault.card_rows import CardRows, contents_of, how_many_in, rows_of
from panah.ground.vault.keyring import HeldKey
from panah.ground.vault.seals import Private
from panah.ground.vault.search_client import Message
from panah.ground.vault.search_shard import KIND, Found
from panah.ground.vault.words import KeyKind

log = logging.getLogger(__name__)

# Rows read at once; loose cards unlocked in one go; segments for which another process is worth its start.
AT_ONCE, LOOSE_AT_ONCE, WORTH_A_PROCESS = 4, 500, 4
ASKED_FIRST, IN_TURN, AT_LAST = 0, 1, 2
# Seconds in which each process answers: before everything is unlocked it is passed over if it does not.
SOON, ANSWERS = 0.6, 15.0

# What a shard's method returns, once it has.
type Answer = Future[Any]


class Ended(Exception):
    """The vault was locked, or a process is gone."""


class Child:
    """A process with a share of the cards, and the thread that asks it one thing after another."""

    def __init__(self, society: UUID, seeds: dict[int, bytes]) -> None:
        context = multiprocessing.get_context("spawn")
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=search_shard.attend, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.line.send((society, seeds))
        self.jobs: PriorityQueue[tuple[int, int, tuple[str, tuple[object, ...]], Answer]] = PriorityQueue()
        self.turn, self.ended = count(), False
        Thread(target=self._work, daemon=True).start()

    def ask(self, what: str, *given: object, when: int = IN_TURN) -> Answer:
        """Let a method of its shard be called; what is looked for comes before what is to be unlocked."""
        answer: Answer = Future()
        self.jobs.put((when, next(self.turn), (what, given), answer))
        # Looked at only now: what was put before the end is answered by it, what came after it nobody takes up.
        if self.ended:
            raise Ended
        return answer

    def _work(self) -> None:
        while True:
            when, _turn, asked, answer = self.jobs.get()
            if when == AT_LAST:
                return
            try:
                self.line.send(asked)
                fine, value = self.line.recv()
            except (EOFError, OSError):
                fine, value = False, "gone"
            if fine:
                answer.set_result(value)
            else:
                answer.set_exception(Ended(value))

    def end(self) -> None:
        """End the process, and with it all that it held."""
        self.ended = True
        # It may have died by itself, and been noticed by another thread at this moment.
        with suppress(OSError, ValueError, AssertionError):
            self.process.kill()
            self.process.join()
        self.jobs.put((AT_LAST, next(self.turn), ("", ()), Future()))


class Index:
    """What is unlocked for those who hold one search key. ``holders``: until when each one's vault is open."""

    def __init__(self, society: UUID, seeds: dict[int, bytes]) -> None:
        self.society, self.seeds = society, seeds
        self.holders: dict[UUID, float] = {}
        self.children: list[Child] = []
        self.rows: dict[UUID, Child] = {}
        self.buried: set[UUID] = set()
        # What opens in no copy of the store, or not with the key: it is left out, and tried again each time.
        self.damaged: set[UUID] = set()
        self.following, self.tidying, self.ending = Lock(), Lock(), Lock()
        self.total = self.place = 0
        self.over = False

    # -- following what lies in the store ------------------------------------------------------

    def begin(self) -> None:
        """Unlock everything, and then rewrite away what must go."""
        Thread(target=self._begin, daemon=True).start()

    def _begin(self) -> None:
        self.follow()
        self.tidy()

    def follow(self) -> None:
        """Take in what came, drop what went. What fails ends the index: whoever asks then looks by herself."""
        try:
            with self.following, tenancy.tenant_context(self.society):
                self._follow(rows_of(self.society, KIND))
        except Exception:
            if not self.over:
                log.exception("search")
            self.end()
        finally:
            connections.close_all()

    def _follow(self, now: CardRows) -> None:
        gone = self.rows.keys() - set(now.segments) - set(now.loose)
        buried = now.buried - self.buried
        segments = [row for row in now.segments if row not in self.rows]
        loose = [row for row in now.loose if row not in self.rows]
        self._have_children(1 + len(now.segments) // WORTH_A_PROCESS)
        for child in self.children:
            child.ask("bury", [one.bytes for one in buried])
        self.buried |= buried
        self.total = self._count() + len(loose) + sum(how_many_in(KIND, one) for one in _by(segments, 100))
        self._take(segments, loose)
        # Only now: whoever looks meanwhile finds a card that was rewritten in one place, or in both, never in none.
        for child in self.children:
            child.ask("drop", [row for row in gone if self.rows[row] is child])
        self.rows = {row: child for row, child in self.rows.items() if row not in gone}
        self.total = self._count()

    def _count(self) -> int:
        return sum(one.result() for one in [child.ask("count") for child in self.children])

    def _have_children(self, wanted: int) -> None:
        with self.ending:
            if self.over:
                raise Ended
            if not self.children:
                for _ in range(min(os.cpu_count() or 1, wanted)):
                    # One by one: where the system has no room for the next, the others are ended with this index.
                    self.children.append(Child(self.society, self.seeds))

    def _take(self, segments: list[UUID], loose: list[UUID]) -> None:
        # So many are on their way at once: sealed bytes of a million people need not lie in memory here.
        room = BoundedSemaphore(2 * len(self.children))
        taken: list[tuple[list[UUID], Answer]] = []
        damaged = set[UUID]()
        for what, rows, at_once in (("segment", segments, 1), ("loose", loose, LOOSE_AT_ONCE)):
            for some in _by(rows, max(AT_ONCE, at_once)):
                found, closed = contents_of(KIND, what, some)
                damaged |= closed
                there = [(row, found[row]) for row in some if row in found]
                groups = [there[at : at + at_once] for at in range(0, len(there), at_once)]
                taken += [([row for row, _ in group], self._give(what, group, room)) for group in groups]
        for given, answer in taken:
            if not answer.result():
                damaged.update(given)
                self.rows = {row: child for row, child in self.rows.items() if row not in given}
        self.damaged = damaged

    def _give(self, what: str, group: list[tuple[UUID, bytes]], room: BoundedSemaphore) -> Answer:
        room.acquire()
        if self.over:
            raise Ended
        child = min(self.children, key=lambda one: one.jobs.qsize())
        given = (*group[0], self.place) if what == "segment" else (group, self.place)
        answer = child.ask(f"take_{what}", *given)
        self.rows |= dict.fromkeys((row for row, _ in group), child)
        self.place += len(group)
        answer.add_done_callback(lambda _done: room.release())
        return answer

    def tidy(self) -> None:
        """Rewrite away what must go, in the session of a holder; nothing is done twice at a time."""
        if self.over or not self.tidying.acquire(blocking=False):
            return
        try:
            with tenancy.tenant_context(self.society):
                wanted = cards.wants_compacting(society=self.society, kind=cards.SEARCH)
                if wanted:
                    cards.compact_with(self._held(), society=self.society, kind=cards.SEARCH)
            if wanted:
                self.follow()
        except Exception:
            log.exception("search")
        finally:
            self.tidying.release()
            connections.close_all()

    def _held(self) -> dict[int, HeldKey]:
        return {
            number: HeldKey(self.society, KeyKind.SEARCH, None, number, Private(seed), seed)
            for number, seed in self.seeds.items()
        }

    # -- looking -----------------------------------------------------------------------------------

    def find(self, name: str, birth_year: int | None, phone_tail: str, patience: float) -> Message:
        """Look through what is unlocked, all of it where that takes no longer than ``patience`` in seconds."""
        following = Thread(target=self.follow, daemon=True)
        following.start()
        following.join(patience)
        whole = not following.is_alive()
        looked, found = 0, list[Found]()
        asked = [
            child.ask("find", name, birth_year, phone_tail, when=ASKED_FIRST) for child in list(self.children)
        ]
        done, late = wait(asked, timeout=ANSWERS if whole else SOON)
        if whole and late:
            raise Ended
        for number, some in [one.result() for one in done]:
            looked, found = looked + number, found + some
        if self.over:
            raise Ended
        if whole:
            Thread(target=self.tidy, daemon=True).start()
        return {**self._told(whole=whole, opened=looked), "found": best_of(found)}

    def progress(self) -> Message:
        """Say how far unlocking is."""
        if not self.following.locked() and self.children:
            return self._told(whole=True, opened=self.total)
        asked = [child.ask("count", when=ASKED_FIRST) for child in list(self.children)]
        wait(asked, timeout=SOON)
        opened = sum(one.result() for one in asked if one.done())
        return self._told(whole=False, opened=opened)

    def _told(self, *, whole: bool, opened: int) -> Message:
        total = max(self.total, opened)
        return {"whole": whole, "opened": opened, "total": total, "damaged": bool(self.damaged)}

    def end(self) -> None:
        """Drop all of it, now."""
        with self.ending:
            self.over = True
            for child in self.children:
                child.end()


def best_of(found: list[Found]) -> list[list[object]]:
    """Return what stage one keeps over all shares, as one finder with all the cards would."""
    first: dict[bytes, Found] = {}
    for one in sorted(found, key=lambda one: one[1]):
        # A card that two processes have counts at its first place.
        first.setdefault(one[2], one)
    best = nsmallest(EXPLAINED, first.values(), key=lambda one: (-one[0], one[1]))
    kept = worth_a_look([(one, one[0]) for one in best])
    return [
        [place, card.ref, card.names, card.birth_year, card.phone_tail] for (_, place, _, card), _ in kept
    ]


def _by(rows: list[UUID], number: int) -> Iterator[list[UUID]]:
    left = iter(rows)
    while some := list(islice(left, number)):
        yield some
