"""Interpreters on the list of the northern society, as focal points write them down."""

from datetime import timedelta

from django.utils import timezone

from panah.people.safety import actions

TIES = "Cousin of the Qwertyman family; sells at the Sora market."


def add(world, name="Practice Voice Reed", languages=("uz", "ru"), **more):
    typed = {"name": name, "phone": "+000 12", "languages": list(languages), "ways": ["phone"], "hours": ""}
    return actions.add_interpreter(keys=world.keys("bakyt"), typed=typed | more, at=timezone.now())


def vetted(world, name="Practice Voice Reed", *, ask_first=False, until=None, **more):
    row = add(world, name, **more)
    keys, at = world.keys("bakyt"), timezone.now()
    actions.ask_about_ties(
        keys=keys, row=row, ask_first=ask_first, ties=TIES, not_for="Sora", on=timezone.localdate(), at=at
    )
    until = until or timezone.localdate() + timedelta(days=365)
    actions.vet(
        keys=keys, row=row, checked="Two colleagues", undertaking_on=timezone.localdate(), until=until, at=at
    )
    return row
