"""What is typed about courses, lists and registers."""

from panah.training.forms.certificates import CheckForm, CorrectForm, IssueForm
from panah.training.forms.courses import (
    AddSessionForm,
    AdoptForm,
    ChangeCourseForm,
    CourseForm,
    SessionForm,
    TrainingForm,
)
from panah.training.forms.drafts import (
    AboutForm,
    InEachLanguage,
    PartForm,
    QuestionForm,
    SendBackForm,
    WriteModuleForm,
)
from panah.training.forms.knowledge import AloudForm, OpenTestForm, PhoneTestForm, TypedTestForm
from panah.training.forms.lists import FindForm, NamesForm, RegisterForm, WhoNeedItForm
