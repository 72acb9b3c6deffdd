"""The keys of this node for the wire between nodes, made from the host file; and how they are replaced.

One pair signs envelopes and receipts, one opens what is sealed to the node: kinds without a person in them. Replacing
takes two steps, since others must have heard of the new keys before they are used: ``prepare``, then ``switch``.
"""

import os

from panah.ground.vault.host_secrets import change_wire_keys, host
from panah.ground.vault.seals import Private, derive, signing_public


def signing_seed() -> bytes:
    """Return the 32-byte seed by which this node signs envelopes and receipts."""
    return _signs(_now())


def public() -> bytes:
    """Return the 32-byte public half of the signing key."""
    return signing_public(signing_seed())


def box() -> Private:
    """Return the key that opens what is sealed to this node."""
    return _opens(_now())


def publics() -> list[bytes]:
    """Return the public signing keys under which others may know this node: now, next, and before."""
    return [signing_public(_signs(seed)) for seed in _all()]


def boxes() -> list[Private]:
    """Return the keys that open what others sealed to this node under any of those names."""
    return [_opens(seed) for seed in _all()]


def next_keys() -> tuple[bytes, bytes] | None:
    """Return (public signing key, public box key) that were prepared and are not used yet, or None."""
    seed = host().wire_next
    return (signing_public(_signs(seed)), _opens(seed).public) if seed else None


def prepare() -> bytes:
    """Make the next keys, unless some wait already; returns their public signing key."""
    if not host().wire_next:
        change_wire_keys(wire_next=os.urandom(32).hex())
    waiting = next_keys()
    return waiting[0] if waiting else b""


def switch() -> bytes:
    """Use the keys that were prepared; the ones before still open and are still known. Returns the new public key."""
    kept = host()
    if kept.wire_next:
        change_wire_keys(wire_before=_now().hex(), wire_seed=kept.wire_next.hex(), wire_next="")
    return public()


def _now() -> bytes:
    return host().wire_seed or host().node_seed


def _all() -> list[bytes]:
    return [seed for seed in (_now(), host().wire_next, host().wire_before) if seed]


def _signs(seed: bytes) -> bytes:
    return derive(seed, "node signs", 1)


def _opens(seed: bytes) -> Private:
    return Private(derive(seed, "node box", 1))
