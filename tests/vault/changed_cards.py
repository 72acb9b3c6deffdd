"""A card that somebody changed in its row."""

from panah.ground.vault.models import ShredRow


def change_row(kind, key, how):
    """What somebody who writes in the database does, in every copy of the store; returns what undoes it."""
    before = {}
    for alias in ("shred", "shred_copy"):
        row = ShredRow.objects.using(alias).get(kind=kind, key=key)
        before[alias] = bytes(row.wrapped)
        row.wrapped = how(before[alias])
        row.save(using=alias)
    return lambda: [
        ShredRow.objects.using(alias).filter(kind=kind, key=key).update(wrapped=was)
        for alias, was in before.items()
    ]


def changed(raw):
    return raw[:-1] + bytes([raw[-1] ^ 1])
