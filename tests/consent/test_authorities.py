"""An authority that stands in no list is known by its name, in each language of the region."""

import pytest

from panah.people.consent.rules import authority_named

CONSULATES = [
    "Consulate of Practice", "Practice Embassy", "Консульство Практики", "Посольство Практики", "Практика елшілігі",
    "Практика элчилиги", "Сафорати Машқ", "Mashq konsulligi", "Mashq elchixonasi", "Mashq elçixonasi",
    "Машқ элчихонаси", "Türgenleşik ilçihanasy", "Turgenlesik ilcihanasy", "Uygulama Elçiliği", "Uygulama Elciligi",
    "Uygulama Konsolosluğu",
]  # fmt: skip
POLICE = [
    "Practice Police", "Militia post", "Border guard post", "Migration service", "Ministry of Internal Affairs",
    "Полиция Практики", "Милиция", "Пограничная служба", "Миграционная служба", "Отдел внутренних дел",
    "Шекара қызметі", "Шекарашылар", "Көші-қон қызметі", "Ішкі істер бөлімі", "Чек ара кызматы", "Чек арачылар",
    "Миграция кызматы", "Ички иштер бөлүмү", "Милитсия", "Пулис", "Сарҳадбонон", "Марзбонон", "Хадамоти сарҳад",
    "Хадамоти муҳоҷират", "Корҳои дохилӣ", "Politsiya", "Militsiya", "Chegara xizmati", "Migratsiya xizmati",
    "Ichki ishlar", "Чегара хизмати", "Миграция хизмати", "Ички ишлар", "Polis karakolu", "Polisiýa", "Milisiýa",
    "Milisiya", "Serhetçiler", "Serhetciler", "Serhet gullugy", "Migrasiýa gullugy", "Migrasiya gullugy",
    "Içeri işler", "Iceri isler", "İçeri işler", "Emniyet Müdürlüğü", "Jandarma", "Sınır Muhafızı", "Sinir muhafizi",
    "Göç İdaresi", "Goc idaresi",
]  # fmt: skip
NEITHER = [
    "Practice Clinic", "A consultation for women", "Консультация юриста", "Konsultatsiya markazi",
    "The shelter in the border town", "Приют у границы", "Metropolis aid", "Karakol clinic", "",
]  # fmt: skip


@pytest.mark.parametrize("name", CONSULATES)
def test_a_consulate_is_known_by_its_name(name):
    assert authority_named(name) == authority_named(name.upper()) == "consulate"


@pytest.mark.parametrize("name", POLICE)
def test_police_and_guards_of_a_border_are_known_by_their_name(name):
    assert authority_named(name) == "police"


@pytest.mark.parametrize("name", NEITHER)
def test_who_only_sounds_like_an_authority_is_none(name):
    assert authority_named(name) == ""
