"""Words of other rooms that stand on pages of the door: said here too, so that they are translated into its languages.

The rooms that own them speak English and Russian alone. ``tests/public/test_languages.py`` compares them.
"""

from django.utils.translation import gettext_noop as _

EMERGENCY = (_("any emergency"), _("police"), _("ambulance"), _("fire and rescue"))
REACH = (_("mobile only"), _("landline only"), _("not nationwide"))
NEEDS = (
    _("a safe bed"),
    _("medical care"),
    _("psychological support"),
    _("food, clothes and things"),
    _("money"),
    _("interpretation"),
    _("legal aid"),
    _("documents"),
    _("transport and return"),
    _("child protection"),
    _("restoring family links"),
    _("education and training"),
    _("work and livelihood"),
    _("childcare"),
    _("information and advice"),
)
ADMITS = (_("women"), _("men"), _("girls"), _("boys"), _("families together"))
PLACES = (
    _("%(country)s, everywhere"),
    _("Practice Country North"),
    _("Practice Country South"),
    _("any country"),
)
# How a message stands, and what is said when it is finished (reporters.words).
STANDS = (
    _("We have your message. Nobody has opened it yet."),
    _("A person on our team has read your message."),
    _("We have answered you."),
    _("We have finished our work on your message."),
    _("You took your message back."),
)
TOLD = (
    _("We helped you, and nothing more is open."),
    _("Others can do more here. We told you in our answer who they are."),
    _("We could not do anything with this message."),
    _("We asked you something and heard nothing more."),
)
# What is refused, and what to do instead (reporters.errors), in the order of that file.
REFUSED = (
    (
        _("We cannot take messages here now."),
        _("Call one of the numbers on our page, or write to another society."),
    ),
    (
        _("This page is old. Your message was not sent."),
        _("Open the page again and send your message once more."),
    ),
    (
        _("Your message is too long. It can have %(number)s characters."),
        _("Send a part of it now, and the rest after that."),
    ),
    (
        _("This file is too large. A file can have %(number)s MB."),
        _("Send your message without it, or send a smaller file."),
    ),
    (
        _("These files are too large together. They can have %(number)s MB."),
        _("Send fewer files now, and the others after that."),
    ),
    (
        _("You sent very much today. We cannot keep more until tomorrow."),
        _("Keep what you wrote and send it tomorrow. If you are in danger, call us."),
    ),
    (
        _("We cannot keep files now: very many came within this hour."),
        _("Send your message without files now. Send the files later."),
    ),
    (_("There is nothing in your message."), _("Write something, or add a file.")),
    (_("This form was sent already."), _("Open the page with the number of your message.")),
    (
        _("This message was taken back. Nothing can be added to it."),
        _("Write a new message if you want to tell us something."),
    ),
    (
        _("Our work on this message is finished. Nothing can be added to it."),
        _("Write a new message if you want to tell us something."),
    ),
)
# What the forms of the kit say.
FORMS = (
    _(
        "“%(label)s” has room for %(limit)s characters; %(typed)s were typed. Shorten it: it is all still here."
    ),
    _("At most %(num)s characters."),
    _("What this page sends along by itself was changed. Open the page again."),
)
