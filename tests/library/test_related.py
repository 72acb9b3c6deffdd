"""The lists of similar documents on a shelf whose entries were judged by hand (benchmarks/library/related.toml)."""

from benchmarks.library import related
from panah.ground.foundation import tenancy


def test_of_the_documents_shown_as_similar_at_most_one_in_ten_is_unrelated_or_was_never_judged(world):
    known = related.judged()
    assert len(known) >= 200
    assert list(known.values()).count(False) * 10 <= len(known)
    with tenancy.tenant_context(world.staff["amina"].society_id):
        entries = {
            (one.id, other) for one, others in related.shown(world, related.shelf()) for other in others
        }
    # Not empty lists: most of what was found related is still shown.
    right = {pair for pair, is_related in known.items() if is_related}
    assert len(entries & right) * 10 >= len(right) * 9
    assert len(entries - right) * 10 <= len(entries)
