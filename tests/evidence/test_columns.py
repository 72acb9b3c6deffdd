"""Columns, values and bins come from a file that the society signed, older than the data."""

import io
import re
import zipfile
from datetime import date

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault.seals import context, sign, signing_public
from panah.programmes.evidence import actions, columns, ctdc, products
from panah.programmes.evidence.columns_refused import WHY
from panah.programmes.evidence.models import ColumnsFile, Population
from panah.programmes.evidence.products import ReleaseRequest
from panah.programmes.release.domain import shipped, to_be_signed
from tests.evidence.conftest import card, write_cards
from tests.evidence.preparing_releases import TABLES, at, begun, prepared, press_prepare

HERE = reverse("evidence:columns")
OWN = shipped().decode().replace('"ctdc-2024-panah-1"', '"north-1"').replace('"ZAF",', "")


def declared(text, day):
    return text.replace("declared_on = 2026-11-01", f"declared_on = {day.isoformat()}")


def test_without_a_signed_file_no_release_of_real_people_begins(world):
    ColumnsFile.objects.all().delete()
    answer = world.client("nurlan").post(reverse("evidence:begin"), {**TABLES, "what": "cases"})
    assert answer.status_code == 422 and "has signed no file of columns" in answer.text
    assert begun(world).population.columns is None, "made-up people need none"
    write_cards(world, [card("KZ", assisted="yes") for _ in range(30)])
    assert actions.enter_own_facts(keys=world.keys("nurlan"), year=2025, at=world.at), "figures need none"
    assert (
        world.client("nurlan").post(reverse("evidence:begin"), {**TABLES, "what": "cases"}).status_code == 422
    )
    actions.sign_columns(keys=world.keys("bakyt"), at=world.at)
    assert begun(world, what="cases").population.columns.sha256 == columns.BROUGHT_SHA256


def test_a_focal_point_signs_and_the_package_carries_the_file_that_anybody_verifies(world, thirty):
    page = world.client("nurlan").get(HERE).text
    assert "as Panah brings it: for every year" in page and "A focal point signs." in page
    assert world.client("nurlan").post(HERE, {}).status_code == 404
    row = prepared(world, what="cases")
    with zipfile.ZipFile(io.BytesIO(world.client("nurlan").get(at("file", row)).content)) as packed:
        text, said, signature = (
            packed.read(name) for name in ("columns.toml", "columns-signed.bin", "columns.sig")
        )
        load_pem_public_key(packed.read("columns-key.pem")).verify(signature, said)
        assert said == to_be_signed(text) == context("release columns", text) and text == shipped()
        assert "signed by the society on" in packed.read("method.txt").decode()
    assert "ctdc-2024-panah-1, signed on" in world.client("bakyt").get(at("release", row)).text


def test_an_own_file_counts_for_years_after_the_day_it_says_and_is_not_backdated(world):
    bakyt = world.client("bakyt")

    def brings(text):
        return bakyt.post(HERE, {"text": SimpleUploadedFile("columns.toml", text.encode())})

    backdated = brings(declared(OWN, date(2024, 12, 1)))
    assert backdated.status_code == 422 and "declared before today" in backdated.text
    broken = brings("columns?")
    assert broken.status_code == 422 and "cannot be used" in broken.text
    unknown = brings(declared(OWN, world.at.date()).replace('name = "meansThreats"', 'name = "shoeSize"'))
    assert unknown.status_code == 422 and "fills these columns: shoeSize" in unknown.text
    assert brings(declared(OWN, date(2099, 1, 1))).status_code == 302
    assert bakyt.post(HERE, {}).status_code == 422, "signed already"
    own = ColumnsFile.objects.get(version="north-1")
    society = world.societies["north"].pk
    assert columns.usable(society, 2025).sha256 == columns.BROUGHT_SHA256
    assert columns.usable(society, 2100) == own
    assert "ZAF" not in ctdc.domain(own.text).columns[3].values


def test_a_file_that_was_changed_in_the_database_makes_no_release(world, thirty):
    row = begun(world, what="cases")
    ColumnsFile.objects.filter(society=row.society_id).update(text=declared(OWN, date(2020, 1, 1)))
    assert "is not as your society signed it" in press_prepare(world, row).text
    assert not Population.objects.get(pk=row.population_id).exact_released


