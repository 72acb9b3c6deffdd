"""Six words in the reader's language or with a reading aid, and typed as people type."""

import unicodedata
from math import log2

from hypothesis import given
from hypothesis import strategies as st
from shamir_mnemonic.wordlist import WORDLIST

from panah.ground.kit.reading_aid import fold, in_cyrillic
from panah.ground.vault import passphrases
from panah.ground.vault.passphrases import WORDS, new_passphrase, tidy

RUSSIAN = passphrases._words("ru")
EVERY = (*WORDLIST, *RUSSIAN)


def test_no_two_words_that_can_be_drawn_are_typed_alike():
    assert len({tidy(word) for word in EVERY}) == len(EVERY)
    assert all(tidy(word) == word for word in EVERY)
    by_aid = {fold(in_cyrillic(word)) for word in WORDLIST}
    assert len(by_aid) == len(WORDLIST)
    assert not by_aid & {fold(word) for word in RUSSIAN}


def test_six_words_of_each_list_hold_sixty_bits():
    for words in (WORDLIST, RUSSIAN):
        assert WORDS * log2(len(words)) >= 60
    assert set(new_passphrase("ru").split()) <= set(RUSSIAN)
    assert set(new_passphrase("en").split()) <= set(WORDLIST)
    assert set(new_passphrase("tk").split()) <= set(WORDLIST), "no list of that language: English with an aid"
    assert "жертва" not in RUSSIAN


def test_the_reading_aid_uses_only_letters_that_every_cyrillic_alphabet_here_has():
    assert {letter for word in WORDLIST for letter in in_cyrillic(word)} <= set("абвгджезиклмнопрстуфхчшэ")


six = st.lists(st.sampled_from(EVERY), min_size=6, max_size=6)


@st.composite
def typed(draw, words):
    """The words as hands write them: by the aid, in capitals, with е for ё, taken apart by Unicode, with more spaces."""
    said = []
    for word in words:
        if word.isascii() and draw(st.booleans()):
            word = in_cyrillic(word)
        if draw(st.booleans()):
            word = word.replace("ё", "е")
        if draw(st.booleans()):
            word = word.upper()
        said.append(unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD", "NFKD"])), word))
    return draw(st.sampled_from([" ", "  ", "\n", "\u00a0 "])).join(said)


@given(st.data(), six)
def test_whoever_types_her_words_in_her_own_way_is_understood(data, words):
    assert tidy(data.draw(typed(words))) == " ".join(words)


@given(st.data(), six, six)
def test_what_one_colleague_types_never_stands_for_the_words_of_another(data, hers, his):
    if hers != his:
        assert tidy(data.draw(typed(hers))) != tidy(data.draw(typed(his)))


@given(st.text())
def test_tidying_what_is_tidy_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)


def test_what_stands_in_no_list_stays_as_it_was_typed():
    assert tidy(" Correct  HORSE battery staple ") == "correct horse battery staple"
