"""What a stolen database holds of houses: plain rows, and what joins them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from panah.ground.foundation import tenancy
from panah.ground.foundation.models import noon_of
from panah.ground.vault.models import SocietyKey, StaffKey
from panah.people.cases import actions as cases
from panah.people.shelter import actions

# The journal's chain joins every entry with the one before it, whatever they are about.
CHAIN = {("audit_entry", "before"), ("audit_entry", "hash")}


def plain_rows():
    """Every row of every table of the main database: (table, {column: value as the database has it})."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.label != "vault.ShredRow":
            names = [f.attname for f in model._meta.concrete_fields]
            for row in model._default_manager.values(*names):
                yield model._meta.db_table, row


def flat(value):
    """What could join two rows: ids, times, bytes, and texts or numbers long enough to be somebody's own."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return {one for kept in inner for one in flat(kept)}
    if isinstance(value, bytes | memoryview):
        return {bytes(value)} if len(value) > 4 else set()
    if isinstance(value, str):
        try:
            return {UUID(value)}
        except ValueError:
            # The number of a case may be without a digit: GXK-HQQ-D.
            is_a_code = value.isupper() or any(c.isdigit() for c in value)
            return {value} if is_a_code and len(value) > 4 else set()
    return {value} if isinstance(value, UUID | datetime) else set()


def about(anchors):
    """The rows that name one of these, and the values in them."""
    rows, values = [], {}
    for table, row in plain_rows():
        found = {one for name, kept in row.items() if (table, name) not in CHAIN for one in flat(kept)}
        if found & anchors:
            rows.append((table, row))
            for one in found:
                values.setdefault(one, set()).add(table)
    return rows, values


def without_common(values, society):
    """Leave out what joins nobody: the society, its colleagues and keys, the noon of a day."""
    # Every part that is the only one of its name has the same empty ref.
    known = {UUID(int=0), society.pk, *society.staff.values_list("pk", flat=True)}
    known |= set(SocietyKey.objects.filter(society=society).values_list("pk", flat=True))
    # The mark of a colleague's key stands beside her id and says the same.
    known |= {bytes(one) for one in StaffKey.objects.values_list("mark", flat=True)}
    # Of the day alone: what stands on every row of that day joins nobody.
    return {one for one in values - known if not isinstance(one, datetime) or one != noon_of(one)}


def node_does_later(world, *jobs):
    """The node does what waits, nine hours later."""
    with tenancy.tenant_context(world.societies["north"].pk):
        for job in jobs or (cases.move_files_along, actions.forget_waiting):
            job(at=timezone.now() + timedelta(hours=9))


def hand_over(world, case, to, by="amina"):
    there = reverse("cases:hand_over", args=[case.number])
    answer = world.client(by).post(there, {"to": str(world.staff[to].pk), "note": ""})
    assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()
