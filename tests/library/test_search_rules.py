"""The rules of the library's search: one word in every alphabet, lists in blocks, an order by whole numbers."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.names.fold import likeliest_reading, readings
from panah.programmes.library.rules import analysis, postings, ranking
from panah.programmes.library.rules.analysis import terms_of, words_of
from panah.programmes.library.rules.places import country_of
from panah.programmes.library.rules.question import question_of
from panah.programmes.library.rules.spelling import is_spelt_so, misspelt, near

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
        # In the ending, which is cut off where it is spelt well.
        ("shelternig", "sheltering"),
    ],
)
def test_a_slip_of_the_finger_finds_the_word_that_was_meant(typed, meant):
    language = "en" if typed.isascii() else "ru"
    terms = [(terms_of(one, language)[0], 3) for one in (meant, "совсем", "другое", "entirely", "else")]
    assert misspelt(question_of(typed).words[0], terms)[:1] == [terms[0][0]]


@pytest.mark.parametrize(
    ("typed", "other", "slip"),
    [
        ("южная", "нужно", False),
        ("план", "клан", False),
        ("адин", "один", True),
        ("лпан", "план", True),
        ("пдан", "план", True),
    ],
)
def test_a_short_word_keeps_its_beginning_or_it_is_another_word(typed, other, slip):
    known = [(terms_of(other, "ru")[0], 3)]
    assert bool(misspelt(question_of(typed).words[0], known)) is slip


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("депортация", "report reports department"),
        ("графику", "trafficked trafficking"),
        ("дети", "duty petty"),
        ("доверия", "over power"),
        ("пострадавших", "post poster position"),
        ("every", "двери верить"),
        ("trained", "тайна травмы"),
    ],
)
def test_a_right_word_of_one_alphabet_is_never_taken_for_another_word_in_another(typed, others):
    language = "en" if others.isascii() else "ru"
    known = [(terms_of(one, language)[0], 3) for one in others.split()]
    assert misspelt(question_of(typed).words[0], known) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("депортация", "deportation"),
        ("интересы", "interests"),
        ("Alternatives", "альтернативы"),
        ("torgvolya", "торговля"),
    ],
)
def test_the_same_word_of_another_alphabet_is_found_with_another_ending_or_one_slip(typed, meant):
    language = "en" if meant.isascii() else "ru"
    terms = [(terms_of(one, language)[0], 3) for one in (meant, "report", "совсем")]
    asked = question_of(typed).words[0]
    assert misspelt(asked, terms) == [terms[0][0]] or terms[0][0] in asked.forms


@pytest.mark.parametrize(
    ("typed", "written", "alike"),
    [
        ("trafficked", "Trafficking", True),
        ("торговля", "торговлей", True),
        ("сауда", "саудасына", True),
        ("torgovlya", "торговля", True),
        ("migrattion", "migration", False),
        ("торргвля", "торговля", False),
    ],
)
def test_a_word_that_is_written_otherwise_is_told_from_one_with_another_ending(typed, written, alike):
    assert is_spelt_so(typed, written) is alike


def test_quotes_of_every_kind_make_a_phrase():
    asked = question_of("доклад «красный полумесяц» и “human beings”")
    assert [(one.start, one.stop) for one in asked.phrases] == [(1, 3), (4, 6)]
    assert [one.typed for one in asked.words][1:3] == ["красный", "полумесяц"]


LISTS = st.dictionaries(st.integers(0, postings.BLOCK - 1), st.integers(1, 255), max_size=60)


def read(data, number=0):
    places, weights = postings.unpack(data, number)
    return dict(zip(places.tolist(), weights.tolist(), strict=True))


@given(LISTS, st.integers(0, 40))
def test_lists_terms_and_pages_come_back_as_they_were_kept(weights, number):
    kept = postings.pack(weights)
    assert len(kept) == 3 * len(weights)
    assert read(kept, number) == {number * postings.BLOCK + p: w for p, w in weights.items()}
    terms = {f"c:a{place}": weight for place, weight in weights.items()}
    assert postings.unpack_terms(postings.pack_terms(terms)) == terms
    marks = {place: list(range(weight)) for place, weight in weights.items()}
    pages = postings.unpack_pages(postings.pack_pages(marks))
    assert pages.numbers.tolist() == sorted(marks)
    assert {n: pages.of(n).tolist() for n in marks} == marks
    assert not len(pages.of(5000))


@given(LISTS, st.dictionaries(st.integers(0, postings.BLOCK - 1), st.integers(0, 255), max_size=60))
def test_a_list_that_was_changed_reads_like_one_that_was_written_anew(before, change):
    after = {place: weight for place, weight in (before | change).items() if weight}
    assert postings.changed(postings.pack(before), change) == postings.pack(after)
    assert (
        postings.joined([postings.unpack(postings.pack(before))] * 2).places.tolist() == [*sorted(before)] * 2
    )


WORDS = st.text("абвгAZyo", min_size=1, max_size=9)


@given(st.lists(st.dictionaries(WORDS.map("c:".__add__), st.integers(1, 255), max_size=9), max_size=6), WORDS)
def test_what_is_confidential_is_found_by_its_columns_as_by_its_words(documents, word):
    columns = postings.Columns.of([postings.pack_columns(one) for one in documents])
    wanted = {f"c:{word}", *(term for one in documents[:1] for term in one)}
    found = {
        term: dict(zip(one.places.tolist(), one.weights.tolist(), strict=True))
        for term, one in columns.with_terms(wanted).items()
    }
    assert found == {
        term: held
        for term in wanted
        if (held := {place: one[term] for place, one in enumerate(documents) if term in one})
    }
    heads, bones = {analysis.head_of(f"c:{word}")}, {analysis.bones_of(f"c:{word}")} - {""}
    near = {(sorted(documents[place])[turn], held) for place, turn, held in columns.like(heads, bones)}
    every = {term for one in documents for term in one}
    like = {term for term in every if analysis.head_of(term) in heads or analysis.bones_of(term) in bones}
    assert near == {(term, sum(term in one for one in documents)) for term in like}


def weighed(held, size=40):
    found = np.zeros(size, np.uint8)
    for place, weight in held.items():
        found[place] = weight
    return found


def test_rare_words_and_titles_come_first_and_common_words_leave_nothing_out():
    heavy = ranking.weights_of(["c:aaa"] * 3 + ["c:bbb"], ["c:bbb"])
    assert heavy["c:bbb"] > heavy["c:aaa"] > 0
    rare, common = weighed({7: 100, 8: 120}), weighed(dict.fromkeys(range(20), 50))
    scored, whole = ranking.ranked([rare, common], 40, short=[False, False])
    assert whole
    assert [place for _score, place in ranking.first_of(scored, 5)] == [8, 7]
    # Nothing holds both: what holds one of them, and it is said so.
    scored, whole = ranking.ranked([weighed({1: 9}), weighed({2: 9})], 40, short=[False, False])
    assert (scored.places.tolist(), whole) == ([1, 2], False)
    # Filters leave out, also among these.
    within = weighed({2: 1}) > 0
    scored, whole = ranking.ranked(
        [weighed({1: 9}), weighed({2: 9})], 40, short=[False, False], within=within
    )
    assert (scored.places.tolist(), whole) == ([2], False)


@given(st.dictionaries(st.integers(0, 99), st.integers(0, 9)), st.integers(1, 12))
def test_the_best_are_the_same_whether_few_or_all_are_put_in_order(scores, most):
    found = ranking.Scores(
        np.array(sorted(scores), np.int64), np.array([scores[p] for p in sorted(scores)], np.int64)
    )
    assert (
        ranking.first_of(found, most)
        == sorted(((score, place) for place, score in scores.items()), key=lambda one: (-one[0], one[1]))[
            :most
        ]
    )


def test_a_form_that_is_less_sure_counts_less_and_the_heaviest_counts():
    lists = {
        "c:a": postings.unpack(postings.pack({1: 160, 3: 1})),
        "l:a": postings.unpack(postings.pack({1: 160, 2: 80})),
    }
    assert ranking.of_word({"c:a": 8, "l:a": 16, "x:a": 16}, lists, 4).tolist() == [0, 160, 80, 1]


def test_a_phrase_is_looked_for_on_each_page_for_itself():
    # A word that has no sound stands between others in the text, and in no phrase.
    pages = postings.unpack_pages(postings.pack_pages({1: [5, 6, 7], 2: [6, 5, 0, 7], 3: [1, 5]}))
    words = [np.array([5, 50], np.uint64), np.array([7], np.uint64)]
    assert ranking.page_with_phrase(pages, words) == 2
    assert ranking.page_with_phrase(postings.unpack_pages(postings.pack_pages({1: [7, 5]})), words) is None
    assert (
        ranking.page_with_phrase(postings.unpack_pages(postings.pack_pages({1: [5], 2: [7]})), words) is None
    )
    assert ranking.page_with_phrase(postings.unpack_pages(b""), words) is None
    assert ranking.page_with(pages, words) == 1
    assert ranking.page_with(postings.unpack_pages(postings.pack_pages({0: [5], 4: [1]})), words) == 0


@given(TEXTS, st.sampled_from(["ru", "en", "kk", "fa"]))
def test_words_that_were_found_are_marked_as_if_the_text_had_been_taken_apart(text, language):
    terms = analysis.terms_in_order(text, language)
    named = {analysis.mark_of(term): term for term in terms[::2] if term}
    expected = [one for one in words_of(text, language) if one.term in named.values()]
    assert analysis.words_with(text, map(analysis.mark_of, terms), named) == expected


@given(TEXTS)
def test_the_likeliest_reading_is_the_first_of_all(text):
    for word in map(analysis.tidy_of, text.split()):
        assert likeliest_reading(word) == next(iter(readings(word)), "")


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
