"""What the register of figures registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.rls_policies import NOW
from panah.ground.foundation.rls_tables import READ_BY_ALL
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.vault.actions.offboarding import OFFBOARDING, Offboarding
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject
from panah.programmes.figures import actions as figures
from panah.programmes.figures import permissions, queries
from panah.programmes.figures.brief_states import BRIEFS, CLEARANCE, ERRATUM, GO_ON, READ
from panah.programmes.figures.citing import CITED_BY
from panah.programmes.figures.words import CLEAR, FELL, FIGURES, SENTENCES
from panah.programmes.library.beside import FIGURES_IN

_brief = by_subject("figures:brief")
ITEM_ROOMS.register(
    BRIEFS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=_brief,
        ends_on={READ: by_subject("figures:read_brief"), CLEARANCE: _brief, GO_ON: _brief, ERRATUM: _brief},
        says={
            READ: _("A brief about a country: answer the questions of the second reader"),
            CLEARANCE: _("A brief about your country: say whether it may be published"),
            GO_ON: _("Your brief about a country waits for you: go on with it"),
            ERRATUM: _("A figure of a published brief no longer stands: look whether the brief can stay"),
        },
    ),
)
# The society concerned reads a brief about its country once it waits for its word, and its author reads that word.
READ_BY_ALL.register(
    "figures.Brief",
    f'"figures_brief"."concerned_id" = {NOW}'
    " AND \"figures_brief\".\"state\" IN ('clearing', 'published', 'withdrawn')",
)
READ_BY_ALL.register(
    "figures.BriefReview",
    f'(SELECT "society_id" FROM "figures_brief" WHERE "id" = "figures_briefreview"."brief_id") = {NOW}',  # noqa: S608  our own tables
)
# Before what is due itself is given on.
OFFBOARDING.register(BRIEFS, Offboarding(hand_over=figures.hand_over_briefs), order=6)
CITED_BY.register(FIGURES, queries.made_from)
CITED_BY.register(BRIEFS, queries.briefs_citing)

# What a society has cleared for everybody, every society here reads; all else of the register is its own.
READ_BY_ALL.register("figures.PublicSentence", '"figures_publicsentence"."state" = \'cleared\'')
CITED_BY.register(SENTENCES, queries.sentences_citing)
CITED_BY.register("library", queries.library_cites)
FIGURES_IN.register(FIGURES, queries.figures_in)
CITED_BY.register("diplomacy", queries.evidence_cites)
_sentence = by_subject("figures:sentence")
ITEM_ROOMS.register(
    SENTENCES,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=_sentence,
        ends_on={CLEAR: _sentence, FELL: _sentence},
        focal_points_only=True,
        says={
            CLEAR: _("A sentence with a figure: decide whether it may be said"),
            FELL: _(
                "The figure of a sentence that may be said no longer stands: take it back, write another"
            ),
        },
    ),
)
MENU.register(
    FIGURES,
    MenuItem("figures:list", _("Figures"), "chart", visible=permissions.reads, section=Section.SOCIETY),
    order=89,
)
