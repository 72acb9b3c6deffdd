"""A society writes a module itself: begun or copied, changed, looked at by a second person, published as a version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.approvals.second_person import must_be_second
from panah.ground.audit import actions as audit
from panah.ground.audit.queries import hands_since_approval
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Urgency
from panah.programmes.training import drafting, events, permissions
from panah.programmes.training.actions.modules import adopt_module, must_adopt
from panah.programmes.training.curricula import Curriculum
from panah.programmes.training.drafting import Content
from panah.programmes.training.models import Module, ModuleDraft
from panah.programmes.training.words import DRAFTS, LOOK, DraftState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

LOOKED_AT_WITHIN = timedelta(days=14)

MISSING = {
    "parts": (_("The module has no part yet."), _("Write at least one part, with its minutes and steps.")),
    "audience": (_("The module does not say for whom it is."), _("Press “Change title, aims, for whom”.")),
    "aims": (_("The module has no aims yet."), _("Press “Change title, aims, for whom”.")),
    "languages": (
        _("The languages do not have the same parts and questions."),
        _("Open the part or question that differs, and write it in each language."),
    ),
    "words": (
        _("In one of the languages a part or a question still has the words of the first language."),
        _("Open it and write it in each language."),
    ),
}

LOOK_AT = DueType(DRAFTS, LOOK, DueKind.DECIDE, within=LOOKED_AT_WITHIN, urgency=Urgency.LATER)


def _must_write(staff: Staff) -> None:
    if not permissions.writes_modules(staff):
        raise Refusal(
            _("Whoever plans courses writes modules."),
            next_step=_("Tell your branch coordinator what is missing."),
            code="writes-no-modules",
        )


@transaction.atomic
def write_module(
    *, title: str, language: str, pk: UUID | None = None, by: Staff, at: datetime
) -> ModuleDraft:
    """Begin a module of the society's own, with nothing but a title."""
    _must_write(by)
    key = pk or uuid4()
    if Module.objects.filter(pk=key).exists():
        raise _ended()
    slug = f"{drafting.OWN}{key.hex[:12]}"
    return _begin(slug, drafting.begun(slug, title=title, language=language), by, at, pk=key)


@transaction.atomic
def begin_copy(
    *, languages: Mapping[str, Curriculum], of: Module | None = None, by: Staff, at: datetime
) -> ModuleDraft:
    """Go on from a module: one that Panah brings, or ``of``, a version of the society. There is one draft at a time."""
    _must_write(by)
    one = next(iter(languages.values()))
    slug = drafting.own_slug(one.slug)
    draft = ModuleDraft.objects.filter(society=by.society_id, slug=slug).first()
    if draft is not None:
        return draft
    source = (of.based_on, of.based_version) if of is not None and of.based_on else (one.slug, one.version)
    based_on, based_version = ("", 0) if source[0].startswith(drafting.OWN) else source
    return _begin(
        slug,
        drafting.copied(languages, slug),
        by,
        at,
        teaches=of.teaches if of is not None else one.teaches,
        valid_months=of.valid_months if of is not None else 24,
        based_on=based_on,
        based_version=based_version,
    )


def _begin(slug: str, content: Content, by: Staff, at: datetime, **more: object) -> ModuleDraft:
    """Begin a draft, or return the one that somebody began at this very moment."""
    first = {"content": content, "changed_by": by, "edited_at": at, **more}
    row, made = ModuleDraft.objects.get_or_create(society_id=by.society_id, slug=slug, defaults=first)
    if made:
        audit.record(event=events.DRAFT_BEGUN, by=by, at=at, about=row.pk)
    return row


def _locked(draft: ModuleDraft) -> ModuleDraft:
    row = ModuleDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if row is None:
        raise _ended()
    return row


def _ended() -> Refusal:
    return Refusal(
        _("This draft was published or thrown away meanwhile."),
        next_step=_("Look at the list of modules."),
        code="draft-is-gone",
    )


@transaction.atomic
def _change(
    draft: ModuleDraft,
    change: Callable[[Content], Content],
    *,
    seen: str | None,
    by: Staff,
    at: datetime,
    **more: object,
) -> None:
    """Keep what was changed, unless it stands there already: pressed twice, it is done once."""
    _must_write(by)
    row = _locked(draft)
    content = change(row.content)
    if content == row.content and all(getattr(row, name) == value for name, value in more.items()):
        return
    refuse_if_changed(row, seen=seen)
    for name, value in more.items():
        setattr(row, name, value)
    # Whoever looked at it before looks again.
    row.content, row.changed_by, row.edited_at, row.state = content, by, at, DraftState.WRITING
    row.save()
    work.cancel_for(subject=row.pk, purpose=LOOK, at=at)
    audit.record(event=events.DRAFT_CHANGED, by=by, at=at, about=row.pk)


def change_about(
    *,
    draft: ModuleDraft,
    audience: list[str],
    teaches: str,
    valid_months: int,
    texts: Mapping[str, drafting.AboutText],
    seen: str | None = None,
    by: Staff,
    at: datetime,
) -> None:
    """Change title, aims, for whom, and what it teaches."""
    _change(
        draft,
        lambda content: drafting.with_about(content, audience=audience, teaches=teaches, texts=texts),
        seen=seen,
        by=by,
        at=at,
        teaches=teaches,
        valid_months=valid_months,
    )


