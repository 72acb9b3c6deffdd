"""Somebody on the wire: a process between two nodes that passes bundles on, or does something to them first.

What it does to the next bundles is dealt to it as cards on standard input, one JSON object a line; what it did it says
on standard output, with the ids of the messages that were in the bundle. Without a card it passes everything on.
Everything that passes can be kept in a file, and read from the network itself where that is allowed (``sniffer.py``).
"""

import json
import random
import socket
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread
from time import sleep
from typing import Any

from benchmarks.exchange import forgery, sniffer
from benchmarks.exchange.die_with_parent import end_with_parent

Address = tuple[str, int]
DOOR = b"POST /exchange/v1/envelopes"
PATIENCE = 60.0
WRONG = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: /exchange/v1/envelopes\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<p>Hello</p>\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 4194304\r\nConnection: close\r\n\r\n" + bytes(4_194_304),
    b"no HTTP at all\r\n\r\n",
)


class Cut(Exception):
    """The line is gone."""


class Line:
    """One connection of a client: what it asked, and what it gets."""

    def __init__(self, client: socket.socket) -> None:
        self.client = client
        self.client.settimeout(PATIENCE)
        self.head, self.body = _request(client)

    def gets(self, answer: bytes) -> None:
        self.client.sendall(answer)

    def is_cut(self) -> None:
        # No farewell: the other side sees a reset, as when a cable is pulled and put back.
        self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.client.close()


class MitmProxy:
    """Passes on, keeps, and plays the cards it was dealt."""

    def __init__(self, *, upstream: Address, seed: int, keep: str = "") -> None:
        self.upstream, self.keep = upstream, keep
        self.chance = random.Random(seed)
        self.third = forgery.ThirdNode(seed)
        self.cards: deque[str] = deque()
        self.before: deque[bytes] = deque(maxlen=16)
        self.receipts: deque[bytes] = deque(maxlen=4)
        self.held: list[tuple[bytes, bytes]] = []
        self.lock = Lock()

    def serve(self, listener: socket.socket) -> None:
        while True:
            client, _address = listener.accept()
            Thread(target=self.attend, args=(client,), daemon=True).start()

    def attend(self, client: socket.socket) -> None:
        with client:
            try:
                line = Line(client)
                self.noted(line.head + line.body)
                if line.head.startswith(DOOR):
                    # One bundle after another: the cards lie in an order.
                    with self.lock:
                        self.play(line)
                else:
                    line.gets(self.passed(line.head, line.body))
            except (OSError, Cut):
                return

    def play(self, line: Line) -> None:
        card = self.cards.popleft() if self.cards else "passed"
        said: dict[str, Any] = {"card": card, "ids": list(forgery.ids(line.body)), "forged": []}
        said["sizes"] = sorted(forgery.off_the_steps(forgery.body_sizes(line.body)))
        held, self.held = self.held, []
        try:
            PLAYS[card](self, line, said)
        except (OSError, Cut):
            said["met"] = "nobody"
            if card != "passed":
                self.cards.append(card)
        finally:
            self.before.append(line.body)
            for head, body in held:
                self.passed_if_anybody(head, body)
            tell(said)

    def passed(self, head: bytes, body: bytes) -> bytes:
        """Return what the node answers to this."""
        with socket.create_connection(self.upstream, timeout=PATIENCE) as line:
            line.sendall(with_length(head, body) + body)
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        if not answer:
            raise Cut
        self.noted(answer)
        return answer

    def passed_if_anybody(self, head: bytes, body: bytes) -> None:
        try:
            self.passed(head, body)
        except (OSError, Cut):
            return

    def noted(self, raw: bytes) -> None:
        if self.keep:
            with Path(self.keep).open("ab") as file:
                file.write(len(raw).to_bytes(4, "big") + raw)

    # -- cards -----------------------------------------------------------------------------------

    def pass_on(self, line: Line, said: dict[str, Any]) -> None:
        answer = self.passed(line.head, line.body)
        self.receipts.append(answer)
        line.gets(answer)

    def delay(self, line: Line, said: dict[str, Any]) -> None:
        sleep(self.chance.uniform(0.3, 1.5))
        self.pass_on(line, said)

    def cut_before(self, line: Line, said: dict[str, Any]) -> None:
        line.is_cut()

    def cut_within(self, line: Line, said: dict[str, Any]) -> None:
        with socket.create_connection(self.upstream, timeout=PATIENCE) as up:
            up.sendall(with_length(line.head, line.body))
            up.sendall(line.body[: self.chance.randrange(len(line.body))])
        line.is_cut()

    def lose_reply(self, line: Line, said: dict[str, Any]) -> None:
        self.passed(line.head, line.body)
        line.is_cut()

    def cut_reply(self, line: Line, said: dict[str, Any]) -> None:
        answer = self.passed(line.head, line.body)
        line.gets(answer[: self.chance.randrange(1, len(answer))])
        line.is_cut()

    def replay(self, line: Line, said: dict[str, Any]) -> None:
        first = self.passed(line.head, line.body)
        again = self.passed(line.head, line.body)
        for body in self.chance.sample(sorted(self.before), min(2, len(self.before))):
            self.passed_if_anybody(line.head, body)
        line.gets(self.chance.choice((first, again)))

    def hold(self, line: Line, said: dict[str, Any]) -> None:
        """It comes after what was sent later."""
        self.held.append((line.head, line.body))
        line.is_cut()

    def shuffle(self, line: Line, said: dict[str, Any]) -> None:
        envelopes = forgery.parts(line.body)
        self.chance.shuffle(envelopes)
        line.gets(self.passed(line.head, forgery.joined(envelopes + envelopes[:1])))

    def truncate(self, line: Line, said: dict[str, Any]) -> None:
        line.gets(self.passed(line.head, line.body[: self.chance.randrange(len(line.body))]))

    def flip(self, line: Line, said: dict[str, Any]) -> None:
        times = self.chance.choice((1, 1, 8))
        line.gets(self.passed(line.head, forgery.flipped(line.body, self.chance, times=times)))

    def sign_anew(self, line: Line, said: dict[str, Any]) -> None:
        body, forged = self.third.sign_anew(line.body, self.chance)
        said["forged"] = sorted(forged)
        line.gets(self.passed(line.head, body))

    def forge_receipt(self, line: Line, said: dict[str, Any]) -> None:
        """Say that all was taken, and pass nothing on."""
        header = json.loads(forgery.taken_apart(forgery.parts(line.body)[0])[0])
        line.gets(answered(self.third.receipt(line.body, header["to"]["node"])))

    def old_receipt(self, line: Line, said: dict[str, Any]) -> None:
        if not self.receipts:
            raise Cut
        line.gets(self.receipts[0])

    def flip_receipt(self, line: Line, said: dict[str, Any]) -> None:
        head, _gap, body = self.passed(line.head, line.body).partition(b"\r\n\r\n")
        line.gets(head + b"\r\n\r\n" + forgery.flipped(body, self.chance))

    def wrong_answer(self, line: Line, said: dict[str, Any]) -> None:
        line.gets(self.chance.choice(WRONG))


