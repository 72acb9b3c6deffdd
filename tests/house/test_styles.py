"""The check that names styles which no page uses."""

from tools import styles

SHEET = """
/* .in-a-comment { } */
@layer parts {
  .btn, .btn-main { color: red; }
  .gone > #nothing[data-nothing="btn"] { color: red; }
  @media print { .btn:has(.lost) { display: none; } }
}
"""


def test_every_style_is_used_by_some_page():
    assert styles.complaints() == []


def test_what_a_sheet_names_is_found_with_its_line():
    assert list(styles.named_in(SHEET)) == [
        (4, ".", "btn"), (4, ".", "btn-main"), (5, ".", "gone"), (5, "#", "nothing"), (5, "[", "data-nothing"),
        (6, ".", "btn"), (6, ".", "lost"),
    ]  # fmt: skip


def test_a_class_counts_where_it_is_handed_to_a_part_and_not_where_a_sentence_says_it():
    names = styles.used()
    assert names.has(".", "btn-grave"), "put together in a macro"
    assert names.has(".", "w-4"), "handed to a macro"
    assert not names.has(".", "Telephone"), "a word of our sentences"


def test_a_line_that_is_too_long_to_be_read_is_named():
    assert list(styles.too_long(f"a {{ color: red; }}\n.x {{ color: {'x' * 120}; }}\n")) == [2]
