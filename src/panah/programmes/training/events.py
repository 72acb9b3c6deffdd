"""What this room writes in the journal: never a name, and of whom it is only the course."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

ADOPTED = event("training:module:adopted", _("%(who)s adopted a module for trainings."), does="approves")
RETIRED = event("training:module:retired", _("%(who)s took a module off the list for new courses."))
DRAFT_BEGUN = event(
    "training:draft:begun", _("%(who)s began to write a module for trainings."), does="writes"
)
DRAFT_CHANGED = event("training:draft:changed", _("%(who)s changed a draft of a module."), does="writes")
DRAFT_READY = event("training:draft:ready", _("%(who)s asked a second person to look at a module."))
DRAFT_BACK = event("training:draft:back", _("%(who)s sent a module back to be changed."))
DRAFT_DROPPED = event("training:draft:dropped", _("%(who)s threw a draft of a module away."))
PLANNED = event("training:course:planned", _("%(who)s planned a course."))
CHANGED = event("training:course:changed", _("%(who)s changed a course."))
CALLED_OFF = event("training:course:called-off", _("%(who)s called a course off."))
ENROLLED = event("training:course:enrolled", _("%(who)s put people on the list of a course."))
LEFT_LIST = event("training:course:left-list", _("%(who)s took somebody off the list of a course."))
REGISTERED = event("training:course:registered", _("%(who)s wrote down who was at a session of a course."))
SETTLED = event("training:course:settled", _("%(who)s settled a course: it is said who completed it."))
NAMES_ERASED = event(
    "training:names:erased", _("Names on the lists of old courses were erased."), retention="names no one"
)
TAKEN_ALONG = event("training:phone:taken", _("%(who)s took the list of a session on a telephone."))
PHONE_REVOKED = event("training:phone:revoked", _("%(who)s revoked the list on a telephone."))
WRITTEN = event("training:training:written", _("%(who)s wrote down a training from elsewhere."))
TEST_PREPARED = event("training:test:prepared", _("%(who)s prepared the knowledge test of a course."))
TEST_OPENED = event("training:test:opened", _("%(who)s let a knowledge test be answered on telephones."))
TEST_CLOSED = event("training:test:closed", _("%(who)s closed a knowledge test on telephones."))
TEST_ANSWERED = event(
    "training:test:answered", _("A knowledge test of a course was answered on a telephone.")
)
TEST_KEPT = event("training:test:kept", _("%(who)s wrote down answers to a knowledge test."))
SHEET_DROPPED = event("training:test:dropped", _("%(who)s took an answer sheet off a knowledge test."))
ISSUED = event("training:certificate:issued", _("%(who)s issued certificates of a course."))
REPLACED = event("training:certificate:replaced", _("%(who)s replaced a certificate with a corrected one."))
CERTIFICATE_REVOKED = event("training:certificate:revoked", _("%(who)s revoked a certificate."))
PAGE_SWITCHED = event(
    "training:certificate:page", _("%(who)s switched the public page of a certificate on or off.")
)
SWITCHED_BY_HOLDER = event(
    "training:certificate:own-page", _("A volunteer switched the public page of a certificate on or off.")
)
