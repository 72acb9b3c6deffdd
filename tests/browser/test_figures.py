"""The register of figures as people see it: every page of it can be used by everyone."""

from panah.figures import actions as figures
from panah.figures.models import Figure, PublicSentence


def test_the_pages_can_be_used_by_everyone(look_at_all, world):
    by, at = world.staff["bakyt"], world.at
    figures.bring_delivered(society=by.society_id, at=at)
    row = Figure.objects.get(delivered="uz-thailand-2000", society=by.society_id)
    whole = Figure.objects.get(delivered="kz-assisted-2025", society=by.society_id)
    figures.mark_break(figure=row, reason="Practice", by=by, at=at)
    said = {"value": "5,017", "sentence_en": "So many.", "sentence_ru": "Столько.", "source_said": "Practice"}
    figures.write_sentence(country="XA", figure=row, not_en="No.", not_ru="Нет.", by=by, at=at, **said)
    look_at_all(
        [
            ("bakyt", "/figures/"),
            ("bakyt", "/figures/side-by-side/?country=KZ&measure=identified"),
            ("bakyt", "/figures/{row}/"),
            ("bakyt", "/figures/{whole}/"),
            ("bakyt", "/figures/{row}/correct/"),
            ("bakyt", "/figures/sources/"),
            ("bakyt", "/figures/sources/{source}/"),
            ("bakyt", "/figures/what-may-be-said/xa/"),
            ("bakyt", "/figures/what-may-be-said/xa/print/"),
            ("saule", "/figures/sentences/{say}/"),
        ],
        row=row.number,
        whole=whole.number,
        source=row.source.number,
        say=PublicSentence.objects.get().pk,
    )
