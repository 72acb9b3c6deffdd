"""What is asked about modules, courses, and who is trained in what."""

from panah.training.queries.certificates import (
    Holder,
    OnCertificate,
    attended,
    certificate_or_404,
    history_of,
    holders,
    holds_until,
    on_certificates,
    own_certificate_or_404,
    public_pages_of,
    told_of,
    waiting_for_certificates,
    wallet,
)
from panah.training.queries.courses import (
    Held,
    Listed,
    Person,
    by_pk_or_404,
    enrolment_or_404,
    held,
    listed,
    name_of,
    names_erased_on,
    people_of,
    phone_lists_of,
    places_left,
    session_or_404,
    visible,
    volunteers_named,
)
from panah.training.queries.drafts import drafts, is_published, own_draft, was_dropped
from panah.training.queries.knowledge import (
    Asked,
    PrePost,
    QuestionRow,
    Result,
    change_of,
    languages_of,
    loose_sheets,
    pre_post,
    question_rows,
    questions_of,
    readable_language,
    results,
    sheet_or_404,
    test_or_404,
    tests_of,
    who_may_answer,
)
from panah.training.queries.modules import adopted, adopted_or_404, delivered_or_404, module_rows, versions_of
from panah.training.queries.public_tokens import found_by_token, token_of
from panah.training.queries.trained import (
    Gap,
    Need,
    ending,
    gaps,
    held_by,
    held_for_export,
    trained,
    who_need,
)
