"""What the bench asks of one node: making it, pairing it, putting messages into its queue, and telling what became.

All of it by the rooms' own actions, in a process of the node itself (``node.py``).
"""

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from itertools import batched
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import override_settings
from django.utils import timezone

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import cards
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.words import PERSONAL, MessageKind, ReceiptCode, SendingState
from panah.ground.foundation import rls_policies, tenancy
from panah.ground.network.queries import society_or_none
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.sealed_body import STEP, open_body
from panah.ground.vault.seals import DoesNotOpen, Private, seal, sign, signed, signing_public
from panah.ground.vault.words import KeyKind
from panah.ground.work.words import Urgency
from panah.practice import actions as practice
from panah.practice.cast import LEADERS

SENDERS = {"practice-north": "amina", "practice-south": "daler"}
ARRIVAL = ("inbox", "Arrival")
CHEAP = {"passes": 1, "memory_kib": 64}
BATCH = 1000
EFFECTS = "bench_effects"
AS_LONG_AS_THE_PROCESS = ExitStack()
URGENCIES = (Urgency.NOW, Urgency.TODAY, Urgency.WEEK, Urgency.LATER)


class Node:
    """One node, as those who work at its one society use it."""

    def __init__(self, society: str) -> None:
        self.slug = society
        self.other = next(slug for slug in LEADERS if slug != society)
        self.seeds: dict[str, bytes] = {}

    @property
    def society(self) -> UUID:
        found = society_or_none(self.slug)
        if found is None:
            raise LookupError(self.slug)
        return UUID(str(found.pk))

    def keys(self, username: str) -> Keyring:
        staff = apps.get_model("accounts.Staff").objects.get(username=username)
        return Keyring(staff=staff, private=Private(self.seeds[username]))

    # -- making it -------------------------------------------------------------------------------

    def migrate(self) -> None:
        """Make the tables of all databases."""
        Path(settings.HOME, "copy").mkdir(parents=True, exist_ok=True)
        for alias in settings.DATABASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        connections.close_all()

    def build(self) -> dict[str, str]:
        """Make registers, the cast and the keys; only its own society works here. Returns the colleagues' seeds."""
        vault.make_host_file(Path(settings.PANAH_HOST_FILE))
        with override_settings(PANAH_ARGON2=CHEAP):
            made = practice.cast.build(at=timezone.now())
        self.seeds = made.seeds
        apps.get_model("network.Society").objects.filter(slug=self.other).update(hosted=False)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {EFFECTS} (message CHAR(36) NOT NULL)")
        for name in (LEADERS[self.slug][0], SENDERS[self.slug]):
            self._signs_in(name)
        rls_policies.build()
        if rls_policies.supports_rls():
            with connection.cursor() as cursor:
                cursor.execute(f"GRANT SELECT, INSERT ON {EFFECTS} TO PUBLIC")
        return {name: seed.hex() for name, seed in self.seeds.items()}

    def _signs_in(self, username: str) -> None:
        keys = self.keys(username)
        opened = sign_in.CheckedPassphrase(keys.staff, self.seeds[username])
        sign_in.open_vault(opened=opened, session_key=f"bench {username}", at=timezone.now())

    def card(self, address: str) -> list[str]:
        """Show the card of the society; returns its text and the six words."""
        with tenancy.tenant_context(self.society):
            keys = self.keys(LEADERS[self.slug][0])
            row = exchange.open_card(keys=keys, address=address, at=timezone.now())
            card = cards.read_body(bytes(row.body), bytes(row.signature))
            return [card.text(), cards.words_of(card)]

    def pair(self, text: str, words: str, per_hour: int) -> None:
        """Take the other side's card in and compare the words, as a focal point does."""
        with tenancy.tenant_context(self.society):
            keys = self.keys(LEADERS[self.slug][0])
            peer = exchange.take_card(keys=keys, raw=text, at=timezone.now())
            exchange.compare(keys=keys, peer=peer, words=words, at=timezone.now())
            apps.get_model("exchange.Peer").objects.update(per_hour=per_hour)

    # -- sending and telling ---------------------------------------------------------------------

    def queue(self, number: int, seed: int, needles: list[str], of_nodes: float = 0.2) -> int:
        """Seal so many messages of different sizes, a part of them without a person; returns how many wait."""
        chance = random.Random(seed)
        with tenancy.tenant_context(self.society):
            peer = self._peer()
            others = int(number * of_nodes)
            drafts = [self._draft(chance, needles) for _ in range(number - others)]
            with transaction.atomic():
                exchange.send_many(
                    keys=self.keys(SENDERS[self.slug]), peer=peer, drafts=drafts, at=timezone.now()
                )
                for _ in range(others):
                    content = {"bench": "figures", "filler": "0" * chance.randrange(9000)}
                    exchange.send_of_node(
                        peer=peer, kind=MessageKind.FIGURES, content=content, at=timezone.now()
                    )
        return self.waiting()

    def _draft(self, chance: random.Random, needles: list[str]) -> Any:
        content = {"bench": "offer", "said": needles, "filler": "x" * chance.choice((10, 900, 5000, 11000))}
        return exchange.Draft(MessageKind.OFFERED, uuid4(), content, chance.choice(URGENCIES))

    def queue_singly(self, number: int) -> None:
        """Seal messages as people do: one, and then another."""
        chance = random.Random(number)
        with tenancy.tenant_context(self.society):
            for _ in range(number):
                draft = self._draft(chance, [])
                exchange.send(
                    keys=self.keys(SENDERS[self.slug]),
                    peer=self._peer(),
                    kind=draft.kind,
                    conversation=draft.conversation,
                    content=draft.content,
                    at=timezone.now(),
                )

    def fill(self, number: int) -> None:
        """Put very many messages in the queue; all alike."""
        with tenancy.tenant_context(self.society):
            for start in range(0, number, BATCH):
                drafts = [
                    exchange.Draft(MessageKind.OFFERED, uuid4(), {"bench": "offer"})
                    for _ in range(min(BATCH, number - start))
                ]
                keys = self.keys(SENDERS[self.slug])
                exchange.send_many(keys=keys, peer=self._peer(), drafts=drafts, at=timezone.now())

    def floor(self, number: int) -> list[float]:
        """Return CPU seconds of the bare cryptography of one message: at the sender, and at the receiver."""
        chance, there, seed = random.Random(1), Private.new(), bytes(range(32))
        node_key, header = signing_public(seed), b"h" * 520
        plains = [bytes(self._padded(chance)) for _ in range(number)]
        began = time.process_time()
        bodies = [seal(there.public, plain, "body", header) for plain in plains]
        signatures = [sign(seed, "envelope", header, body) for body in bodies]
        between = time.process_time()
        for body, signature in zip(bodies, signatures, strict=True):
            if not signed(node_key, signature, "envelope", header, body):
                raise ValueError("does not hold")
            there.open(body, "body", header)
        return [(between - began) / number, (time.process_time() - between) / number]

    def _padded(self, chance: random.Random) -> int:
        """Return how large a message of the bench is when it is filled up."""
        return -(-(len(json.dumps(self._draft(chance, []).content)) + 4) // STEP) * STEP

    def _peer(self) -> Any:
        peer = exchange_queries.paired_with(society=self.society, theirs=self.other)
        if peer is None:
            raise LookupError("not paired")
        return peer

    def opened(self) -> int:
        with tenancy.tenant_context(self.society):
            return self._opened()

    def sent(self) -> int:
        """Return how many messages there are in the queue, whatever became of them."""
        with tenancy.tenant_context(self.society):
            return int(apps.get_model("exchange.Outgoing").objects.count())

    def waiting(self) -> int:
        with tenancy.tenant_context(self.society):
            rows = apps.get_model("exchange.Outgoing").objects
            return int(rows.filter(state=SendingState.WAITING).count())

    def why_waiting(self) -> dict[str, Any]:
        """Say for how many seconds of its clock the peer and each message are left in peace, and after which code."""
        now = timezone.now()
        with tenancy.tenant_context(self.society):
            peers = apps.get_model("exchange.Peer").objects.values_list("failure", "attempts", "next_try_at")
            rows = apps.get_model("exchange.Outgoing").objects.filter(state=SendingState.WAITING)
            return {
                "peers": [
                    [failure, tries, when and (when - now).total_seconds()] for failure, tries, when in peers
                ],
                "messages": [
                    [code, tries, (when - now).total_seconds()]
                    for code, tries, when in rows.values_list("code", "attempts", "next_try_at")[:10]
                ],
            }

    def tell(self) -> dict[str, Any]:
        """Say all that came of it: what was sent, what came in, and how often each had its effect."""
        with tenancy.tenant_context(self.society):
            sent = apps.get_model("exchange.Outgoing").objects.values_list("pk", "state", "code")
            came = apps.get_model("exchange.Incoming").objects.values_list("message", "code")
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT message FROM {EFFECTS}")  # noqa: S608  our own name
                effects = Counter(str(row[0]) for row in cursor.fetchall())
            return {
                "sent": [[str(pk), state, code] for pk, state, code in sent],
                "came": [[str(pk), code] for pk, code in came],
                "effects": effects,
                "arrivals": self._rows_of_arrivals(),
                "opened": self._opened(),
                "personal": came.filter(kind=MessageKind.OFFERED).count(),
            }

    def _arrivals(self) -> dict[str, Any]:
        """Return {message: where its body lies}: what a room that keeps what comes has kept, once each."""
        if not apps.is_installed("panah.people.inbox"):
            return {}
        rows = apps.get_model(*ARRIVAL).objects.values_list("pk", "header")
        return {json.loads(bytes(header))["id"]: pk for pk, header in rows}

    def _rows_of_arrivals(self) -> int | None:
        """Return how many arrivals wait for whoever is on duty; None where no room keeps them."""
        if not apps.is_installed("panah.people.inbox"):
            return None
        return int(apps.get_model(*ARRIVAL).objects.count())

    def _opened(self) -> int:
        """Open what arrived, as who is on duty does; returns how many of them say what was sealed."""
        held = self.keys(LEADERS[self.slug][0]).holds(KeyKind.INTAKE)
        if held is None or held.private is None:
            raise LookupError("no intake key")
        rows = apps.get_model("exchange.Incoming").objects.filter(kind=MessageKind.OFFERED)
        lies, opened = self._arrivals(), 0
        for some in batched(rows.values_list("message", "header").iterator(), 256, strict=False):
            place = {message: lies.get(str(message), message) for message, _header in some}
            bodies = vault.load_blobs(kind="arrived", keys=place.values())
            for message, header in some:
                opened += _says_what_was_sealed(held.private, bodies.get(place[message], b""), bytes(header))
        return opened

    def dump(self, path: str) -> None:
        """Write every row of the main database into a file, its bytes as they are: for who searches them."""
        with (
            connection.cursor() as cursor,
            Path(path).open("wb") as file,
            tenancy.tenant_context(self.society),
        ):
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own tables
                for row in cursor.fetchall():
                    raw = (
                        bytes(one) if isinstance(one, memoryview | bytes) else str(one).encode()
                        for one in row
                    )
                    file.write(b"|".join(raw) + b"\n")

    def write_file(self, path: str) -> int:
        """Write what waits into a file, as it is carried to a peer without a line; returns its size."""
        with tenancy.tenant_context(self.society):
            peer = self._peer()
            keys = self.keys(LEADERS[self.slug][0])
            raw = exchange.write_file(peer=peer, by=keys.staff, at=timezone.now())
        Path(path).write_bytes(raw)
        return len(raw)


def _says_what_was_sealed(private: Private, body: bytes, header: bytes) -> bool:
    try:
        return bool(open_body(private, body, header)["bench"] == "offer")
    except DoesNotOpen:
        return False


def count_effects() -> None:
    """Let every kind of the bench that arrives here leave a mark, in the transaction that takes it in.

    The room that offers belong to acts as always; the mark counts how often it did. Of the others the sealed body is
    kept as a room would keep it.
    """
    for kind in (MessageKind.OFFERED, MessageKind.FIGURES):
        # What the bench sends without a person is filler of many sizes: the room that reads figures would refuse it.
        its = (one for one in exchange.HANDLERS if kind in one.kinds and kind != MessageKind.FIGURES)
        there = next(its, None)
        handle = _marking_one(there.handle) if there else _one_of_many(_marking(_kept))
        many = there.handle_many if there else _kept
        marking = exchange.MessageHandler(frozenset({kind}), handle, handle_many=many and _marking(many))
        AS_LONG_AS_THE_PROCESS.enter_context(
            exchange.HANDLERS.temporarily(f"bench {kind}", marking, order=-1)
        )


def _one_of_many(many: Callable[..., list[ReceiptCode]]) -> Callable[..., ReceiptCode]:
    return lambda *, peer, envelope, at: many(peer=peer, envelopes=[envelope], at=at)[0]


def _kept(*, peer: Any, envelopes: list[Any], at: datetime) -> list[ReceiptCode]:
    bodies = {e.header.id: e.body for e in envelopes if e.header.kind in PERSONAL}
    if bodies:
        vault.store_blobs(kind="arrived", sealed=bodies, society=peer.society_id)
    return [ReceiptCode.TAKEN] * len(envelopes)


def _marking(together: Callable[..., list[ReceiptCode]]) -> Callable[..., list[ReceiptCode]]:
    def arrived(*, peer: Any, envelopes: list[Any], at: datetime) -> list[ReceiptCode]:
        codes = together(peer=peer, envelopes=envelopes, at=at)
        _mark([e for e, code in zip(envelopes, codes, strict=True) if code == ReceiptCode.TAKEN])
        return codes

    return arrived


def _marking_one(one: Callable[..., ReceiptCode | None]) -> Callable[..., ReceiptCode | None]:
    def arrived(*, peer: Any, envelope: Any, at: datetime) -> ReceiptCode | None:
        code = one(peer=peer, envelope=envelope, at=at)
        _mark([envelope] if code == ReceiptCode.TAKEN else [])
        return code

    return arrived


def _mark(envelopes: list[Any]) -> None:
    with connection.cursor() as cursor:
        rows = [[str(envelope.header.id)] for envelope in envelopes]
        cursor.executemany(f"INSERT INTO {EFFECTS} (message) VALUES (%s)", rows)  # noqa: S608  our own name
