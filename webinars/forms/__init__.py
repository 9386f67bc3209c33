"""Forms of webinars. Split by what people do; import from here."""

from webinars.forms.answering import AnswerForm
from webinars.forms.scheduling import CancelForm, WebinarForm

__all__ = ["AnswerForm", "CancelForm", "WebinarForm"]
