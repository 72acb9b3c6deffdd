"""Guidance cards: words to say first, then what to mind. General practice of the field, not checked by a society."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class GuidanceCard:
    key: str
    title: StrOrPromise
    say: StrOrPromise
    mind: tuple[StrOrPromise, ...]


CARDS = (
    GuidanceCard(
        "first",
        _("The first words"),
        _("“You have called the helpline. You need not say your name. Are you safe to talk?”"),
        (
            _("Listen first. Silence is allowed."),
            _("Do not ask for proof, papers or reasons."),
            _("Promise only what stands below."),
        ),
    ),
    GuidanceCard(
        "locked",
        _("The door is locked"),
        _(
            "“It was right to call. We look at it together, at your pace. Is there a time when the door is open?”"
        ),
        (
            _("Do not tell anyone to flee. Ask what has worked before."),
            _("Agree on what to say if someone comes in."),
            _("Danger now: emergency mode, and stay on the line."),
        ),
    ),
    GuidanceCard(
        "child",
        _("A child is calling"),
        _("“You did nothing wrong. I am glad that you called. Is there a grown-up near you whom you trust?”"),
        (
            _("Short questions, one at a time. No “why”."),
            _("Say before you ask further what you must tell others, and to whom."),
            _("Do not call a parent or guardian: one may be involved."),
            _("In doubt it is a child."),
        ),
    ),
    GuidanceCard(
        "suicide",
        _("Thoughts of suicide"),
        _("“It sounds very heavy. Are you thinking of ending your life?”"),
        (
            _("Ask it plainly. Asking does not put the thought there."),
            _("Is there a plan, a means, a time? Is someone with the person?"),
            _("Ask to put the means out of reach while you talk."),
            _("Do not leave the line. Call a colleague in with emergency mode."),
        ),
    ),
    GuidanceCard(
        "police",
        _("Police at the door"),
        _("“Stay calm, keep your hands in sight. You may ask for an interpreter and for a lawyer.”"),
        (
            _("Do not advise to run or to resist."),
            _("Ask whether the person wants us to call a lawyer."),
            _("Being forced to break a law may count. Say so, promise nothing."),
            _("Note the time, the place, and the numbers on uniforms or cars."),
        ),
    ),
    GuidanceCard(
        "silent",
        _("Nobody speaks"),
        _("“I am here. If you cannot speak, tap once for yes and twice for no. Can you hear me?”"),
        (
            _("Leave a pause of ten seconds after each question."),
            _("Danger now? Alone? Injured? May we call back?"),
            _("Sounds are answers too: note what you hear."),
            _("If it stays silent: say when the line is open, and that any call is welcome."),
        ),
    ),
    GuidanceCard(
        "exploiter",
        _("Perhaps the exploiter is calling"),
        _("“We give general advice to anyone who calls. We say nothing about other people who call.”"),
        (
            _("Neither confirm nor deny that anyone is known, in the voice either."),
            _("Offer nothing about places, shifts or colleagues’ names."),
            _("Threats: note the words, end the call calmly, call a colleague in."),
            _("If the person was made to call: ask questions that take yes or no."),
        ),
    ),
    GuidanceCard(
        "family",
        _("A relative asks for someone"),
        _("“I cannot say whether anyone has called us. I can take a request to restore family links.”"),
        (
            _("The same words for everyone, also for a mother in tears."),
            _("The request is its own form. A colleague goes on with it, not you."),
            _("Whereabouts are given only when the person sought wants it."),
        ),
    ),
    GuidanceCard(
        "authority",
        _("An authority asks"),
        _(
            "“Requests are taken in writing. I can neither confirm nor deny that we know anyone. "
            "What is your name, rank and office?”"
        ),
        (
            _("Write down who asks, for what, on what paper."),
            _("Call back through the office’s own switchboard, never a number given on the call."),
            _("Two people decide, a lawyer is asked, the person is told."),
        ),
    ),
)
