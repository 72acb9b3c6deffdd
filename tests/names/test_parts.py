"""What each word of a name is taken for."""

import pytest

from panah.ground.names.parts import GrammaticalSex, WordRole, parts, sex_shown


def kinds(name):
    return [(part.text, part.role) for part in parts(name)]


@pytest.mark.parametrize(
    ("father", "sex"),
    [
        ("Болотович", GrammaticalSex.MALE), ("Сергеевич", GrammaticalSex.MALE), ("Айтбаевич", GrammaticalSex.MALE), ("Ильич", GrammaticalSex.MALE),
        ("Никитич", GrammaticalSex.MALE), ("Bolotovich", GrammaticalSex.MALE), ("Bolotowitsch", GrammaticalSex.MALE), ("Bolotoviç", GrammaticalSex.MALE),
        ("Bolotowicz", GrammaticalSex.MALE), ("Болотовна", GrammaticalSex.FEMALE), ("Сергеевна", GrammaticalSex.FEMALE), ("Ильинична", GrammaticalSex.FEMALE),
        ("Кузьминична", GrammaticalSex.FEMALE), ("Bolotovna", GrammaticalSex.FEMALE), ("Bolotowna", GrammaticalSex.FEMALE), ("Болотұлы", GrammaticalSex.MALE),
        ("Bolotuly", GrammaticalSex.MALE), ("Bolotūly", GrammaticalSex.MALE), ("Болотқызы", GrammaticalSex.FEMALE), ("Bolotqyzy", GrammaticalSex.FEMALE),
        ("Болот уулу", GrammaticalSex.MALE), ("Болот кызы", GrammaticalSex.FEMALE), ("Bolot uulu", GrammaticalSex.MALE), ("Bolot kyzy", GrammaticalSex.FEMALE),
        ("Bolot kızı", GrammaticalSex.FEMALE), ("Болот ўғли", GrammaticalSex.MALE), ("Болот қизи", GrammaticalSex.FEMALE), ("Bolot oʻgʻli", GrammaticalSex.MALE),
        ("Bolot o'g'li", GrammaticalSex.MALE), ("Bolot ugli", GrammaticalSex.MALE), ("Bolot qizi", GrammaticalSex.FEMALE), ("Болот оглы", GrammaticalSex.MALE),
        ("Bolot ogly", GrammaticalSex.MALE), ("Bolot gyzy", GrammaticalSex.FEMALE), ("Bolot oğlu", GrammaticalSex.MALE), ("ibn Bolot", GrammaticalSex.MALE),
        ("bin Bolot", GrammaticalSex.MALE), ("bint Bolot", GrammaticalSex.FEMALE), ("بولات اوغلی", GrammaticalSex.MALE), ("بولات قیزی", GrammaticalSex.FEMALE),
    ],
)  # fmt: skip
def test_every_pattern_of_patronymic_is_seen_as_one_part(father, sex):
    found = parts(f"Азамат {father} Асанов")
    assert [part.role for part in found] == [WordRole.NAME, WordRole.PATRONYMIC, WordRole.SURNAME]
    assert found[1].sex is sex
    if "бол" in father.lower() or "bol" in father.lower():
        assert found[1].stems[0].sounds == "bolot"


def test_a_kyrgyz_name_that_begins_with_the_father_is_cut_after_uulu():
    assert kinds("Асылбек уулу Дамирбек") == [
        ("асылбек уулу", WordRole.PATRONYMIC),
        ("дамирбек", WordRole.NAME),
    ]


@pytest.mark.parametrize("surname", ["Раҳмонзода", "Раҳимиён", "Ҳусейнпур", "Rahmonzoda", "Rahmanzade"])
def test_persian_surname_endings_leave_the_stem(surname):
    part = parts(f"Далер {surname}")[1]
    assert part.role is WordRole.SURNAME
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
    assert parts(name)[0].role is WordRole.NAME


def test_a_surname_and_its_womans_form_share_the_stem():
    for man, woman in [
        ("Асанов", "Асанова"),
        ("Putin", "Putina"),
        ("Никольский", "Никольская"),
        ("Баев", "Bayeva"),
    ]:
        assert parts(man)[0].stems[0].sounds == parts(woman)[0].stems[0].sounds


def test_initials_are_known_with_and_without_a_dot():
    assert [role for _, role in kinds("А. Б. Асанов")] == [
        WordRole.INITIAL,
        WordRole.INITIAL,
        WordRole.SURNAME,
    ]
    assert kinds("А Асанов")[0][1] is WordRole.INITIAL


def test_sex_is_shown_only_when_the_endings_agree():
    assert sex_shown(parts("Асанова Айгуль Болотовна")) is GrammaticalSex.FEMALE
    assert sex_shown(parts("Асанов Айбек")) is GrammaticalSex.MALE
    assert sex_shown(parts("Асанов Айгуль Болотовна")) is GrammaticalSex.UNKNOWN
    assert sex_shown(parts("Ким Ли")) is GrammaticalSex.UNKNOWN


def test_a_word_that_only_says_child_of_is_a_name_when_it_stands_alone():
    assert len(parts("Кызы")) == 1
    assert len(parts("bin")) == 1
    assert len(parts("Zoda")) == 1
