"""What Panah is delivered with, and what loading it again may not touch."""

import json
from collections import Counter

from panah.ground.directory import actions as directory
from panah.ground.directory.models import HotlineNumber, Organization, Service, Verification
from panah.ground.directory.words import Need
from panah.ground.network import actions, queries
from panah.ground.network.actions.loading import facts
from panah.ground.network.models import Branch, FormerRegion, Region, RuleLine, Society
from panah.ground.network.words import ANYWHERE, BranchNote, FormerNote, RuleKey
from tests import delivered
from tests.rows_again import values
from tests.walk import undone


def test_every_national_society_is_there_with_its_codes(register):
    assert Society.objects.filter(practice=False).count() == 192
    kazakhstan = Society.objects.get(slug="kazakhstan")
    assert (kazakhstan.iso2, kazakhstan.iso3, kazakhstan.fdrs) == ("KZ", "KAZ", "DKZ001")
    assert Society.objects.filter(practice=False, iso2="RS").get().fdrs == "DCS001"
    assert all(s.iso3 and s.name_en and s.languages for s in Society.objects.all())
    assert len(set(Society.objects.values_list("iso2", flat=True))) == Society.objects.count()


def test_the_five_central_asian_societies_are_named_in_their_own_languages(register):
    five = {s.iso2: s for s in Society.objects.filter(central_asian=True)}
    assert set(five) == {"KZ", "KG", "TJ", "TM", "UZ"}
    own = {"KZ": "kk", "KG": "ky", "TJ": "tg", "TM": "tk", "UZ": "uz"}
    assert all(five[iso2].name_ru and five[iso2].names[tag] for iso2, tag in own.items())
    assert five["UZ"].name_in("uz-Cyrl") == "Ўзбекистон Қизил Ярим Ой жамияти"
    assert five["KZ"].name_in("th") == five["KZ"].name_en
    # Names that no source confirms say so.
    assert "ky" in five["KG"].names_unchecked
    assert "kk" not in five["KZ"].names_unchecked


def test_all_44_branches_wait_to_be_confirmed(register):
    branches = Branch.objects.filter(society__central_asian=True)
    assert branches.count() == 44
    assert not branches.filter(confirmed=True).exists()
    assert all(b.note in BranchNote and b.region for b in branches)
    split = Counter(b.society.iso2 for b in branches.select_related("society"))
    assert split == {"KZ": 16, "KG": 9, "UZ": 14, "TJ": 5}


def test_the_regions_are_those_of_today_and_remember_their_old_codes(register):
    split = Counter(Region.objects.exclude(iso2__in=["XA", "XB"]).values_list("iso2", flat=True))
    assert split == {"KZ": 20, "KG": 9, "TJ": 5, "TM": 6, "UZ": 14}
    assert all({"en", "ru"} < set(r.names) for r in Region.objects.filter(iso2="KZ"))


def test_south_kazakhstan_is_turkistan_and_shymkent_today(register):
    for scheme, code in (("iso-before", "KZ-YUZ"), ("ifrc-go", "KZ014")):
        today = queries.regions_today(scheme, code)
        assert {r.code for r, _whole in today} == {"KZ-61", "KZ-79"}
        assert not any(whole for _r, whole in today)
    assert [(r.code, whole) for r, whole in queries.regions_today("iso-before", "KZ-AKM")] == [
        ("KZ-11", True)
    ]
    assert queries.regions_today("iso-before", "KZ-NONE") == ()


def test_the_three_regions_of_2022_come_from_the_ones_they_were_split_from(register):
    for new, old in (("KZ-10", "KZ-VOS"), ("KZ-33", "KZ-ALM"), ("KZ-62", "KZ-KAR")):
        line = FormerRegion.objects.get(scheme="iso-before", code=old, region__code=new)
        assert (line.whole, line.changed_on.isoformat()) == (False, "2022-06-08")


def test_every_region_of_the_five_has_its_code_in_ifrc_go(register):
    covered = set(FormerRegion.objects.filter(scheme="ifrc-go").values_list("region__code", flat=True))
    assert covered == set(Region.objects.exclude(iso2__in=["XA", "XB"]).values_list("code", flat=True))
    assert all(f.note in ("", *FormerNote) for f in FormerRegion.objects.all())


