"""What is asked about modules, courses, and who is trained in what."""

from panah.programmes.training.queries.certificates import (
    OnCertificate,
    certificate_or_404,
    history_of,
    holders,
    on_certificates,
    own_certificate_or_404,
    public_pages_of,
    told_of,
    waiting_for_certificates,
    wallet,
)
from panah.programmes.training.queries.courses import (
    NotOffered,
    Person,
    by_pk_or_404,
    enrolment_or_404,
    held,
    leading,
    leading_colleagues,
    leading_volunteers,
    listed,
    name_of,
    names_erased_on,
    people_of,
    phone_lists_of,
    places_left,
    session_or_404,
    visible,
    volunteers_named,
    who_may_lead,
    why_not_offered,
)
from panah.programmes.training.queries.drafts import drafts, is_published, own_draft, was_dropped
from panah.programmes.training.queries.knowledge import (
    Asked,
    Result,
    change_of,
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
from panah.programmes.training.queries.modules import (
    adopted,
    adopted_or_404,
    covered_by,
    delivered_or_404,
    module_rows,
    own_modules,
    titles_of,
    versions_of,
)
from panah.programmes.training.queries.public_tokens import found_by_token, token_of
from panah.programmes.training.queries.trained import (
    Need,
    ending,
    gaps,
    held_by,
    held_for_export,
    trained,
    who_hold,
    who_need,
)
