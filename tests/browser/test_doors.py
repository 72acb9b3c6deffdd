"""The doors and the first pages, looked at as people see them."""

PAGES = [
    (None, "/vault/sign-in"),
    (None, "/vault/cannot"),
    (None, "/vault/forgotten"),
    ("amina", "/"),
    ("bakyt", "/team"),
    ("bakyt", "/vault/colleagues"),
    ("bakyt", "/vault/colleagues/invite"),
    ("bakyt", "/vault/ceremony"),
    ("bakyt", "/vault/recovery-sheet"),
    ("bakyt", "/me/roster"),
    ("amina", "/me/settings"),
    ("amina", "/vault/new-passphrase"),
    ("amina", "/vault/sign-out"),
    ("amina", "/about-me"),
    ("zarina", "/journal"),
    ("zarina", "/journal/check"),
]


def test_the_doors_can_be_used_by_everyone(look_at_all):
    look_at_all(PAGES)
