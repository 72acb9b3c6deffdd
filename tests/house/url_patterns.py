"""Every address of the node, and the rooms that strangers may reach."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Pages open to anybody, each with its reason. Nothing else answers without a login.
PUBLIC = {
    "exchange:card-shown": "what another node takes for pairing: public keys, while a focal point shows them",
    "exchange:envelopes": "another society's node hands in what it has signed and sealed",
    "knowledge": "whoever sits in a course answers its knowledge test on a telephone, on that day",
    "certificate": "whoever is shown a certificate checks it by the name that stands on it",
    "verify_public": "whoever has a file of a release asks what it is, and whether it still stands",
    "public:papers": "a stranger sees which files a society publishes",
    "public:paper": "a stranger takes one of them along",
    "join": "whoever wants to help asks a branch by its printed link",
    "own": "a volunteer without an account opens her own page by its address and her PIN",
    "public:write": "whoever is in need writes to a society without a name",
    "public:answer": "whoever wrote comes back with the number of the message",
    "public:first": "whoever needs help reads where to get it",
    "public:numbers": "whoever needs help reads whom to call",
    "public:places": "whoever needs help looks for it near a place",
    "public:about": "whoever reads the door learns what it cannot hide",
    "health": "a supervisor asks whether the node is alive",
    "kit:language": "a reader chooses her language before she signs in",
    "public:talk": "whoever needs help writes with a colleague on duty",
    "once": "a partner without Panah opens, once, what was prepared for it",
    "public:check": "whoever is about to travel asks which warning signs an offer has",
    "public:check-card": "the same on a card that is given out",
    "public:check-picture": "the same as a picture that goes round in messengers",
    "public:check-text": "the text that a society records of it",
    "sign_in:sign-in": "the door itself",
    "sign_in:second-step": "after the right words the passkey is asked for, before anybody is signed in",
    "sign_in:cannot": "who cannot sign in reads what to do",
    "sign_in:forgotten": "the printed code is the other way in",
    "sign_in:stop-by-mail": "whoever lost her words stops by a signed link what is asked for in her name",
    "sign_in:invitation": "an invited colleague makes her key before she can sign in",
}


def every_pattern(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (name with namespace, view) of every address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from every_pattern(pattern, inside)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", pattern.callback
