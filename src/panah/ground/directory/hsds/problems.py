"""What was wrong with a record, said to a person."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.directory.hsds.drafts import Problem

WRONG = {
    "not-text": gettext_lazy("is not a text. It is left out."),
    "too-long": gettext_lazy("is too long. It is left out."),
    "no-age": gettext_lazy("is not an age from 0 to 120. It is left out."),
    "ages-crossed": gettext_lazy("lies below the lower age. Both are left out."),
    "no-web-address": gettext_lazy("is not a web address. It is left out."),
    "no-mail-address": gettext_lazy("is not an e-mail address. It is left out."),
    "no-day": gettext_lazy("is not a day in the past, such as 2026-11-24. It is left out."),
    "no-list": gettext_lazy("is not a list of records. What can be read of it is taken."),
    "too-many": gettext_lazy("holds more than 200 records. The rest is left out."),
    "no-name": gettext_lazy("is missing. The whole record is left out: write a name and bring it again."),
    "no-organization": gettext_lazy("names none that is in the file. The whole record is left out."),
    "twice": gettext_lazy("stands twice in the file. Only the first one is taken."),
    "no-need": gettext_lazy("say no need that we know. The entry comes in; choose what it helps with there."),
    "no-status": gettext_lazy(
        "is none of active, inactive, defunct, temporarily closed. It is taken as active."
    ),
    "no-language": gettext_lazy("name a language that is not in our list. It is left out."),
    "no-number": gettext_lazy("hold something that is not a telephone number. It is left out."),
    "hours-in-words": gettext_lazy("say something that our hours cannot hold. Only the words are taken."),
    "bed-address": gettext_lazy("could say where people sleep. No address is taken."),
    "one-place": gettext_lazy("are more than one. Only the first is taken."),
}

WHOLE_FILE = {
    "no-json": gettext_lazy("The file is not JSON. Save it again from where it came, without changing it."),
    "no-records": gettext_lazy("The file holds something that is not a record. It is passed over."),
    "about-the-source": gettext_lazy(
        "The file says where a directory can be asked for, and holds none. Bring what is found there."
    ),
    "place-alone": gettext_lazy(
        "The file holds a place without the service that is there. It is left out: "
        "bring the services with their places."
    ),
    "terms-alone": gettext_lazy(
        "The file holds words of a list of terms, which are no organisations. They are left out: "
        "we have lists of our own."
    ),
    "part-alone": gettext_lazy(
        "The file holds a part of a record without the service or organisation it belongs to. It is left out."
    ),
    "nothing-in-it": gettext_lazy("There is no organisation and no service in the file."),
    "too-many-services": gettext_lazy(
        "The file holds more than 500 services. Divide it, by region for example."
    ),
    "too-big": gettext_lazy("The file is too large once it is unpacked. Divide it, by region for example."),
    "no-zip": gettext_lazy("The file is neither JSON nor a zip that can be opened. It may be damaged."),
    "no-tables": gettext_lazy("The zip holds no services.csv and no organizations.csv."),
    "no-text": gettext_lazy("A table in the zip is not text: %(name)s."),
    "no-csv": gettext_lazy("A table in the zip cannot be read as CSV: %(name)s."),
}


def say(problem: Problem) -> str:
    """One sentence: which record, which field, what is wrong and what became of it."""
    if problem.kind == "file":
        return str(WHOLE_FILE[problem.code]) % {"name": problem.name}
    return _record(problem) % {
        "number": problem.number,
        "name": problem.name or _("without a name"),
        "field": problem.field,
        "what": WRONG[problem.code],
    }


def _record(problem: Problem) -> str:
    if problem.kind == "organization":
        return _("Organisation %(number)s (%(name)s): %(field)s %(what)s")
    return _("Service %(number)s (%(name)s): %(field)s %(what)s")
