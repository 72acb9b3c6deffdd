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
