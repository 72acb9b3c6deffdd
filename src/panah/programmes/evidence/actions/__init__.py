"""What changes releases and their budget."""

from panah.programmes.evidence.actions.begin import begin, change
from panah.programmes.evidence.actions.budget import mark_exact, pay, population_of
from panah.programmes.evidence.actions.deciding import decide, give_up, read, record_taken, withdraw
from panah.programmes.evidence.actions.joining import begin_joint, give_counts
from panah.programmes.evidence.actions.own_figures import enter_own_facts
from panah.programmes.evidence.actions.packing import list_of_withdrawn
from panah.programmes.evidence.actions.preparing import prepare, rehearsal_request, rehearse
from panah.programmes.evidence.actions.signing_columns import sign_anew, sign_columns
