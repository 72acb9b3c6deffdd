"""What is asked about threats and interpreters."""

from panah.safety.forms.interpreters import EndForm, InterpreterForm, TiesForm, VetForm
from panah.safety.forms.threats import CloseForm, EraseForm, LetForm, ReopenForm, ReportForm, StepForm

__all__ = [
    "CloseForm",
    "EndForm",
    "EraseForm",
    "InterpreterForm",
    "LetForm",
    "ReopenForm",
    "ReportForm",
    "StepForm",
    "TiesForm",
    "VetForm",
]
