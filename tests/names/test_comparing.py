"""Sentences about people whose names were written twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panah.ground.names.compare import compare, score
from panah.ground.names.explain import SENTENCES

# At 0.3 about one hard pair in a hundred would pass, at 0.1 one random pair in a thousand.
SURELY, LIKELY, HARDLY = 0.75, 0.5, 0.3

# The first comparison of a word is slower than the next, and the machine may be busy.
patiently = settings(deadline=None)
NAMES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ["Асанов", "Azamat", "Болот уулу", "qizi", "А.", "Njamid", "کریموا", "Њамид", "oʻgʻli", "ابن"]
        ),
    ),
    max_size=5,
).map(" ".join)


@patiently
@given(NAMES, NAMES)
def test_it_makes_no_difference_which_name_comes_first(a, b):
    assert score(a, b) == pytest.approx(score(b, a), abs=1e-9)


@patiently
@given(NAMES, NAMES)
def test_the_score_lies_between_nothing_and_one_and_reasons_are_sentences(a, b):
    found = compare(a, b)
    assert 0.0 <= found.score <= 1.0
    assert found.score == score(a, b)
    assert found.explanation
    assert all(str(reason) and reason.code in SENTENCES for reason in found.explanation)


@patiently
@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_whatever_makes_it_fail(a, b):
    compare(a, b)


@patiently
@given(
    st.lists(st.sampled_from(["Асанов", "Азамат", "Болотович", "Karimova", "دلبر"]), min_size=1, unique=True)
)
def test_a_name_is_itself_in_any_order(words):
    assert score(" ".join(words), " ".join(reversed(words))) == 1.0


@patiently
@given(NAMES)
def test_a_name_with_any_sound_is_itself(name):
    assert score(name, name) in (0.0, 1.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Жээнбекова Айсулуу Шариповна", "ZHEENBEKOVA Aisuluu SHaripovna"),
        ("Сейитова Гүлнур", "Gulnur Seyitova"),
        ("Өмүрбек Токтосунов", "Omurbek Toktosunov"),
        ("Омурбек Токтосунов", "Ömürbek Toktosunow"),
        ("Нұрқаділов Әлихан", "Нуркадилов Алихан"),
        ("Зайроллаұлы Ерлан", "Ерлан Зайруллаевич"),
        ("Ҷамшед Раҳимиён", "Љамшед Рањимиён"),
        ("Ўткир Жўраев", "Oʻtkir Joʻrayev"),
        ("Уткир Джураев", "O'tkir Jo'rayev"),
        ("Мырат Аннагелдиев", "Myrat Annageldiýew"),
        ("Хасан Юлдашев", "Xasan Yoʻldoshev"),
        ("Светлана Щербакова", "Swetlana Schtscherbakowa"),
        ("Юлия Цветкова", "Iuliia Tsvetkova"),
        ("Саида Каримова", "سعیده کریموا"),
        ("Рустам Назаров", "رستم نظروف"),
        ("Нур Султан Касымов", "Nursultan Kassymov"),
        ("Исхак Масалиев", "Ischak Masalijew"),
        ("Эркин Усубалиев", "Erkin Oussoubaliev"),
        ("Абдулла Ғаниев", "Abdullah Ganiyev"),
    ],
)
def test_one_person_on_two_papers_is_found_again(one, other):
    assert score(one, other) >= SURELY, compare(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Асанова Айгуль Болотовна", "Aigul Asanova"),
        ("Рахмонов Далер", "Далер Раҳмон"),
        ("Рахмонова Нигина", "Нигина Раҳмонзода"),
        ("Болот уулу Азамат", "Азамат Болотов"),
        ("Жапаров Жоомарт", "Dzhaparov Dzhoomart"),
        ("Фарход Юсупов", "Пархат Жусупов"),
        ("Иванова Анна", "A. Ivanova"),
    ],
)
def test_a_dropped_or_changed_part_leaves_a_likely_match(one, other):
    assert score(one, other) >= LIKELY, compare(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Асанов Азамат Болотович", "Asanov Aibek Bolotovich"),
        ("Асанова Айгуль Болотовна", "Asanov Azamat Bolotovich"),
        ("Каримова Нигина Рустамовна", "Karimova Dilbar Rustamovna"),
        ("Азамат Болот уулу", "Erkin Bolot uulu"),
        ("Каримов Карим", "Karimov Salim"),
    ],
)
def test_a_sibling_is_somebody_else(one, other):
    assert score(one, other) <= HARDLY, compare(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Асанов Азамат Болотович", "Asanov Azamat Erkinovich"),
        ("Асанов Азамат Болотович", "Asanov Azamat Erkin uulu"),
        ("Каримова Нигина Рустамовна", "Каримова Нигина Далерзода"),
        ("Азамат Асанов", "Azamat Toktogulov"),
        ("Асанов Азамат Болотович", "Zhumabaev Azamat Bolotovich"),
        ("Иван Маркович Евсеев", "Mark Evseev"),
    ],
)
def test_a_namesake_is_somebody_else(one, other):
    assert score(one, other) <= HARDLY, compare(one, other)


def test_a_whole_sentence_in_the_field_for_a_name_is_no_trouble():
    sentence = (
        "и тогда она сказала что ее зовут так же как и сестру но документы остались там где она работала "
        * 20
    )
    assert 0.0 <= score(sentence, "Асанова Айзада") <= HARDLY
    assert score(sentence, sentence) == 1.0


def test_swapping_given_name_and_surname_is_not_the_same_as_swapping_their_order():
    assert score("Иван Петров", "Петров Иван") == 1.0
    assert score("Иван Петров", "Пётр Иванов") <= 0.4


def test_salim_and_salima_are_two_people():
    assert score("Алиев Салим", "Алиева Салима") <= HARDLY
    assert score("Салим Каримов", "Салима Каримова") <= HARDLY


def test_the_reasons_name_what_agrees_and_what_does_not():
    found = compare("Асанов Азамат Болотович", "Asanov Aibek")
    assert {reason.code for reason in found.explanation} >= {"sounds-same", "different", "father-missing"}
    assert "азамат and aibek are different names." in map(str, found.explanation)
    assert [reason.code for reason in compare("", "Асанов").explanation] == ["no-words"]
    assert [reason.code for reason in compare("Иван Петров", "Petr Ivanov").explanation][-1] == "crossed"
