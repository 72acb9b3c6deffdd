"""Everything that changes a self-assessment, its plan, what is shown of it, and the texts."""

from panah.programmes.model.actions.assessments import (
    agree_level,
    begin_assessment,
    end_assessment,
    finish_own_part,
    give_level,
    name_colleagues,
    set_side_by_side,
)
from panah.programmes.model.actions.editions import begin_edition, change_element, publish_edition
from panah.programmes.model.actions.plan import add_action, end_action, follow_item, hand_over_all
from panah.programmes.model.actions.sharing import share, take_back