PLAYS: dict[str, Callable[[MitmProxy, Line, dict[str, Any]], None]] = {
    "passed": MitmProxy.pass_on,
    "delayed": MitmProxy.delay,
    "cut before": MitmProxy.cut_before,
    "cut within": MitmProxy.cut_within,
    "reply lost": MitmProxy.lose_reply,
    "reply cut": MitmProxy.cut_reply,
    "replayed": MitmProxy.replay,
    "came after later ones": MitmProxy.hold,
    "reordered, one twice": MitmProxy.shuffle,
    "truncated": MitmProxy.truncate,
    "bits flipped": MitmProxy.flip,
    "signed by a third node": MitmProxy.sign_anew,
    "receipt forged": MitmProxy.forge_receipt,
    "receipt of another bundle": MitmProxy.old_receipt,
    "bits of the receipt flipped": MitmProxy.flip_receipt,
    "answer that is none": MitmProxy.wrong_answer,
}


def _request(client: socket.socket) -> tuple[bytes, bytes]:
    raw = b""
    while b"\r\n\r\n" not in raw:
        more = client.recv(65536)
        if not more:
            raise Cut
        raw += more
    head, _gap, body = raw.partition(b"\r\n\r\n")
    pieces, there = [body], len(body)
    while there < _length(head):
        more = client.recv(1 << 20)
        if not more:
            raise Cut
        pieces.append(more)
        there += len(more)
    return head + b"\r\n\r\n", b"".join(pieces)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def with_length(head: bytes, body: bytes) -> bytes:
    """Return the head with the length of this body."""
    lines = head.rstrip(b"\r\n").split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith(b"content-length:")]
    return b"\r\n".join([*kept, b"Content-Length: %d" % len(body)]) + b"\r\n\r\n"


def answered(body: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n"
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def tell(said: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Listen, say so, and take cards until standard input ends."""
    end_with_parent()
    told = json.loads(sys.argv[1])
    proxy = MitmProxy(upstream=(told["to_host"], told["to_port"]), seed=told["seed"], keep=told["keep"])
    listener = socket.create_server(("127.0.0.1", told["port"]), reuse_port=False, backlog=64)
    if told["keep"]:
        Path(told["keep"]).parent.mkdir(parents=True, exist_ok=True)
    if told["sniff"]:
        sniffer.begin(Path(told["sniff"]), ports={told["port"], told["to_port"]})
    Thread(target=proxy.serve, args=(listener,), daemon=True).start()
    tell({"listens": told["port"]})
    for command in sys.stdin:
        asked = json.loads(command)
        if asked.get("flush"):
            held, proxy.held = proxy.held, []
            for head, body in held:
                proxy.passed_if_anybody(head, body)
            proxy.cards.clear()
        proxy.cards.extend(asked.get("cards", ()))


if __name__ == "__main__":
    main()
