"""The network's own versions of the texts: a draft that is changed, then published and never changed again."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.programmes.model import events, permissions, queries, rules, texts
from panah.programmes.model.models import Edition
from panah.programmes.model.words import EditionState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def _must_edit(by: Staff) -> None:
    if not permissions.edits_texts(by):
        raise Refusal(_("The network coordinator edits these texts."), code="coordinator-only")


def _draft(edition: Edition) -> Edition:
    row: Edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if row.state != EditionState.DRAFT:
        raise Refusal(
            _("This version is published and stays as it is."),
            next_step=_("Begin a new version."),
            code="published-already",
        )
    return row


@transaction.atomic
def begin_edition(*, by: Staff, at: datetime) -> Edition:
    """Begin a draft with the newest texts; there is one draft at a time."""
    _must_edit(by)
    if (there := queries.draft()) is not None:
        return there
    newest = queries.current_version()
    row: Edition = Edition.objects.create(
        version=rules.next_version(queries.versions()),
        texts=copy.deepcopy(dict(queries.texts_of(newest))),
        edited_at=at,
    )
    audit.record(event=events.EDITION_BEGUN, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def change_element(
    *,
    edition: Edition,
    element: str,
    typed: Mapping[str, texts.Text],
    by: Staff,
    at: datetime,
    seen: str | None = None,
) -> None:
    """Change one element of a draft, in every language at once (language -> text)."""
    _must_edit(by)
    row = _draft(edition)
    refuse_if_changed(row, seen=seen)
    row.texts = {language: {**row.texts[language], element: dict(text)} for language, text in typed.items()}
    row.edited_at = at
    row.save(update_fields=["texts", "edited_at"])
    audit.record(event=events.EDITION_CHANGED, by=by, at=at, about=row.pk, facts={"element": element})


@transaction.atomic
def publish_edition(*, edition: Edition, by: Staff, at: datetime) -> None:
    """From now on assessments begin with this version; those that were begun keep theirs."""
    _must_edit(by)
    row = _draft(edition)
    if wrong := texts.differences(row.texts):
        raise Refusal(
            _("The languages do not agree: %(where)s.")
            % {"where": ", ".join(row.texts["en"][name]["title"] for name in wrong)},
            next_step=_(
                "Every language needs a title, four levels and as many lines of evidence as the others."
            ),
            code="languages-differ",
        )
    row.state, row.published_by = EditionState.PUBLISHED, by.name
    row.published_on = timezone.localtime(at).date()
    row.save(update_fields=["state", "published_by", "published_on"])
    audit.record(event=events.EDITION_PUBLISHED, by=by, at=at, about=row.pk)
