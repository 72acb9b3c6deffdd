"""The door to tables: counts of an exact population, protected before anybody outside reads them.

``protect`` hides small counts, what one society alone contributed, and whatever would let somebody work these out; or
it rounds. What it promises, ``attack`` tries to break.
"""

from collections.abc import Sequence

import highspy
import numpy as np

from panah.programmes.release.attackers import attackers
from panah.programmes.release.cells import Method, ProtectedTable, Rule, State, Table, cell_name, with_totals
from panah.programmes.release.errors import ReleaseError
from panah.programmes.release.hiding import Hiding, NoBox
from panah.programmes.release.rounding import rounded
from panah.programmes.release.sentences import Sentence, say
from panah.programmes.release.shown_before import shown_before

# Part of every result: the same counts, seed and version give the same table.
VERSION = "1"


class CannotProtect(ReleaseError):
    """A table that would stay open whatever is hidden: it is not released."""

    code = "cannot-protect"

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def protect(
    table: Table, rule: Rule, *, published: Sequence[ProtectedTable] = (), earlier: Sequence[Table] = ()
) -> ProtectedTable:
    """Return the table as it may be shown.

    ``published``: other tables of this release and all earlier releases. ``earlier``: exact counts of earlier releases
    where they are still known, so that who was added or left since is protected too.
    """
    against = attackers(table, rule, earlier)
    counts, blank = with_totals(table.counts), table.asked_nowhere
    if rule.method is Method.ROUND:
        values = rounded(table.counts, against, rule)
        states = np.where(blank, State.NOT_ASKED, State.ROUNDED)
    else:
        before = shown_before(table, published, earlier, rule)
        hiding = Hiding(
            counts, against, rule, shown=before.shown | blank, again=before.hidden, kept=before.kept
        )
        try:
            hidden = hiding.run()
        except NoBox as none:
            cell = cell_name(table.dimensions, none.place)
            raise CannotProtect(say("cannot-protect", table=table.name, cell=cell)) from none
        states = np.select(
            [blank, hidden, counts == 0], [State.NOT_ASKED, State.HIDDEN, State.ZERO], State.COUNT
        )
        values = counts
    values = np.where((states == State.HIDDEN) | (states == State.NOT_ASKED), -1, values)
    return ProtectedTable(
        table.name, table.population, table.dimensions, states.astype(np.int8), values, rule, solver_version()
    )


def protect_together(
    tables: Sequence[Table],
    rule: Rule,
    *,
    published: Sequence[ProtectedTable] = (),
    earlier: Sequence[Table] = (),
) -> list[ProtectedTable]:
    """Protect the tables of one release, each beside those before it and what was published."""
    done: list[ProtectedTable] = []
    for table in tables:
        done.append(protect(table, rule, published=[*published, *done], earlier=earlier))
    return done


def solver_version() -> str:
    """Name what computed a result."""
    return f"panah {VERSION}, HiGHS {highspy.HIGHS_VERSION_MAJOR}.{highspy.HIGHS_VERSION_MINOR}"
