"""A published file of services is decided about, and the list taken along, without scripts."""

import json

import pytest
from django.utils import timezone

from panah.ground.directory import actions as directory
from panah.ground.directory.models import Organization, Service
from panah.ground.network.models import Society
from tests.browser.conftest import press


@pytest.fixture
def there(world):
    """The practice register with a pathway of two steps and a published file that waits for Bakyt."""
    at, bakyt = timezone.now(), world.staff["bakyt"]
    directory.load_reference_data(at=at, practice=True)
    north = Society.objects.get(slug="practice-north")
    clinic = Service.objects.get(reference="north-clinic-urgent")
    beds = Service.objects.get(reference="north-juniper-women")
    steps = [
        directory.save_step(
            entry=directory.StepEntry(need="medical", order=n, conditions_en="At any hour.", **ends),
            society=north,
            by=bakyt,
            at=at,
        )
        for n, ends in enumerate(
            (
                {"from_role": "caseworker", "to_service": clinic.pk},
                {"from_organization": clinic.organization_id, "to_service": beds.pk},
            ),
            1,
        )
    ]
    published = [
        {
            "name": "Practice advice",
            "status": "active",
            "organization": {"name": name, "description": "Made up."},
        }
        for name in (Organization.objects.get(reference="north-clinic").name_en, "Practice Hearth")
    ]
    brought = directory.bring_directory(
        body=json.dumps([*published, {"name": "x"}]).encode(),
        source="Practice atlas",
        said_at=at,
        by=bakyt,
        at=at,
    )
    return {"step": steps[0].pk, "brought": brought.pk}


def test_bakyt_decides_about_a_file_without_scripts(visit, there):
    page = visit("bakyt", f"/network/bring/{there['brought']}/", scripts=False)
    press(page.locator("main button.btn-main"))
    assert "Practice Hearth" in visit("bakyt", "/network/?place=XA", scripts=False).inner_text("#found")
    assert Service.objects.filter(source="Practice atlas").count() == 2


def test_elena_takes_the_list_out_without_scripts(visit, there):
    page = visit("elena", "/network/?need=legal&place=XA", scripts=False)
    with page.expect_download() as taken:
        page.click("#found button[value=json]")
    assert taken.value.suggested_filename == "directory-hsds-3.json"
