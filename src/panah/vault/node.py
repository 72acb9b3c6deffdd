"""The keys of this node for the wire between nodes: made from the host's node key, one pair a generation."""

from panah.vault.host import host
from panah.vault.seals import Private, derive, signing_public


def signing_seed(generation: int = 1) -> bytes:
    """Return the 32-byte seed by which this node signs envelopes and receipts."""
    return derive(host().node_seed, "node signs", generation)


def public(generation: int = 1) -> bytes:
    """Return the 32-byte public half of the signing key."""
    return signing_public(signing_seed(generation))


def box(generation: int = 1) -> Private:
    """Return the key that opens what is sealed to this node: kinds without a person in them."""
    return Private(derive(host().node_seed, "node box", generation))
