"""A process that holds some of the cards of a society, unlocked, and looks for names among them.

It is started for one society and ended at its lock: what it held goes with it. Nothing of Django is loaded here.
"""

from __future__ import annotations

from collections.abc import Iterable
from multiprocessing.connection import Connection
from uuid import UUID

from panah.ground.kit.process_limits import keep_memory_to_itself
from panah.ground.names.find import NOBODY, NameCard, NameFinder
from panah.ground.vault.card_opening import CardValue, generation_of, opened_card, segment_cards
from panah.ground.vault.card_values import card_of
from panah.ground.vault.seals import DoesNotOpen, Private

KIND = "search"
# Places among all cards: of a row, and within it.
WITHIN = 1 << 20
# Up to so many cards a share is put together anew whenever one goes, in some forty milliseconds.
QUICK = 20_000
Found = tuple[float, int, bytes, NameCard]


class Shard:
    """Some of the rows, opened. A card that lies in two places counts once, at the first of them."""

    def __init__(self, society: UUID, seeds: dict[int, bytes]) -> None:
        self.society, self.seeds = society, seeds
        self.private = {generation: Private(seed) for generation, seed in seeds.items()}
        self.finder = NameFinder()
        # By position: which card, and its place among all; by card: where it counts, and where it lies as well.
        self.ids: list[bytes] = []
        self.places: list[int] = []
        self.counted: dict[bytes, int] = {}
        self.spare: dict[bytes, list[int]] = {}
        self.rows: dict[UUID, range] = {}
        self.buried: set[bytes] = set()

    def take_segment(self, segment: UUID, blob: bytes, place: int) -> bool:
        """Unlock a segment and say whether it opens; one of a generation that is not held says nothing."""
        seed = self.seeds.get(generation_of(blob))
        try:
            cards = [] if seed is None else segment_cards(seed, self.society, KIND, segment, blob)
        except DoesNotOpen:
            return False
        self._take(segment, place, [(card.bytes, value) for card, value in cards])
        return True

    def take_loose(self, loose: Iterable[tuple[UUID, bytes]], place: int) -> bool:
        """Unlock cards that lie one by one; one that somebody forged is none."""
        for number, (card, blob) in enumerate(loose):
            private = self.private.get(generation_of(blob))
            value = opened_card(private, self.society, KIND, card, blob) if private else None
            self._take(card, place + number, [] if value is None else [(card.bytes, value)])
        return True

    def _take(self, row: UUID, place: int, cards: list[tuple[bytes, CardValue]]) -> None:
        first = len(self.ids)
        for number, (card, value) in enumerate(cards):
            read = card_of(value)
            if read is None or card in self.buried:
                continue
            position = len(self.ids)
            self.finder.add(read)
            self.ids.append(card)
            self.places.append(place * WITHIN + number)
            if card in self.counted:
                self.finder.hidden.add(position)
                self.spare.setdefault(card, []).append(position)
            else:
                self.counted[card] = position
        self.rows[row] = range(first, len(self.ids))

    def drop(self, rows: Iterable[UUID]) -> None:
        """Forget rows that lie there no more."""
        for position in (position for row in rows for position in self.rows.pop(row, ())):
            card = self.ids[position]
            others = self.spare.get(card, [])
            if position in others:
                others.remove(position)
            elif self.counted.get(card) == position:
                del self.counted[card]
                if others:
                    self.counted[card] = others.pop(0)
                    self.finder.hidden.discard(self.counted[card])
            self.finder.remove(position)
        self._begin_anew_when_empty()

    def _begin_anew_when_empty(self) -> None:
        """Put the cards that are left together: what went keeps its place and its words in the finder."""
        left = len(self.counted) + sum(map(len, self.spare.values()))
        gone = len(self.ids) - left
        if not gone or (left > QUICK and gone <= left):
            return
        cards, ids, places, rows = self.finder.cards, self.ids, self.places, self.rows
        self.finder, self.ids, self.places, self.rows = NameFinder(), [], [], {}
        now: dict[int, int] = {}
        for row, positions in rows.items():
            first = len(self.ids)
            for position in positions:
                if cards[position] is not NOBODY:
                    now[position] = len(self.ids)
                    self.finder.add(cards[position])
                    self.ids.append(ids[position])
                    self.places.append(places[position])
            self.rows[row] = range(first, len(self.ids))
        self.counted = {card: now[position] for card, position in self.counted.items()}
        self.spare = {card: [now[one] for one in some] for card, some in self.spare.items() if some}
        self.finder.hidden.update(one for some in self.spare.values() for one in some)

    def bury(self, cards: Iterable[bytes]) -> None:
        """Forget cards that count no more."""
        for card in cards:
            self.buried.add(card)
            for position in (self.counted.pop(card, None), *self.spare.pop(card, ())):
                if position is not None:
                    self.finder.remove(position)
        self._begin_anew_when_empty()

    def find(self, name: str, birth_year: int | None, phone_tail: str) -> tuple[int, list[Found]]:
        """Return how many cards were looked through, and what stage one keeps of them."""
        best = self.finder.gains(name, birth_year, phone_tail)
        cards = self.finder.cards
        return len(self.counted), [
            (gain, self.places[position], self.ids[position], cards[position]) for position, gain in best
        ]

    def count(self) -> int:
        """Return how many cards are unlocked here."""
        return len(self.counted)


def attend(line: Connection) -> None:
    """Do what is asked by the pipe until its other end is gone. What goes wrong is answered by its kind alone."""
    keep_memory_to_itself()
    try:
        shard = Shard(*line.recv())
        while True:
            what, given = line.recv()
            try:
                answer = True, getattr(shard, what)(*given)
            except Exception as problem:  # noqa: BLE001  its text may hold a name
                answer = False, type(problem).__name__
            line.send(answer)
    except (EOFError, OSError, KeyboardInterrupt):
        return
