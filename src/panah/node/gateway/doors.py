"""Which door a request comes to, and what it may send there."""

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address
from time import monotonic

from django.conf import settings
from django.http import parse_cookie
from django.urls import Resolver404, resolve

from panah.node.gateway.bodies import KIB, MIB, Allowance

# A thin line sends 1 KiB a second; a photograph may take an hour there, but not stand still for a minute.
OF_COLLEAGUES = Allowance(
    largest=settings.FILE_UPLOAD_MAX_MEMORY_SIZE, past=64 * MIB, pause=60, rate=KIB, grace=60, whole=4 * 3600
)
# A bundle, whose sender gives up after 90 seconds (exchange.http_client).
OF_NODES = Allowance(largest=8 * MIB + 1, pause=20, rate=KIB, grace=20, whole=100)
# A form of a few short fields.
OF_STRANGERS = Allowance(largest=256 * KIB, pause=20, rate=KIB, grace=20, whole=120)
# The sign-in carries along what was typed when the session had ended (sign_in.form_replay).
OF_SIGN_IN = Allowance(
    largest=settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 64 * KIB, pause=20, rate=KIB, grace=20, whole=3600
)
# A session may have ended while she wrote: what she sends is brought through the sign-in (sign_in.form_replay).
OF_UNKNOWN = Allowance(
    largest=settings.FILE_UPLOAD_MAX_MEMORY_SIZE, past=64 * MIB, pause=30, rate=KIB, grace=30, whole=3600
)
# Whoever tells something at the public door, with photographs, over a line of 50 kbit/s and worse.
OF_REPORTERS = Allowance(
    largest=settings.FILE_UPLOAD_MAX_MEMORY_SIZE, past=64 * MIB, pause=60, rate=KIB, grace=60, whole=4 * 3600
)
# The public door, and its pages that take more than a choice.
PUBLIC = "public"
NODES = "exchange:envelopes"
ALLOWANCES = {
    NODES: OF_NODES,
    "sign_in:sign-in": OF_SIGN_IN,
    "sign_in:second-step": OF_SIGN_IN,
    "public:write": OF_REPORTERS,
    "public:answer": OF_REPORTERS,
    "public:talk": OF_REPORTERS,
    # Whoever verifies a release may bring the file itself.
    "verify_public": OF_REPORTERS,
}
# What a browser and a proxy tell about somebody's telephone and where she is.
OF_WHERE_SHE_IS = (
    "HTTP_USER_AGENT",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
    "HTTP_COOKIE",
)
# Doors of one sort have places and room of their own: the public door, that of other nodes, and all others.
CROWD_OF_NODES, OTHERS = "exchange", "others"
# What is no open page: a page behind the sign-in, asked for by somebody who is not known yet.
BEHIND = "behind the sign-in"


@dataclass(frozen=True)
class Door:
    """One door for strangers; each is served by itself, so that a crowd at one does not stand before another."""

    name: str
    allowance: Allowance

    @property
    def crowd(self) -> str:
        sort = self.name.partition(":")[0]
        return sort if sort in (PUBLIC, CROWD_OF_NODES) else OTHERS

    def without_traces(self, given: dict[str, str]) -> dict[str, str]:
        """Return a request's variables as its pages get them: at the public door without address, agent or cookie."""
        if self.name.partition(":")[0] != PUBLIC:
            return given
        kept = {
            name: value
            for name, value in given.items()
            if name not in OF_WHERE_SHE_IS and not name.startswith("HTTP_SEC_CH_")
        }
        return kept | {"REMOTE_ADDR": ""}


def door_of(path: str) -> Door:
    """Return the door that a path of a stranger's request leads to."""
    try:
        match = resolve(path)
    except Resolver404:
        return Door(BEHIND, OF_STRANGERS)
    if getattr(match.func, "login_required", True):
        return Door(BEHIND, OF_UNKNOWN)
    return Door(match.view_name, ALLOWANCES.get(match.view_name, OF_STRANGERS))


class Sessions:
    """Which sessions were a colleague's a short while ago, in this process alone: hashes of their cookies.

    It opens nothing: Django looks at each request as always. It says who is answered by the threads of colleagues.
    """

    def __init__(self, *, most: int = 4096, seconds: float = 1800, unseen: float = 60) -> None:
        # ``unseen``: as long as static files may be all that is asked for. An open page asks four times a minute how
        # the vault is, and Django looks; who asks for nothing that it looks at may have ended.
        self.most, self.seconds, self.unseen = most, seconds, unseen
        self.seen: OrderedDict[bytes, float] = OrderedDict()

    def key(self, cookies: str) -> bytes | None:
        """Return how the session in a request's cookies is known here, None when it has none."""
        value = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME) if cookies else None
        return sha256(value.encode()).digest() if value else None

    def knows(self, key: bytes | None) -> bool:
        return key is not None and monotonic() - self.seen.get(key, -self.seconds) < self.seconds

    def learn(self, key: bytes | None, *, signed_in: bool | None) -> None:
        """Remember what Django found: a colleague, or nobody any more; None when it did not look."""
        if key is None:
            return
        if signed_in is None and monotonic() - self.seen.get(key, 0) < self.unseen:
            return
        if not signed_in:
            self.seen.pop(key, None)
            return
        self.seen[key] = monotonic()
        self.seen.move_to_end(key)
        if len(self.seen) > self.most:
            self.seen.popitem(last=False)


def counted(address: str) -> bool:
    """Say whether an address stands for one stranger: not this machine, nor a proxy or office beside it."""
    try:
        return ip_address(address.strip("[]")).is_global
    except ValueError:
        return False