def test_every_rule_has_a_starting_line_and_none_was_checked_by_software(register):
    anywhere = set(RuleLine.objects.filter(iso2=ANYWHERE).values_list("key", flat=True))
    assert anywhere == set(RuleKey.values) - {RuleKey.EMERGENCY_NUMBERS}
    delivered = RuleLine.objects.filter(society=None)
    assert not delivered.exclude(checked_on=None).filter(society=None).exclude(iso2__in=["XA", "XB"]).exists()
    assert all(line.text_en and line.text_ru for line in delivered)
    numbers = RuleLine.objects.filter(key=RuleKey.EMERGENCY_NUMBERS, society=None)
    assert not numbers.exclude(checked_on=None).exists()
    for iso2 in ("KH", "MM", "LA", "PH", "VN"):
        line = numbers.get(iso2=iso2)
        assert line.value is None and "Ask the national society" in line.text_en, "no number without a source"


def test_numbers_seen_in_public_texts_start_as_never_verified(register):
    real = HotlineNumber.objects.exclude(iso2__in=["XA", "XB"])
    assert real.filter(number="116 16").exists()
    assert not Verification.objects.filter(hotline_number__in=real).exists()
    assert (
        not Verification.objects.exclude(service__iso2__in=["XA", "XB"])
        .filter(service__isnull=False)
        .exists()
    )


def test_no_service_with_a_bed_is_delivered_with_an_address(register):
    beds = Service.objects.filter(terms__kind="need", terms__term=Need.SHELTER)
    assert beds.count() == 4
    assert all(s.address == "" for s in beds)


def test_the_invented_places_are_marked_as_invented(register):
    assert set(Society.objects.filter(practice=True).values_list("iso2", flat=True)) == {"XA", "XB"}
    text = json.dumps(facts("practice"))
    assert "+7" not in text
    assert "+99" not in text


def test_loading_twice_changes_nothing(register, at):
    def everything():
        return [
            m.objects.count()
            for m in (Society, Region, Branch, RuleLine, HotlineNumber, Organization, Service, Verification)
        ]

    before = everything()
    directory.load_reference_data(at=at, practice=True)
    assert everything() == before


def test_loading_again_keeps_what_a_society_has_edited(register, world, bakyt, at):
    arna = Branch.objects.get(slug="arna")
    actions.edit_branch(
        branch=arna,
        name_en="Arna and Tersek",
        name_ru="",
        names={},
        region="XA-1",
        closed=False,
        by=bakyt,
        at=at,
    )
    north = world.societies["north"]
    north.refresh_from_db()
    actions.edit_society(
        society=north,
        name_en="Practice Society of the North",
        name_ru="",
        names={},
        website="",
        time_zone="Asia/Almaty",
        languages=["ru"],
        by=bakyt,
        at=at,
    )
    number = HotlineNumber.objects.get(reference="north-line")
    HotlineNumber.objects.filter(pk=number.pk).update(name_en="Our line", edited_at=at)
    Service.objects.filter(reference="north-clinic-urgent").update(name_en="Ours", edited_at=at)
    Organization.objects.filter(reference="north-clinic").update(name_en="Ours", edited_at=at)
    loaded = directory.load_reference_data(at=at, practice=True)
    assert Branch.objects.get(pk=arna.pk).name_en == "Arna and Tersek"
    assert Society.objects.get(pk=north.pk).name_en == "Practice Society of the North"
    assert HotlineNumber.objects.get(pk=number.pk).name_en == "Our line"
    assert Service.objects.get(reference="north-clinic-urgent").name_en == "Ours"
    kept = {
        k: loaded.kept[k] for k in ("branches", "societies", "hotline numbers", "services", "organizations")
    }
    assert kept == dict.fromkeys(kept, 1)


def test_a_node_without_practice_has_no_invented_society(db, at):
    directory.load_reference_data(at=at)
    assert not Society.objects.filter(practice=True).exists()
    assert not Society.objects.filter(hosted=True).exists()


def test_the_tests_write_the_delivered_data_down_as_loading_made_them(world, at, monkeypatch):
    monkeypatch.setattr(delivered, "KEPT", {})
    found = []
    for _ in ("loaded", "written down again", "in the same statements"):
        with undone():
            loaded = delivered.load(directory.load_reference_data, at=at)
            rows = {(type(row).__name__, row.pk): values(row) for row in delivered.everything()}
            found.append((loaded.written, loaded.kept, rows))
    assert found[0] == found[1] == found[2]
    assert len(found[0][2]) > 400, "control: there is much to load"
