"""Modules, courses, who takes part, who was there; what they knew before and after; certificates."""

from panah.programmes.training.models.certificates import Certificate
from panah.programmes.training.models.courses import (
    STAFF,
    Attendance,
    Course,
    CourseModule,
    CourseQuerySet,
    Enrolment,
    Module,
    PhoneList,
    Session,
    Trainer,
    Training,
)
from panah.programmes.training.models.drafts import ModuleDraft
from panah.programmes.training.models.knowledge import AnswerSheet, KnowledgeTest
