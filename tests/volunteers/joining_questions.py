"""What somebody sends who asks to join."""

from tests.volunteers.making import PHONE

ASKS = {
    "name": "Practice Newcomer Aspen", "born_year": 2001, "languages": ["ky", "ru"], "phone": PHONE,
    "may_be_contacted": "on",
}  # fmt: skip
