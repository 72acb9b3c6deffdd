"""What is asked about threats and interpreters."""

from panah.people.safety.forms.interpreters import EndForm, InterpreterForm, TiesForm, VetForm
from panah.people.safety.forms.threats import CloseForm, EraseForm, LetForm, ReopenForm, ReportForm, StepForm
