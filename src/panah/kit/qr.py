"""A QR code as a drawing: bytes, versions 1 to 5, error correction L. Enough for a code app's address.

After ISO/IEC 18004. Small on purpose: one block a symbol, so no interleaving. Rooms draw the result as an
inline SVG, since the policy of our pages allows no ``data:`` address.
"""

from collections.abc import Iterator
from html import escape

# Version -> (data codewords, error correction codewords, centre of the alignment mark).
_SIZES = {1: (19, 7, 0), 2: (34, 10, 18), 3: (55, 15, 22), 4: (80, 20, 26), 5: (108, 26, 30)}
ROOM = 106  # bytes that fit into version 5

_EXP = [0] * 512
_LOG = [0] * 256


def _tables() -> None:
    value = 1
    for power in range(255):
        _EXP[power], _LOG[value] = value, power
        value = (value << 1) ^ (0x11D if value & 0x80 else 0)
    for power in range(255, 512):
        _EXP[power] = _EXP[power - 255]


_tables()
Modules = list[list[int]]  # rows of 0 and 1


def matrix(text: str) -> Modules:
    """Return the symbol of a text of at most 106 bytes as rows of 0 (light) and 1 (dark)."""
    raw = text.encode()
    version = next((v for v, (room, _, _) in _SIZES.items() if len(raw) <= room - 2), None)
    if version is None:
        raise ValueError(len(raw))
    bits = _bits(raw, version)
    return min((_drawn(version, bits, mask) for mask in range(8)), key=_penalty)


def svg(text: str, *, label: str) -> str:
    """Return the symbol as an ``<svg>`` element with a quiet zone of four modules."""
    rows = matrix(text)
    side = len(rows) + 8
    path = "".join(
        f"M{x + 4} {y + 4}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return (
        f'<svg class="qr" viewBox="0 0 {side} {side}" width="220" height="220" role="img" aria-label="{escape(label)}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def _bits(raw: bytes, version: int) -> list[int]:
    room, correction, _ = _SIZES[version]
    stream = [0, 1, 0, 0, *_of(len(raw), 8)]
    for byte in raw:
        stream += _of(byte, 8)
    stream += [0] * min(4, room * 8 - len(stream))
    stream += [0] * (-len(stream) % 8)
    words = [int("".join(map(str, stream[i : i + 8])), 2) for i in range(0, len(stream), 8)]
    words += [(0xEC, 0x11)[i % 2] for i in range(room - len(words))]
    return [bit for word in words + _correction(words, correction) for bit in _of(word, 8)]


def _of(value: int, length: int) -> list[int]:
    return [(value >> i) & 1 for i in reversed(range(length))]


def _times(a: int, b: int) -> int:
    return _EXP[_LOG[a] + _LOG[b]] if a and b else 0


def _correction(words: list[int], count: int) -> list[int]:
    generator = [1]
    for power in range(count):
        longer = [*generator, 0]
        for i, value in enumerate(generator):
            longer[i + 1] ^= _times(value, _EXP[power])
        generator = longer
    rest = [*words, *([0] * count)]
    for i in range(len(words)):
        lead = rest[i]
        for j, value in enumerate(generator):
            rest[i + j] ^= _times(value, lead)
    return rest[len(words) :]


def _blank(version: int) -> tuple[Modules, Modules]:
    """Return the fixed marks, and which modules they take (format information included)."""
    side = 17 + 4 * version
    rows, fixed = [[0] * side for _ in range(side)], [[0] * side for _ in range(side)]
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        _finder(rows, fixed, top, left)
    for i in range(side):
        if not fixed[6][i]:
            rows[6][i] = rows[i][6] = 1 - i % 2
            fixed[6][i] = fixed[i][6] = 1
    centre = _SIZES[version][2]
    for y in range(centre - 2, centre + 3) if centre else ():
        for x in range(centre - 2, centre + 3):
            rows[y][x], fixed[y][x] = int(max(abs(y - centre), abs(x - centre)) != 1), 1
    for i in range(9):
        fixed[8][i] = fixed[i][8] = 1
    for i in range(8):
        fixed[8][side - 1 - i] = fixed[side - 1 - i][8] = 1
    rows[side - 8][8] = 1
    return rows, fixed


def _finder(rows: Modules, fixed: Modules, top: int, left: int) -> None:
    side = len(rows)
    for y in range(-1, 8):
        for x in range(-1, 8):
            if 0 <= top + y < side and 0 <= left + x < side:
                ring = max(abs(y - 3), abs(x - 3))
                rows[top + y][left + x] = int(ring != 2 and ring != 4)
                fixed[top + y][left + x] = 1


def _zigzag(side: int) -> Iterator[tuple[int, int]]:
    right, upward = side - 1, True
    while right > 0:
        right -= right == 6
        for i in range(side):
            y = side - 1 - i if upward else i
            yield y, right
            yield y, right - 1
        right, upward = right - 2, not upward


_MASKS = (
    lambda y, x: (y + x) % 2,
    lambda y, x: y % 2,
    lambda y, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)


def _drawn(version: int, bits: list[int], mask: int) -> Modules:
    rows, fixed = _blank(version)
    places = ((y, x) for y, x in _zigzag(len(rows)) if not fixed[y][x])
    for number, (y, x) in enumerate(places):
        bit = bits[number] if number < len(bits) else 0
        rows[y][x] = bit ^ int(_MASKS[mask](y, x) == 0)
    _format(rows, mask)
    return rows


def _format(rows: Modules, mask: int) -> None:
    data = 0b01000 | mask  # level L
    rest = data << 10
    for shift in range(4, -1, -1):
        if rest >> (10 + shift) & 1:
            rest ^= 0x537 << shift
    bits = _of(((data << 10) | rest) ^ 0x5412, 15)
    side = len(rows)
    near = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    far = [(side - 1 - i, 8) for i in range(7)] + [(8, side - 8 + i) for i in range(8)]
    for bit, (y, x), (v, u) in zip(bits, near, far, strict=True):
        rows[y][x] = rows[v][u] = bit


def _penalty(rows: Modules) -> int:
    columns = [list(column) for column in zip(*rows, strict=True)]
    lines = ["".join(map(str, line)) for line in [*rows, *columns]]
    total = 0
    for line in lines:
        runs = line.replace("01", "0 1").replace("10", "1 0").split()
        total += sum(len(run) - 2 for run in runs if len(run) >= 5)
        total += 40 * sum(line[i : i + 11] in ("10111010000", "00001011101") for i in range(len(line) - 10))
    for y in range(len(rows) - 1):
        for x in range(len(rows) - 1):
            total += 3 * (rows[y][x] == rows[y][x + 1] == rows[y + 1][x] == rows[y + 1][x + 1])
    dark = sum(map(sum, rows)) * 100 // len(rows) ** 2
    return total + 10 * (abs(dark - 50) // 5)
