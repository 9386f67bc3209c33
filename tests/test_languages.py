"""Every language of the site: sound files, and words where an invited person comes."""

import re

import polib
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from accounts.models import User
from notifications.kinds import kind_of
from notifications.letters import compose
from notifications.models import Delivery
from spaces.actions.accepting import answer_by_mail, decline_invitation, is_refusal
from spaces.actions.inviting import invite_people
from spaces.models import Membership
from spaces.tokens import invitation_token
from ui.times import relative_words
from ui.words import PLURALS, compiled, word_files
from webinars.models import Registration
from webinars.notifications import word_answer

CODES = sorted(word_files())
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%")
TAG = re.compile(r"</?\w+|href=")
QUOTED = re.compile(r"[«“]\s*([^»”]+?)\s*[»”]")
# What an invited person reads first, and how they answer.
INVITED = {
    "fr": ("vous invite à rejoindre", "répondez simplement", "oui", "non", "peut-être"),
    "es": ("le invita a", "basta con responder", "sí", "no", "quizás"),
    "pt": ("convida você para", "basta responder", "sim", "não", "talvez"),
    "sw": ("anakualika ujiunge na", "jibu tu barua pepe", "ndiyo", "hapana", "labda"),
}
# Whatever a newcomer meets must be translated whole in every language.
WHOLE = re.compile(
    r"templates/(mail|digests|inbound/mail|conversations/mail|webinars/mail|wiki/mail"
    r"|stories/mail|account)/"
    r"|templates/spaces/(mail/(invited|joined|request_|welcomed)|space_join|mail_set"
    r"|invitation_(closed|decline|detail)|member_settings)"
    r"|templates/conversations/(exchange|guest_pass_open|_frame)"
    r"|templates/(base|40\d|500|503)\.html"
    r"|digests/|inbound/actions|spaces/actions/accepting|spaces/views/landing|ui/times"
)


@pytest.fixture(params=CODES)
def code(request):
    return request.param


@pytest.fixture
def words(code):
    return polib.pofile(str(word_files()[code]))


def texts(entry):
    """(original, translation) pairs of an entry that has one."""
    if entry.msgid_plural:
        singular, plural = entry.msgstr_plural[0], entry.msgstr_plural[1]
        return [(entry.msgid, singular), (entry.msgid_plural, plural)]
    return [(entry.msgid, entry.msgstr)]


@pytest.fixture
def invite(space, ada):
    def make(code):
        (invitation,) = invite_people(
            space,
            by=ada,
            rows=[{"address": "nana@example.org"}],
            language=code,
        ).invited
        return invitation

    return make


def letter_of(kind, target):
    delivery = Delivery.objects.filter(kind=kind).select_related("recipient").get()
    return compose(kind_of(kind), target, delivery)


# ── The files ───────────────────────────────────────────────────────────────
def test_every_language_of_the_site_has_its_words():
    missing = [code for code, path in word_files().items() if not path.exists()]

    assert missing == []
    assert CODES == sorted(INVITED) == sorted(PLURALS)


def test_the_compiled_file_is_fresh(code):
    """Stale? ``manage.py compile_words`` writes it anew."""
    path = word_files()[code]

    assert path.with_suffix(".mo").read_bytes() == compiled(path)


def test_nothing_is_a_guess(words):
    assert [each.msgid for each in words.fuzzy_entries()] == []
    assert [each.msgid for each in words.obsolete_entries()] == []


def test_the_plural_forms_are_those_of_the_language(code, words):
    numbers = [0, 1, 2, 5, 100]
    one = {"fr": [0, 1]}.get(code, [1])

    with translation.override(code):
        said = [ngettext("%d day ago", "%d days ago", number) for number in numbers]

    assert words.metadata["Plural-Forms"] == PLURALS[code]
    wrong = [
        entry.msgid
        for entry in words.translated_entries()
        if entry.msgid_plural and sorted(entry.msgstr_plural) != [0, 1]
    ]
    assert wrong == []
    singular = said[1]
    assert [said[place] == singular for place in range(len(numbers))] == [
        number in one for number in numbers
    ]


def test_placeholders_and_tags_are_the_same(words):
    """A lost placeholder loses a name; one too many breaks the page."""
    wrong = []
    for entry in words.translated_entries():
        for original, said in texts(entry):
            same = all(
                sorted(pattern.findall(original)) == sorted(pattern.findall(said))
                for pattern in (PLACEHOLDER, TAG)
            )
            if not same or (original.startswith("\n") != said.startswith("\n")):
                wrong.append((original, said))

    assert wrong == []


def test_what_a_newcomer_meets_is_translated_whole(words):
    missing = [
        entry.msgid
        for entry in words
        if not entry.translated()
        and any(WHOLE.match(place) for place, _line in entry.occurrences)
    ]

    assert missing == []


