"""Reading the network itself: every packet of some ports, where the system lets us (Linux, root)."""

import socket
from pathlib import Path
from threading import Thread

EVERYTHING = 0x0003  # ETH_P_ALL
FRAME = 1 << 17
OUTGOING = 4


def allowed() -> bool:
    """Say whether packets can be read here."""
    try:
        _socket().close()
    except (OSError, AttributeError):
        return False
    return True


def begin(path: Path, *, ports: set[int]) -> None:
    """Write what TCP packets from and to these ports carry into files beside ``path``, one for each direction.

    Streams are written as they come: a text that is cut over two packets stands whole in the file of its stream.
    """
    line = _socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    path.mkdir(parents=True, exist_ok=True)
    Thread(target=_listen, args=(line, path, ports), daemon=True).start()


def _socket() -> socket.socket:
    return socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERYTHING))


def _listen(line: socket.socket, path: Path, ports: set[int]) -> None:
    while True:
        frame, where = line.recvfrom(FRAME)
        if where[0] == "lo" and where[2] == OUTGOING:
            continue  # On loopback each packet is seen twice, going and coming.
        found = payload(frame)
        if found is None or not found[2] or not ports & set(found[:2]):
            continue
        with (path / f"from-{found[0]}-to-{found[1]}").open("ab") as file:
            file.write(found[2])


def payload(frame: bytes) -> tuple[int, int, bytes] | None:
    """Return (source port, target port, content) of an Ethernet frame with TCP over IPv4; None for any other."""
    if len(frame) < 54 or frame[12:14] != b"\x08\x00" or frame[23] != 6:
        return None
    start = 14 + (frame[14] & 15) * 4
    end = 14 + int.from_bytes(frame[16:18], "big")
    tcp = frame[start : end if end > 14 else len(frame)]
    if len(tcp) < 20:
        return None
    source, target = int.from_bytes(tcp[:2], "big"), int.from_bytes(tcp[2:4], "big")
    return source, target, tcp[(tcp[12] >> 4) * 4 :]
