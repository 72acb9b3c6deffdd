"""*Is this offer safe?*: what is asked, which answer warns, why, and what to ask or do.

The questions are data with a version: who changes what a question asks or which answer warns raises ``VERSION``, which
stands on what is printed. An answer that warns is a sign, never a verdict. Men are meant as well as women. Kinds have
numbers in addresses, which stay in a browser's history.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

VERSION = "1"


class OfferAnswer(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("I do not know")


class SignStrength(TextChoices):
    STRONG = "strong", _("Strong warning sign")
    WEAK = "weak", _("Warning sign")


@dataclass(frozen=True, slots=True)
class OfferQuestion:
    """A question; ``warns``: the answer that is a sign. ``sign``, ``reason`` and ``to_do`` are a sentence each."""

    code: str
    warns: OfferAnswer
    strength: SignStrength
    asked: StrOrPromise
    sign: StrOrPromise
    reason: StrOrPromise
    to_do: StrOrPromise

    @property
    def strong(self) -> bool:
        return self.strength == SignStrength.STRONG


@dataclass(frozen=True, slots=True)
class OfferKind:
    """What is offered. ``asks``: the codes of its questions in their order; ``pictured``: the signs of its picture."""

    number: str
    name: StrOrPromise
    small: StrOrPromise
    asks: tuple[str, ...]
    pictured: tuple[str, ...]


YES, NO = OfferAnswer.YES, OfferAnswer.NO
STRONG, WEAK = SignStrength.STRONG, SignStrength.WEAK

QUESTIONS: dict[str, OfferQuestion] = {
    one.code: one
    for one in (
        # ---- who offers, and what is promised
        OfferQuestion(
            "firm", NO, WEAK,
            _("Can you find the firm yourself: its office, its address, its number?"),
            _("You cannot find the firm yourself."),
            _("Behind a name that nobody can check there may be no firm."),
            _("Ask for the registered name. Ask a state office if this firm may do this."),
        ),
        OfferQuestion(
            "written", NO, WEAK,
            _("Do you have a contract that you can read well, with the work, the hours and the pay?"),
            _("You have no contract that you can read."),
            _("Without a contract it is hard to prove what you were promised."),
            _("Ask for the contract before you go. Photograph every page."),
        ),
        OfferQuestion(
            "late", YES, WEAK,
            _("Will they pay you only at the end of the season, or keep a part of your pay?"),
            _("They keep back your pay."),
            _("People stay in a bad place because they wait for their pay."),
            _("Ask to be paid every month. Write down every day that you work."),
        ),
        OfferQuestion(
            "office", YES, STRONG,
            _("Is it computer or chat work abroad, with high pay, for which you need no experience?"),
            _("High pay for computer or chat work abroad, no experience needed."),
            _("Men and women with such offers were locked in and forced to cheat people on the internet."),
            _("Ask for the exact town and firm. Speak alone with somebody who came back from there."),
        ),
        OfferQuestion(
            "armed", YES, STRONG,
            _("Is it near a war, or with an army, with guards or with weapons?"),
            _("It is near a war or with weapons."),
            _("Men who were promised other work were sent to fight and could not leave."),
            _("Sign nothing yet. Ask a lawyer first: your own country may punish you for it."),
        ),
        OfferQuestion(
            "school", NO, WEAK,
            _("Has the school itself told you that you have a place?"),
            _("The school itself has not told you that you have a place."),
            _("A letter from somebody else can be false."),
            _("Write to the school or call it yourself. Take the number from its own page."),
        ),
        OfferQuestion(
            "no_office", YES, STRONG,
            _("Do they promise papers for which you need no application, no exam and no visit to the office?"),
            _("They promise papers without the office."),
            _("Such papers are often false, and it is you who is punished."),
            _("Ask the office itself what you need and what it costs."),
        ),
        # ---- money, papers, freedom
        OfferQuestion(
            "debt", YES, STRONG,
            _("Will you owe them money for the ticket, the visa or the room?"),
            _("You will owe them money."),
            _("A debt can grow until you work only to pay it."),
            _("Ask how much it is, for what, and until when. Get it in writing."),
        ),
        OfferQuestion(
            "fees", YES, WEAK,
            _("Must you pay a private person, or pay without a receipt?"),
            _("You must pay a private person, or pay without a receipt."),
            _("You cannot prove that you paid."),
            _("Pay only the school, the firm or the office itself. Keep the receipt."),
        ),
        OfferQuestion(
            "work_off", YES, STRONG,
            _("Must you work to pay for it?"),
            _("You must work to pay for it."),
            _("The price can grow until you do nothing but work."),
            _("Ask for the whole price and for the hours of work. Get it in writing."),
        ),
        OfferQuestion(
            "passport", YES, STRONG,
            _("Will they keep your passport or your identity card?"),
            _("They want to keep your passport."),
            _("Without your passport it is hard to leave or to ask for help."),
            _("Show your passport, but never leave it with them."),
        ),
        OfferQuestion(
            "papers", YES, STRONG,
            _("Will you travel without the right papers: as a tourist, or past the border post?"),
            _("You will travel without the right papers."),
            _("People without the right papers are afraid to ask for help. Others use this fear."),
            _("Ask the consulate of that country which papers you need."),
        ),
        OfferQuestion(
            "unread", YES, STRONG,
            _("Must you sign something that you cannot read?"),
            _("You must sign something that you cannot read."),
            _("It may be a debt, a marriage or a contract with an army."),
            _("Take it home. Let somebody you trust read it to you."),
        ),
        OfferQuestion(
            "errands", YES, STRONG,
            _("Must you carry parcels for others, or give them a bank card, a SIM card or a password?"),
            _("You must carry parcels for others, or give them a bank card, a SIM card or a password."),
            _("You can be punished for a crime of others, also if you knew nothing."),
            _("Carry nothing for others. Give nobody a card or a password."),
        ),
        OfferQuestion(
            "address", NO, WEAK,
            _("Do you know the exact address where you will live?"),
            _("You do not know where you will live."),
            _("If nobody knows the address, nobody can find you."),
            _("Ask for the address. Look for it on a map. Leave it with somebody you trust."),
        ),
        OfferQuestion(
            "free", YES, STRONG,
            _("Do they say that you may not go out alone or telephone there?"),
            _("You may not go out alone or telephone there."),
            _("If you cannot go out or telephone, you cannot ask for help."),
            _("Do not go to a place that you cannot leave."),
        ),
        OfferQuestion(
            "secret", YES, STRONG,
            _("Do they hurry you, or ask you to keep it secret or to lie at the border?"),
            _("They hurry you, or ask you to keep it secret or to lie."),
            _("They do not want you to ask others, or others to find you."),
            _("Tell somebody you trust about the offer today."),
        ),
        OfferQuestion(
            "threat", YES, STRONG,
            _("Do they say that the police will punish you if you ask somebody else?"),
            _("They frighten you with the police."),
            _("They want you to be afraid and to ask nobody."),
            _("Do not decide in fear. Call one of the numbers and ask."),
        ),
        # ---- marriage
        OfferQuestion(
            "own", NO, STRONG,
            _("Is this marriage your own free choice?"),
            _("This marriage is not your own free choice."),
            _("Nobody may force you to marry, not even your family."),
            _("You may say no at any time. Call one of the numbers and ask."),
        ),
        OfferQuestion(
            "met", NO, WEAK,
            _("Have the two of you met in person?"),
            _("You have not met in person."),
            _("Behind pictures and kind words there may be another person."),
            _("Meet first in your own country, with somebody you trust beside you."),
        ),
        OfferQuestion(
            "language", NO, WEAK,
            _("Can the two of you talk without an interpreter?"),
            _("You cannot talk without an interpreter."),
            _("You do not know what others say about you."),
            _("Find an interpreter yourself. Do not take theirs."),
        ),
        OfferQuestion(
            "brokered", YES, STRONG,
            _("Does anybody get money for this marriage?"),
            _("Somebody gets money for this marriage."),
            _("People who paid may think that you belong to them."),
            _("Ask who paid, how much, and what happens if you say no."),
        ),
        OfferQuestion(
            "registered", NO, WEAK,
            _("Will the state register the marriage?"),
            _("The state will not register the marriage."),
            _("Without it you may have no right to stay, to a home or to your children."),
            _("Register the marriage first. Keep your own copy of the paper."),
        ),
        OfferQuestion(
            "return", NO, WEAK,
            _("Could you come back alone, with your own money?"),
            _("You could not come back alone."),
            _("If others have your money and your ticket, they decide if you can leave."),
            _("Keep money for the way back where only you can take it."),
        ),
    )
}  # fmt: skip

KINDS: tuple[OfferKind, ...] = (
    OfferKind(
        "1", _("Work"), _("Also work for a season, as a driver, at home or on a ship"),
        ("firm", "written", "late", "debt", "passport", "papers", "office", "armed", "errands", "secret"),
        ("passport", "debt", "secret", "armed", "office", "errands"),
    ),
    OfferKind(
        "2", _("Marriage"), _("Also an engagement, or life together abroad"),
        ("own", "met", "language", "brokered", "registered", "address", "passport", "free", "return", "secret"),
        ("own", "brokered", "passport", "free", "secret", "met"),
    ),
    OfferKind(
        "3", _("Study"), _("Also a course, an exchange or practical training"),
        ("school", "fees", "work_off", "armed", "passport", "address", "papers", "errands", "free", "secret"),
        ("work_off", "passport", "armed", "errands", "secret", "school"),
    ),
    OfferKind(
        "4", _("Help with documents"), _("A visa, a permit, a citizenship, a registration"),
        ("firm", "no_office", "fees", "passport", "unread", "work_off", "armed", "errands", "threat", "secret"),
        ("passport", "unread", "no_office", "armed", "errands", "threat"),
    ),
)  # fmt: skip


def kind_or_none(number: str) -> OfferKind | None:
    """Return the kind of offer that an address names."""
    return next((one for one in KINDS if one.number == number), None)


# What is asked on the card that is given out, whatever is offered.
TO_ASK: tuple[StrOrPromise, ...] = (
    _("Who invites me? What is the full name, and where is the office?"),
    _("What will I do? How many hours a day? What is the pay, and when do I get it?"),
    _("Where will I live, and with whom?"),
    _("Who pays for the ticket and the visa? Must I pay it back?"),
    _("Will my passport stay with me?"),
    _("May I go out and telephone when I want?"),
    _("Who meets me there? What is the number?"),
    _("How do I come back if I want to?"),
)

# The signs that stand on that card: those that are strong whatever is offered.
CARD_SIGNS = ("passport", "debt", "secret", "papers", "armed", "office", "errands", "free")

TO_COPY: tuple[StrOrPromise, ...] = (
    _("Passport: the page with your picture, and the visa"),
    _("Ticket"),
    _("Contract, every page"),
    _("The address and the number where you will be"),
    _("The name, the number and a picture of who makes the offer"),
)

TO_LEAVE: tuple[StrOrPromise, ...] = (
    _("Leave the copies with somebody you trust who stays at home."),
    _("Do not leave them only with those who make the offer."),
    _("Take one more copy with you. Keep it apart from your passport."),
)

TO_AGREE: tuple[StrOrPromise, ...] = (
    _("Agree on a word that means: I am in danger."),
    _("Agree on a day when you call. If you do not call, they ask for help."),
    _("Learn one number by heart. A telephone can be taken away."),
    _("Keep some money for the way back apart from the rest."),
)

# What a society records: thirty seconds, at most 75 words in every language. The number of its line follows.
ALOUD: tuple[StrOrPromise, ...] = (
    _("Does somebody offer you work, a marriage, study or papers abroad? Take your time."),
    _("Never leave your passport with others."),
    _("Ask what you will do, where you will live, and what you will owe."),
    _("If they hurry you, or ask you to keep it secret, do not go yet."),
    _("Leave copies and the address with somebody you trust."),
    _("Agree on a word that means: I am in danger."),
    _("You can always say no."),
)
