"""What is asked about threats and interpreters."""

from panah.safety.forms.interpreters import EndForm, InterpreterForm, TiesForm, VetForm
from panah.safety.forms.threats import CloseForm, EraseForm, LetForm, ReopenForm, ReportForm, StepForm
