"""What call-outs, own pages, hours and money write in the journal: codes and the row, never a name."""

from django.utils.translation import gettext_lazy as _

from panah.ground.audit.events import event

CALLED_OUT = event("volunteers:call-out:made", _("%(who)s wrote down what help a branch needs."))
ASKED = event("volunteers:call-out:asked", _("%(who)s asked volunteers whether they can help."))
ANSWERED = event("volunteers:call-out:answered", _("A volunteer answered a call-out."))
TOLD_ANSWER = event("volunteers:call-out:told", _("%(who)s wrote down what a volunteer answered."))
CHOSEN = event("volunteers:call-out:chosen", _("Somebody was chosen for a call-out."))
PASSED_OVER = event("volunteers:call-out:passed", _("%(who)s did not take somebody for a call-out."))
WITHDREW = event("volunteers:call-out:withdrew", _("Somebody who was chosen for a call-out had to cancel."))
MOVED = event("volunteers:call-out:moved", _("%(who)s changed place or hours of a call-out."))
CLOSED = event("volunteers:call-out:closed", _("%(who)s closed a call-out."))
PAGE = event("volunteers:own-page:made", _("%(who)s gave a volunteer the address of the own page."))
PIN_AGAIN = event("volunteers:own-page:pin", _("%(who)s let a volunteer choose a new PIN."))
PAGE_ENDED = event("volunteers:own-page:ended", _("%(who)s closed a volunteer’s own page."))
PAGE_OPENED = event("volunteers:own-page:opened", _("A volunteer chose a PIN for the own page."))
PAGE_HELD = event("volunteers:own-page:held", _("A volunteer’s own page closed after wrong PINs."))
OWN_CHANGE = event("volunteers:own-page:changed", _("A volunteer changed something on the own page."))
OWN_ASK = event("volunteers:own-page:asked", _("A volunteer asked the branch for something."))
HOURS = event("volunteers:hours:written", _("%(who)s wrote down or decided hours of a volunteer."))
MONEY = event("volunteers:money:decided", _("%(who)s paid, or did not pay, what a volunteer had spent."))