def test_french_speaks_on_every_page_of_a_member():
    """The first language after English; keys, site administration and samples wait."""
    members = re.compile(
        r"templates/(discover|notifications|conversations|stories|webinars|wiki)/"
        r"|templates/spaces/(?!site_|_site)|(conversations|stories|webinars|wiki)/"
    )
    words = polib.pofile(str(word_files()["fr"]))

    missing = [
        entry.msgid
        for entry in words
        if not entry.translated()
        and any(members.match(place) for place, _line in entry.occurrences)
    ]

    assert missing == []


# ── The letters ─────────────────────────────────────────────────────────────
def test_the_invitation_is_in_the_language_of_the_invited(code, invite, space, ada):
    invitation = invite(code)

    letter = letter_of("spaces.invited", invitation)

    invites, how, yes, no, _perhaps = INVITED[code]
    assert letter.language == code
    assert letter.subject == f"{ada} {invites} {space.name}"
    assert f"{ada} {invites} {space.name}." in letter.text
    assert how in letter.text
    assert {yes, no} <= set(QUOTED.findall(letter.text))
    assert f'<html lang="{code}"' in letter.html
    assert "invites you" not in letter.text + letter.html
    assert "password" not in letter.text


def test_answering_in_ones_language_joins_and_is_confirmed_in_it(code, invite, space):
    invitation = invite(code)

    said = answer_by_mail(invitation, address="nana@example.org", text=INVITED[code][2])

    person = User.objects.get(email="nana@example.org")
    member = Membership.objects.get(space=space, person=person)
    letter = letter_of("spaces.joined_by_mail", member)
    assert (said, person.language, member.status) == ("", code, "active")
    assert letter.language == code
    assert "Your answer has arrived" not in letter.text
    assert "You get this" not in letter.text


def test_saying_no_is_understood_and_answered_in_the_language(code, invite, space):
    invitation = invite(code)

    with translation.override(code):
        said = answer_by_mail(
            invitation, address="nana@example.org", text=INVITED[code][3]
        )

    invitation.refresh_from_db()
    assert invitation.declined
    assert space.name in said
    assert "All right" not in said


def test_the_words_our_letters_ask_for_are_understood(code):
    _invites, _how, yes, no, perhaps = INVITED[code]

    assert [is_refusal(word) for word in (yes, no, f"« {no} »")] == [False, True, True]
    Answer = Registration.Answer
    for said in ("{}", "{}.", "«{}»", "« {} »", "“{}”", "{}, merci"):
        found = [word_answer(said.format(word)) for word in (yes, perhaps, no)]
        assert found == [Answer.YES, Answer.MAYBE, Answer.NO], said


def test_the_webinar_letter_asks_for_words_it_understands(words):
    """What a letter tells people to write must be what the reader of letters knows."""
    asking = "Are you coming? Answer this mail with yes, perhaps or no."
    said = words.find(asking).msgstr

    understood = [word_answer(word) for word in QUOTED.findall(said)]

    Answer = Registration.Answer
    assert understood == [Answer.YES, Answer.MAYBE, Answer.NO]


# ── The pages ───────────────────────────────────────────────────────────────
def test_the_landing_page_speaks_the_language_of_the_letter(client, code, invite):
    token = invitation_token(invite(code))
    url = reverse("joining:invitation_detail", kwargs={"token": token})

    page = client.get(url).content.decode()
    chosen = client.get(url, headers={"cookie": "django_language=en"}).content.decode()

    assert f'<html lang="{code}"' in page
    assert "invites you" not in page
    assert "I have an account" not in page
    assert '<html lang="en"' in chosen
    assert "I have an account" in chosen


def test_the_sign_up_goes_on_in_the_language_of_the_letter(client, code, invite):
    token = invitation_token(invite(code))

    answer = client.post(
        reverse("joining:invitation_detail", kwargs={"token": token}), {}
    )
    page = client.get(answer["Location"]).content.decode()

    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == code
    assert f'<html lang="{code}"' in page
    assert "Make an account" not in page


def test_the_decline_page_speaks_the_language_of_the_letter(client, code, invite):
    invitation = invite(code)
    token = invitation_token(invitation)
    decline_invitation(invitation)

    page = client.get(
        reverse("joining:invitation_decline", kwargs={"token": token})
    ).content.decode()

    assert f'<html lang="{code}"' in page
    assert "I have changed my mind" not in page


def test_a_guest_is_met_in_the_language_of_the_browser(client, code, open_space):
    page = client.get(
        reverse("discover:space_detail", kwargs={"space": open_space.slug}),
        headers={"accept-language": f"{code},en;q=0.5"},
    )

    assert page["Content-Language"] == code
    assert f'<html lang="{code}"' in page.content.decode()
    assert "You are reading as a visitor" not in page.content.decode()


def test_times_are_said_in_the_language(code):
    now = timezone.now().replace(hour=12)
    moment = now + timezone.timedelta(days=3)

    with translation.override(code):
        said = relative_words(moment, now)

    expected = {"fr": "dans 3 jours", "es": "en 3 días", "pt": "dentro de 3 dias"}
    assert said == expected.get(code, "baada ya siku 3")
