"""Programmes: volunteers, training, prevention, commitments, figures and library. They reach no file of a person."""

from panah.rooms import House

HOUSE = House(
    name="programmes",
    rooms=(
        "volunteers", "training", "prevention", "model", "diplomacy", "cooperation", "network_report",
        "library", "figures", "evidence",
    ),
    addresses=(
        ("volunteers/", "volunteers"),
        ("training/", "training"),
        ("prevention/", "prevention"),
        ("model/", "model"),
        ("commitments/", "diplomacy"),
        ("library/", "library"),
        ("figures/", "figures"),
        ("network-report/", "network_report"),
        ("together/", "cooperation"),
        ("evidence/", "evidence"),
        ("", "training.public_urls"),
        ("", "evidence.public_urls"),
        ("j/", "volunteers.public_urls"),
        ("v/", "volunteers.own_page_urls"),
    ),
    practice=(
        "rows_ahead", "volunteers", "trainings", "certificates", "self_assessment", "commitments", "prevention",
        "helping", "cooperation", "network_report", "library", "briefs", "evidence", "figures", "figure_tables",
    ),
)  # fmt: skip
