"""What may be told, and when. Plain Python: no database, no clock, no request."""

from datetime import date, datetime, timedelta


def is_a_yes(said: str, *, who: str, how: str, when: str) -> bool:
    """A yes of the person sought is one only with who asked the person, how, and when. A bare tick is none."""
    return said == "yes" and all(text.strip() for text in (who, how, when))


def may_tell_whereabouts(*, consent: str, who: str, how: str, when: str) -> bool:
    """Whereabouts are given only with the consent of the person sought: a clear yes, nothing less."""
    return is_a_yes(consent, who=who, how=how, when=when)


# *Nothing that can be told* leaves no sooner than this after a request came: a quick one would tell that somebody was
# asked.
QUIET_DAYS = 21


# When the other side hears again, whatever is known: a fixed number, so that it tells nothing.
AGAIN_DAYS = 30


def may_offer_contact(*, wants: str, doubt: str, who: str, how: str, when: str) -> bool:
    """Contact is offered only with a clear yes of the person sought, and where nothing points to danger."""
    return is_a_yes(wants, who=who, how=how, when=when) and doubt == "none"


def answer_from(answer: str, *, came: datetime) -> datetime:
    """Return the earliest time at which an answer may leave, by when the request came."""
    return came + timedelta(days=QUIET_DAYS) if answer == "nothing" else came


def hears_again(*, today: date) -> date:
    """Return the day by which the other side hears again."""
    return today + timedelta(days=AGAIN_DAYS)
