"""What a trainer's telephone sends."""

import base64
import json

from django.urls import reverse

from panah.ground.vault.seals import context, pad, seal
from panah.programmes.training import queries as training_queries
from panah.programmes.training.models import PhoneList


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sealed(given, said):
    """Seal as the telephone does, to the key that it was given."""
    info = ("register on a telephone", PhoneList.objects.get(pk=given["id"]).pk)
    assert decoded(given["place"]) == context(*info)
    blob = seal(decoded(given["key"]), pad(json.dumps(said).encode()), *info)
    return base64.urlsafe_b64encode(blob).decode().rstrip("=")


def send(world, given, said, who="elena"):
    text = said if isinstance(said, str) else sealed(given, said)
    return world.client(who).post(reverse("training:phone_send", args=[given["id"]]), {"sealed": text})


def there(one):
    session = one.sessions.get().pk
    return {each.name: each.was.get(session) for each in training_queries.people_of(one)}
