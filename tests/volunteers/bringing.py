"""A table of volunteers on its way in: brought, its headings confirmed, read by the worker, let in."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from panah.ground.foundation import tenancy
from panah.programmes.volunteers import actions, queries
from panah.programmes.volunteers.models import TableImport

BRING, HEADINGS, REPORT = (
    reverse(f"volunteers:{name}") for name in ("import", "import_headings", "import_report")
)
LET_IN, STOP, TO_MEND = (reverse(f"volunteers:import_{name}") for name in ("let_in", "stop", "to_mend"))


def bring(client, body, name="list.csv", **more):
    body = body if isinstance(body, bytes) else body.encode()
    return client.post(BRING, {"file": SimpleUploadedFile(name, body), **more})


def confirm(client):
    """Confirm the headings as they are guessed."""
    assert client.get(HEADINGS).status_code == 200
    about = queries.about_of(TableImport.objects.get())
    places = {f"column_{n}": about["guess"][key] for n, key in enumerate(about["headings"])}
    answer = client.post(HEADINGS, places)
    assert answer.status_code == 302, answer.text


def work(world, who="north", **more):
    with tenancy.tenant_context(world.societies[who].pk):
        return actions.work_on_tables(at=world.at, **more)


def whole_way(world, client, body, name="list.csv", **more):
    """Bring, confirm, wait, let in, wait; returns the report on the page before anybody came in."""
    assert bring(client, body, name, **more).url == HEADINGS
    confirm(client)
    work(world)
    report = client.get(REPORT).text
    client.post(LET_IN)
    work(world)
    return report
