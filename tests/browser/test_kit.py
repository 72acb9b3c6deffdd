"""The gallery, the keys and the pages of an error, as people see them."""

import pytest


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("who", "url"), [("amina", "/kit/gallery"), ("amina", "/kit/keys")])
def test_the_pages_of_the_kit_can_be_used_by_everyone(look, world, who, url, language):
    world.staff[who].language = language
    world.staff[who].save()
    look(who, url, language=language)


def test_farid_finds_nothing_where_there_is_nothing(look):
    look(None, "/no/such/page", status=404, expected=("status of 404",))
