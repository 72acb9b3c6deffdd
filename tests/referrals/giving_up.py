"""A referral that is given up while somebody travels."""

from __future__ import annotations

from tests.referrals.across import Story


def gives_up(story: Story, why: str = "person", note: str = ""):
    return story.amina.post(f"{story.here}give-up/", {"why": why, "note": note})
