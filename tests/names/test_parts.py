"""What each word of a name is taken for."""

import pytest

from panah.names.parts import Role, Sex, parts, sex_shown


def kinds(name):
    return [(part.text, part.role) for part in parts(name)]


@pytest.mark.parametrize(
    ("father", "sex"),
    [
        ("Болотович", Sex.MALE), ("Сергеевич", Sex.MALE), ("Айтбаевич", Sex.MALE), ("Ильич", Sex.MALE),
        ("Никитич", Sex.MALE), ("Bolotovich", Sex.MALE), ("Bolotowitsch", Sex.MALE), ("Bolotoviç", Sex.MALE),
        ("Bolotowicz", Sex.MALE), ("Болотовна", Sex.FEMALE), ("Сергеевна", Sex.FEMALE), ("Ильинична", Sex.FEMALE),
        ("Кузьминична", Sex.FEMALE), ("Bolotovna", Sex.FEMALE), ("Bolotowna", Sex.FEMALE), ("Болотұлы", Sex.MALE),
        ("Bolotuly", Sex.MALE), ("Bolotūly", Sex.MALE), ("Болотқызы", Sex.FEMALE), ("Bolotqyzy", Sex.FEMALE),
        ("Болот уулу", Sex.MALE), ("Болот кызы", Sex.FEMALE), ("Bolot uulu", Sex.MALE), ("Bolot kyzy", Sex.FEMALE),
        ("Bolot kızı", Sex.FEMALE), ("Болот ўғли", Sex.MALE), ("Болот қизи", Sex.FEMALE), ("Bolot oʻgʻli", Sex.MALE),
        ("Bolot o'g'li", Sex.MALE), ("Bolot ugli", Sex.MALE), ("Bolot qizi", Sex.FEMALE), ("Болот оглы", Sex.MALE),
        ("Bolot ogly", Sex.MALE), ("Bolot gyzy", Sex.FEMALE), ("Bolot oğlu", Sex.MALE), ("ibn Bolot", Sex.MALE),
        ("bin Bolot", Sex.MALE), ("bint Bolot", Sex.FEMALE), ("بولات اوغلی", Sex.MALE), ("بولات قیزی", Sex.FEMALE),
    ],
)  # fmt: skip
def test_every_pattern_of_patronymic_is_seen_as_one_part(father, sex):
    found = parts(f"Азамат {father} Асанов")
    assert [part.role for part in found] == [Role.NAME, Role.PATRONYMIC, Role.SURNAME]
    assert found[1].sex is sex
    if "бол" in father.lower() or "bol" in father.lower():
        assert found[1].stems[0].sounds == "bolot"


def test_a_kyrgyz_name_that_begins_with_the_father_is_cut_after_uulu():
    assert kinds("Асылбек уулу Дамирбек") == [("асылбек уулу", Role.PATRONYMIC), ("дамирбек", Role.NAME)]


@pytest.mark.parametrize("surname", ["Раҳмонзода", "Раҳимиён", "Ҳусейнпур", "Rahmonzoda", "Rahmanzade"])
def test_persian_surname_endings_leave_the_stem(surname):
    part = parts(f"Далер {surname}")[1]
    assert part.role is Role.SURNAME
    assert part.stems[0].sounds in ("rahmon", "rahim", "husein", "husen", "huseyn", "rahman")


@pytest.mark.parametrize(
    "name",
    [
        "Шерзод",
        "Бехзод",
        "Кылыч",
        "Kılıç",
        "Амин",
        "Рамин",
        "Далер",
        "Ким",
        "Ли",
        "Гурбангулы",
        "Курбанкули",
        "Расули",
    ],
)
def test_given_names_that_look_as_if_they_had_an_ending_stay_names(name):
    assert parts(name)[0].role is Role.NAME


def test_a_surname_and_its_womans_form_share_the_stem():
    for man, woman in [
        ("Асанов", "Асанова"),
        ("Putin", "Putina"),
        ("Никольский", "Никольская"),
        ("Баев", "Bayeva"),
    ]:
        assert parts(man)[0].stems[0].sounds == parts(woman)[0].stems[0].sounds


def test_initials_are_known_with_and_without_a_dot():
    assert [role for _, role in kinds("А. Б. Асанов")] == [Role.INITIAL, Role.INITIAL, Role.SURNAME]
    assert kinds("А Асанов")[0][1] is Role.INITIAL


def test_sex_is_shown_only_when_the_endings_agree():
    assert sex_shown(parts("Асанова Айгуль Болотовна")) is Sex.FEMALE
    assert sex_shown(parts("Асанов Айбек")) is Sex.MALE
    assert sex_shown(parts("Асанов Айгуль Болотовна")) is Sex.UNKNOWN
    assert sex_shown(parts("Ким Ли")) is Sex.UNKNOWN


def test_a_word_that_only_says_child_of_is_a_name_when_it_stands_alone():
    assert len(parts("Кызы")) == 1
    assert len(parts("bin")) == 1
    assert len(parts("Zoda")) == 1
