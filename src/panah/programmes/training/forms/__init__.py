"""What is typed about courses, lists and registers."""

from panah.programmes.training.forms.certificates import CheckForm, CorrectForm, IssueForm
from panah.programmes.training.forms.courses import (
    AddSessionForm,
    AdoptForm,
    ChangeCourseForm,
    CourseForm,
    SessionForm,
    TrainingForm,
)
from panah.programmes.training.forms.drafts import (
    AboutForm,
    InEachLanguage,
    PartForm,
    QuestionForm,
    SendBackForm,
    WriteModuleForm,
)
from panah.programmes.training.forms.knowledge import AloudForm, OpenTestForm, PhoneTestForm, TypedTestForm
from panah.programmes.training.forms.lists import FindForm, NamesForm, RegisterForm, WhoNeedItForm
