import pytest

from accounts.forms import ProfileForm, offered_language
from tests.accounts.pictures import picture


def filled(person, files=None, **fields):
    values = {
        "name": "Cleo Diaz",
        "time_zone": "Africa/Accra",
        "language": "en",
        "languages": "",
        **fields,
    }
    return ProfileForm(values, files, instance=person)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Twi, English; a  little French", ["Twi", "English", "a little French"]),
        ("Twi, twi,, ", ["Twi"]),
        ("", []),
    ],
)
def test_languages_are_read_from_one_line(cleo, typed, stored):
    form = filled(cleo, languages=typed)

    assert form.is_valid(), form.errors
    assert form.cleaned_data["languages"] == stored


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("time_zone", "Acra", "Did you mean Africa/Accra"),
        ("time_zone", "zzzzzz", "Type a large city near by."),
        ("languages", ", ".join(f"language {n}" for n in range(13)), "at most twelve"),
        ("languages", "x" * 41, "Is a comma missing?"),
        ("about", "x" * 2001, "at most 2000"),
        ("language", "tlh", "valid choice"),
    ],
)
def test_profile_form_refuses_with_words(cleo, field, value, said):
    form = filled(cleo, **{field: value})

    assert list(form.errors) == [field]
    assert said in str(form.errors[field])


def test_a_picture_is_decoded_by_the_form(cleo):
    form = filled(cleo, {"photo": picture()})

    assert form.is_valid(), form.errors
    assert sorted(form.cleaned_data["photo"]) == [96, 256]


@pytest.mark.parametrize(
    ("code", "ours"),
    [("fr", "fr"), ("pt-br", "pt"), ("de", "en"), (None, "en"), ("", "en")],
)
def test_offered_language(code, ours):
    assert offered_language(code) == ours
