"""A text of the public door that is corrected and published."""

from django.utils import timezone

from panah.people.page_texts import actions
from panah.people.page_texts.models import Correction
from panah.people.page_texts.sentences import sentence_of

KEY = "Leave this page"
BETTER = "Закрыть страницу"


def corrected(world, text=BETTER, *, language="ru", by="bakyt", key=KEY) -> Correction:
    return actions.correct(
        sentence=sentence_of(key), language=language, texts=[text], by=world.staff[by], at=timezone.now()
    )


def published(world, text=BETTER, *, by="bakyt", second="saule", **more) -> Correction:
    row = corrected(world, text, by=by, **more)
    return actions.publish(correction=row, by=world.staff[second], at=timezone.now())
