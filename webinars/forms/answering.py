"""Saying whether one comes."""

from django import forms

from webinars.models import Registration


class AnswerForm(forms.Form):
    """Three buttons."""

    answer = forms.ChoiceField(choices=Registration.Answer)
