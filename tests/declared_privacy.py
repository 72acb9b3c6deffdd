"""What the models say in ``class Privacy`` of their fields; a kind that a model does not name holds nothing."""

from django.db import models

KINDS = ("identifying", "sensitive", "personal", "ordinary")


def declared(model: type[models.Model], *kinds: str) -> list[str]:
    """Return the fields that a model declares as one of these kinds, or as any; no ``Privacy`` is an error."""
    return [name for kind in kinds or KINDS for name in getattr(model.Privacy, kind, ())]