def test_a_new_signing_key_signs_the_files_anew_and_no_other(world):
    row = ColumnsFile.objects.get(society=world.societies["north"])
    foreign = ColumnsFile.objects.create(
        society=row.society, text="x", version="x", sha256="x", signature=b"x" * 64,
        signed_by=world.staff["bakyt"], signed_on=world.at.date(),
    )  # fmt: skip
    old, new = vault.signing_public_of(world.keys("bakyt")), b"\x07" * 32
    change = vault.SigningKeyChange(
        row.society_id, old, signing_public(new), lambda *_bits: b"", lambda *bits: sign(new, *bits), world.at
    )
    assert actions.sign_anew(change) == 1
    row.refresh_from_db(), foreign.refresh_from_db()
    assert bytes(row.signature) == sign(new, columns.SIGNED_AS, row.text.encode())
    assert bytes(foreign.signature) == b"x" * 64


def shape(countries):
    """By what the tables of people who were in these countries count, whoever is in them."""
    rows = [
        {"yearOfRegistration": "2025", "gender": "Man", "CountryOfExploitation": one} for one in countries
    ]
    asked = ReleaseRequest(
        product="tables", year=2025, society="North", place="north", made_up=False,
        columns=columns.brought().text, rows=rows,
    )  # fmt: skip
    return [(one["name"], one["dimensions"]) for one in products.make(asked).data["tables"]]


def test_deleting_the_only_person_of_a_country_changes_nothing_in_the_shape():
    with_her = shape(["KAZ"] * 40 + ["RUS"])
    assert with_her and with_her == shape(["KAZ"] * 40)


def test_a_card_fills_the_group_of_age_and_not_how_long_it_lasted():
    domain = ctdc.domain()
    assert "ageBroad" in domain.names and "traffickMonths" not in domain.names
    row = ctdc.record(year=2025, codes={}, years="18")
    assert next(domain.decode(domain.encode_records([row])))[2] == "18--20"


def test_the_data_officer_holds_no_signing_key(world):
    ColumnsFile.objects.all().delete()
    with pytest.raises(Refusal, match="focal-point-only"):
        actions.sign_columns(keys=world.keys("nurlan"), at=world.at)
    assert not ColumnsFile.objects.exists()


HEAD = 'version = "1"\ndeclared_on = 2126-01-05\n'
BROKEN = {
    "not-toml": "version = ",
    "head": '[[column]]\nname = "gender"\n',
    "no-columns": HEAD + "column = 3\n",
    "how-many-columns": HEAD + "column = []\n",
    "name": HEAD + '[[column]]\nname = "a b"\nflag = true\n',
    "texts": HEAD + "[[column]]\nname = 3\n",
    "unknown-keys": HEAD + '[[column]]\nname = "gender"\ncolour = "red"\n',
    "begins": HEAD + '[[column]]\nname = "age"\nbegins = ["a"]\n',
    "holds": HEAD + '[[column]]\nname = "gender"\n',
    "how-many-values": HEAD + '[[column]]\nname = "gender"\nyears = [1, 9999]\n',
    "values": HEAD + '[[column]]\nname = "gender"\nvalues = ["one", "one"]\n',
    "rising-bins": HEAD + '[[column]]\nname = "age"\nvalues = ["0--17", "18+"]\nbegins = [18, 0]\n',
    "column-twice": HEAD + 2 * '[[column]]\nname = "gender"\nflag = true\n',
    "no-card": HEAD + '[[column]]\nname = "colour"\nflag = true\n',
    "needed": HEAD + '[[column]]\nname = "gender"\nvalues = ["Man"]\n',
}


@pytest.mark.parametrize("why", sorted(BROKEN))
def test_what_is_wrong_with_a_file_is_said_in_the_language_of_whoever_brought_it(world, why):
    said = {}
    for language in ("en", "ru"):
        with translation.override(language), pytest.raises(Refusal) as refused:
            actions.sign_columns(keys=world.keys("bakyt"), at=world.at, text=BROKEN[why])
        assert refused.value.code == "bad-columns"
        said[language] = str(refused.value.sentence).partition(": ")[2]
        assert "%(" not in said[language] != why
    assert said["en"] != said["ru"] and re.search("[а-я]", said["ru"])


def test_every_sentence_about_a_file_of_columns_is_said_of_some_file():
    assert set(WHY) == set(BROKEN)
