"""The ground: who works here, keys and sealed files, what is due, and the wire. Both other houses stand on it."""

from panah.rooms import House

HOUSE = House(
    name="ground",
    rooms=(
        "kit", "audit", "network", "directory", "accounts", "approvals", "channels", "vault", "sign_in",
        "work", "exchange",
    ),
    addresses=(
        ("vault/", "sign_in"),
        ("kit/", "kit"),
        ("network/", "directory"),
        ("network/", "network"),
        ("paging/", "channels"),
        ("exchange/", "exchange"),
        ("me/", "accounts"),
    ),
    practice=("roster",),
)  # fmt: skip
