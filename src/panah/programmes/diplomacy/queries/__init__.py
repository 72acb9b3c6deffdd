"""What is read of commitments, reports, the policy and dialogues; other rooms import from here."""

from panah.programmes.diplomacy.queries.attachments import KeptScan, files_of, papers_of
from panah.programmes.diplomacy.queries.commitments import (
    commitment_or_404,
    commitments,
    due_days,
    evidence_naming,
    indicators_of,
    is_carried,
    last_word,
    last_words,
    newer_evidence,
    not_known,
    standings,
    step_or_404,
    trail,
    under_provisions,
)
from panah.programmes.diplomacy.queries.dialogues import dialogue_or_404, kept_until, memory, opened
from panah.programmes.diplomacy.queries.policies import policies, policy_or_404, policy_versions
from panah.programmes.diplomacy.queries.reports import (
    Telling,
    abouts,
    report_content,
    report_or_404,
    reports,
    statuses_told,
)
