"""The rules of the library's search: one word in every alphabet, lists in blocks, an order by whole numbers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.library.rules import postings, ranking
from panah.library.rules.analysis import terms_of, words_of
from panah.library.rules.places import country_of
from panah.library.rules.question import question_of
from panah.library.rules.spelling import misspelt, near

TEXTS = st.text(max_size=200) | st.text("aоўoʻ'’ғшқҳыіüöçğاوهی \n-\u0301.:,09IİАЯ", max_size=80)


UZBEK = "абвгдежзиклмнопрстуфхцчшэюяқғҳў"
LATIN = "a b v g d e j z i k l m n o p r s t u f x ts ch sh e yu ya q gʻ h oʻ".split()  # noqa: SIM905

SYLLABLES = [one + vowel for one in "бвгджзклмнпрстфхчшқғҳ" for vowel in "аеиоуўюя"]


def meets(typed, written, language):
    """Whether every typed word is found in what is written."""
    terms = terms_of(written, language)
    return all(set(one.forms) & set(terms) or near(one, terms) for one in question_of(typed).words)


@pytest.mark.parametrize(
    ("typed", "written", "language"),
    [
        ("торговля людьми", "о торговле людьми", "ru"),
        ("torgovlya lyudmi", "о торговле людьми", "ru"),
        ("trafficked", "trafficking in human beings", "en"),
        ("insan ticareti", "İNSAN TİCARETİYLE MÜCADELE", "tr"),
        ("адам саудасы", "адам саудасына қарсы", "kk"),
        ("adam saudasy", "адам саудасына қарсы", "kk"),
        ("адам сатуу", "адам сатууга каршы", "ky"),
        ("odam savdosi", "одам савдосига қарши", "uz-cyrl"),
        ("одам савдоси", "odam savdosiga qarshi", "uz"),
        ("Oʻzbekiston", "Ўзбекистонда", "uz-cyrl"),
        ("o'zbekiston", "O‘zbekiston", "uz"),
        ("odamfurushi", "одамфурушӣ", "tg"),
        ("adam söwdasy", "адам сөвдасы", "tk"),
        ("инсон", "قاچاق انسان", "fa"),
        ("qachaq", "قاچاق انسان", "fa"),
        ("قاچاق", "қачақ", "tg"),
        ("2002", "Берлинская хартия 2002 года", "ru"),
        ("по\u0301мощь", "помощи", "ru"),
        ("предупреждение", "пред-\nупреждения", "ru"),
    ],
)
def test_a_word_is_found_in_every_alphabet_and_with_its_endings(typed, written, language):
    assert meets(typed, written, language)


@pytest.mark.parametrize(
    ("typed", "written", "language"),
    [("закон", "лагерь", "ru"), ("адам", "ауыл", "kk"), ("law", "labour", "en"), ("давлат", "قانون", "fa")],
)
def test_another_word_is_not(typed, written, language):
    assert not meets(typed, written, language)


@given(TEXTS, st.sampled_from(["", "ru", "en", "tr", "kk", "uz", "uz-cyrl", "fa"]))
def test_any_text_comes_apart_at_its_own_places_and_the_same_each_time(text, language):
    words = list(words_of(text, language))
    assert all(0 <= one.start < one.end <= len(text) and 2 < len(one.term) <= 42 for one in words)
    assert all(first.end <= then.start for first, then in pairwise(words))
    assert [one.term for one in words] == terms_of(text, language)
    for one in question_of(text).words:
        assert all(0 < sure <= 16 for sure in one.forms.values())


@given(st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=5))
def test_both_uzbek_scripts_are_one_form(syllables):
    word = "".join(syllables)
    latin = "".join(dict(zip(UZBEK, LATIN, strict=True))[one] for one in word)
    assert set(question_of(word).words[0].forms) & set(terms_of(latin, "uz"))
    assert set(question_of(latin).words[0].forms) & set(terms_of(word, "uz-cyrl"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("trafikcing", "trafficking"),
        ("торгволя", "торговля"),
        ("полумесец", "полумесяц"),
        ("миграцяи", "миграция"),
    ],
)
def test_a_slip_of_the_finger_finds_the_word_that_was_meant(typed, meant):
    language = "en" if typed.isascii() else "ru"
    terms = [(terms_of(one, language)[0], 3) for one in (meant, "совсем", "другое", "entirely", "else")]
    assert misspelt(question_of(typed).words[0], terms)[:1] == [terms[0][0]]


def test_quotes_of_every_kind_make_a_phrase():
    asked = question_of("доклад «красный полумесяц» и “human beings”")
    assert [(one.start, one.stop) for one in asked.phrases] == [(1, 3), (4, 6)]
    assert [one.typed for one in asked.words][1:3] == ["красный", "полумесяц"]


@given(
    st.dictionaries(st.integers(0, postings.BLOCK - 1), st.integers(1, 255), max_size=60), st.integers(0, 40)
)
def test_lists_terms_and_pages_come_back_as_they_were_kept(weights, number):
    kept = postings.pack(weights)
    assert len(kept) == 3 * len(weights)
    assert postings.unpack(kept, number) == {number * postings.BLOCK + p: w for p, w in weights.items()}
    terms = {f"c:a{place}": weight for place, weight in weights.items()}
    assert postings.unpack_terms(postings.pack_terms(terms)) == terms
    pages = {place: list(range(weight)) for place, weight in weights.items()}
    assert {n: list(m) for n, m in postings.unpack_pages(postings.pack_pages(pages)).items()} == pages


def test_rare_words_and_titles_come_first_and_common_words_leave_nothing_out():
    heavy = ranking.weights_of(["c:aaa"] * 3 + ["c:bbb"], ["c:bbb"])
    assert heavy["c:bbb"] > heavy["c:aaa"] > 0
    rare, common = {7: 100, 8: 120}, dict.fromkeys(range(20), 50)
    scored, whole = ranking.ranked([rare, common], 40, short=[False, False])
    assert whole
    assert [place for _score, place in ranking.first_of(scored, 5)] == [8, 7]
    # Nothing holds both: what holds one of them, and it is said so.
    scored, whole = ranking.ranked([{1: 9}, {2: 9}], 40, short=[False, False])
    assert (sorted(scored), whole) == ([1, 2], False)


def test_a_phrase_is_looked_for_on_each_page_for_itself():
    pages = {1: [5, 6, 7], 2: [6, 5, 7], 3: [1, 5]}
    words = [frozenset({5, 50}), frozenset({7})]
    assert ranking.page_with_phrase(pages, words) == 2
    assert ranking.page_with_phrase({1: [7, 5]}, words) is None
    assert ranking.page_with(pages, words) == 1


def test_a_country_is_known_by_its_name_in_any_language_of_the_library():
    for text, language, code in [
        ("Казахстане", "ru", "kz"),
        ("Қазақстанда", "kk", "kz"),
        ("Qazaqstan", "kk", "kz"),
        ("Kazakhstan", "en", "kz"),
        ("Ўзбекистонга", "uz-cyrl", "uz"),
        ("Türkmenistanda", "tk", "tm"),
        ("ترکیه", "fa", "tr"),
        ("Türkiye", "tr", "tr"),
        ("казах", "ru", ""),
    ]:
        assert country_of(terms_of(text, language)[0]) == code, text
