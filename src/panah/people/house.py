"""People: from a call, an encounter or a message through a case to a referral and return; and the strangers' door."""

from panah.rooms import House

HOUSE = House(
    name="people",
    rooms=(
        "safety", "materials", "page_texts", "consent", "inbox", "reporters", "cases", "screening",
        "referrals", "finding", "imports", "shelter", "hotline", "family_links", "complaints", "intake",
        "public",
    ),
    addresses=(
        ("calls/", "family_links"),
        ("calls/", "hotline"),
        ("inbox/", "intake"),
        ("cases/", "screening"),
        ("cases/", "consent"),
        ("cases/", "referrals"),
        ("cases/", "cases"),
        ("find/", "finding"),
        ("shelter/", "shelter"),
        ("complaints/", "complaints"),
        ("safety/", "safety"),
        ("materials/", "materials"),
        ("page-texts/", "page_texts"),
        ("imports/", "imports"),
        # A short neutral address: it is read out, and stays in the history of a stranger's browser.
        ("r/", "referrals.public_urls"),
        # The public door: neutral addresses, since they stay in the history of a borrowed telephone.
        ("info/", "public.urls"),
        ("public-door/", "public.staff_urls"),
    ),
    shown_by=(("month/", "month"),),
    middleware=("public.middleware.DoorHost",),
    practice=(
        "contacts", "arrivals", "reports", "cases", "shelter", "complaints", "safety", "every_case", "doubles",
        "across", "every_referral", "every_ending", "family_links", "own_programmes", "public_door", "light_mode",
        "shown_to_strangers",
    ),
)  # fmt: skip
