"""The pages of bringing cases in and taking them out, as people see them."""

import pytest

from panah.imports import actions

TABLE = b"source_id,prs_FirstName,prs_Gender,shoe_size\n1,Example,Feminine,38\n2,Other,Woman,39\n"


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("address", ["/imports/", "/imports/check/", "/imports/export/?state=open"])
def test_the_pages_of_import_and_export_can_be_used_by_everyone(look, world, address, language):
    world.staff["bakyt"].language = language
    world.staff["bakyt"].save()
    if "check" in address:
        actions.keep_upload(keys=world.keys("bakyt"), body=TABLE, source="list", branch="", at=world.at)
    look("bakyt", address, language=language)