def change_part(
    *,
    draft: ModuleDraft,
    place: int | None,
    minutes: int,
    texts: Mapping[str, drafting.PartText],
    was: str = "",
    seen: str | None = None,
    by: Staff,
    at: datetime,
) -> None:
    """Write a part of the session plan anew, or one more."""
    _change(
        draft,
        lambda content: drafting.with_part(content, place, minutes=minutes, texts=texts, was=was),
        seen=seen,
        by=by,
        at=at,
    )


def change_question(
    *,
    draft: ModuleDraft,
    which: str,
    right: list[int],
    texts: Mapping[str, drafting.QuestionText],
    seen: str | None = None,
    by: Staff,
    at: datetime,
) -> None:
    """Write a question of the knowledge test anew, or one more."""
    _change(
        draft,
        lambda content: drafting.with_question(content, which, right=right, texts=texts),
        seen=seen,
        by=by,
        at=at,
    )


def rearrange(
    *,
    draft: ModuleDraft,
    by: Staff,
    at: datetime,
    part_earlier: int | None = None,
    part_off: int | None = None,
    question_off: str = "",
    language: str = "",
    seen: str | None = None,
) -> None:
    """Move a part up, take a part or a question off, add a language."""

    def change(content: Content) -> Content:
        if part_earlier is not None:
            content = drafting.with_part_earlier(content, part_earlier)
        if part_off is not None:
            content = drafting.without_part(content, part_off)
        if question_off:
            content = drafting.without_question(content, question_off)
        return drafting.with_language(content, language) if language else content

    _change(draft, change, seen=seen, by=by, at=at)


@transaction.atomic
def make_ready(*, draft: ModuleDraft, by: Staff, at: datetime) -> None:
    """Ask a second person, a focal point, to look at it."""
    _must_write(by)
    row = _locked(draft)
    _must_be_whole(row)
    if row.state == DraftState.READY:
        return
    row.state, row.remark = DraftState.READY, ""
    row.save(update_fields=["state", "remark"])
    work.due_for_focal_points(LOOK_AT, row, not_to=hands_since_approval(row.pk), at=at)
    audit.record(event=events.DRAFT_READY, by=by, at=at, about=row.pk)


def _must_be_whole(row: ModuleDraft) -> None:
    lacks = drafting.missing(row.content)
    if lacks:
        sentence, next_step = MISSING[lacks]
        raise Refusal(sentence, next_step=next_step, code=f"module-lacks-{lacks}")


@transaction.atomic
def send_back(*, draft: ModuleDraft, remark: str, by: Staff, at: datetime) -> None:
    """Send it back with what should be changed; the draft stays as it is."""
    must_adopt(by)
    row = _locked(draft)
    if (row.state, row.remark) == (DraftState.WRITING, remark):
        return
    row.state, row.remark = DraftState.WRITING, remark
    row.save(update_fields=["state", "remark"])
    work.cancel_for(subject=row.pk, purpose=LOOK, at=at)
    audit.record(event=events.DRAFT_BACK, by=by, at=at, about=row.pk)


@transaction.atomic
def publish_draft(*, draft: ModuleDraft, by: Staff, at: datetime, seen: str | None = None) -> Module:
    """Publish it as the next version: new courses teach it, those that were planned keep theirs.

    What it was copied from goes off the list for new courses.
    """
    must_adopt(by)
    row = _locked(draft)
    refuse_if_changed(row, seen=seen)
    if row.state != DraftState.READY:
        raise Refusal(
            _("This draft was changed after you looked at it."),
            next_step=_("Read it again; whoever wrote it says when it is ready."),
            code="draft-not-ready",
        )
    must_be_second(row.pk, by=by, may=permissions.adopts_modules)
    _must_be_whole(row)
    last = Module.objects.filter(society=row.society_id, slug=row.slug).aggregate(last=Max("version"))["last"]
    languages = drafting.as_version(row.content, (last or 0) + 1)
    # Under the id of the draft: whoever comes to its page finds what it became.
    module = adopt_module(languages=languages, valid_months=row.valid_months, pk=row.pk, by=by, at=at)
    module.based_on, module.based_version = row.based_on, row.based_version
    module.save(update_fields=["based_on", "based_version"])
    if row.based_on:
        old = Module.objects.filter(society=row.society_id, slug=row.based_on, retired_on=None)
        old.update(retired_on=timezone.localtime(at).date())
    work.complete_for(subject=row.pk, purpose=LOOK, by=by, at=at)
    row.delete()
    return module


@transaction.atomic
def drop_draft(*, draft: ModuleDraft, by: Staff, at: datetime) -> None:
    """Throw a draft away; what is taught stays."""
    _must_write(by)
    row = _locked(draft)
    work.cancel_for(subject=row.pk, purpose=LOOK, at=at)
    audit.record(event=events.DRAFT_DROPPED, by=by, at=at, about=row.pk)
    row.delete()
