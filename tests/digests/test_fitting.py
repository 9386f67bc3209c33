"""How a digest looks: its subject, its text for a feature phone, its size."""

import re

import pytest
from django.utils import translation

from digests.actions import prepare_due
from digests.items import QUESTIONS, STORIES, TALK, WEBINARS
from digests.models import Issue
from digests.personalise import Selection
from digests.wording import counts_of, subject_of
from notifications.outbox import send_waiting
from spaces.models import Membership, Space
from tests.factories.accounts import UserFactory
from tests.factories.spaces import GroupFactory, MembershipFactory
from tests.factories.stories import StoryFactory
from wiki.models import Page, Revision

ARABIC = "كيف نحافظ على الغابة واقفة ونعيش منها جميعا في السنوات القادمة معا "
SWAHILI = "Tunawezaje kuutunza msitu wetu na bado kuishi kutokana nao pamoja sote "


@pytest.mark.parametrize(
    ("language", "sections", "more", "name", "expected"),
    [
        ("en", {QUESTIONS: 2, STORIES: 1}, {}, "Forest Forum",
         "2 questions without an answer, 1 story (Forest Forum)"),
        ("en", {QUESTIONS: 1}, {QUESTIONS: 4}, "Forest Forum",
         "5 questions without an answer (Forest Forum)"),
        ("en", {TALK: 1}, {}, "Forest Forum", "1 conversation (Forest Forum)"),
        # as much as a phone shows: what is most urgent, and the space
        ("en", {QUESTIONS: 2, STORIES: 1, TALK: 4}, {}, "Forest Forum",
         "2 questions without an answer, 1 story (Forest Forum)"),
        ("en", {QUESTIONS: 2, STORIES: 1}, {}, "The Long Name of an Alliance of Many",
         "2 questions without an answer (The Long Name of an Alliance of Many)"),
        ("fr", {QUESTIONS: 1, WEBINARS: 2}, {}, "Forum",
         "1 question sans réponse, 2 webinaires (Forum)"),
        ("fr", {QUESTIONS: 2}, {}, "Forum", "2 questions sans réponse (Forum)"),
    ],
)  # fmt: skip
def test_the_subject(language, sections, more, name, expected):
    selection = Selection({key: (None,) * n for key, n in sections.items()}, more)

    with translation.override(language):
        assert subject_of(selection, Space(name=name)) == expected


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "sw"])
def test_plurals_are_right_in_every_language(language):
    """One and two are never the same words where a language has two forms."""
    for section in (QUESTIONS, STORIES, WEBINARS, TALK):
        with translation.override(language):
            (one,) = counts_of(Selection({section: (None,)}, {}))
            (two,) = counts_of(Selection({section: (None,) * 2}, {}))
            (both,) = counts_of(Selection({section: (None,)}, {section: 1}))

        assert ("1" in one, "2" in two) == (True, True)
        assert both == two
        # Swahili nouns of these classes keep their form.
        assert language == "sw" or one.strip("12 ") != two.strip("12 ")


@pytest.fixture
def full(space, monkeypatch, mailoutbox, morning, yesterday, delivered, says):
    """``full(words)``: a space where 200 things happened, in those words; the mail."""
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)

    def fill(words, **fields):
        people = []
        for number in range(12):
            group = GroupFactory(space=space, name=f"{words[:48].strip()} {number}")
            person = UserFactory(name=f"{words[:40].strip()} {number}")
            MembershipFactory(space=space, person=person, group=group)
            people.append(person)
        reader = people[0]
        reader.language = fields.get("language", "en")
        reader.save()
        Membership.objects.filter(person=reader).update(
            mail_format=fields.get("mail_format", "rich")
        )
        Membership.objects.exclude(person=reader).update(digest="off")
        delivered()
        for number in range(50):
            person = people[1 + number % 11]
            body = f"{number} {words * 20}"
            says(space, person, body, talk=says.QUESTION)
            says(space, person, body)
            StoryFactory(
                space=space, author=person, published=yesterday,
                title=f"{number} {words * 2}"[:150], slug=f"{words[:60]}-{number}",
                did_not_work=words * 10,
            )  # fmt: skip
            page = Page.objects.create(
                space=space, title=f"{number} {words}"[:120],
                slug=f"{words[:60]}-{number}", created=yesterday, changed=yesterday,
            )  # fmt: skip
            Revision.objects.create(
                page=page, number=1, title=page.title, body="x", author=person,
                summary=words * 2, created=yesterday,
            )  # fmt: skip
        prepare_due(morning)
        send_waiting(morning)
        (mail,) = mailoutbox
        return mail, Issue.objects.get(membership__person=reader)

    return fill


@pytest.mark.parametrize(
    ("words", "language"), [(ARABIC, "en"), (SWAHILI, "sw")], ids=["arabic", "swahili"]
)
def test_two_hundred_items_stay_below_30_kb_and_none_is_dropped(full, words, language):
    mail, issue = full(words, language=language)

    html, text = mail.alternatives[0].content, mail.body
    assert 10_000 < len(html.encode()) < 30_000
    assert len(text.encode()) < 30_000
    assert len(issue.items) + issue.counted == 200
    assert 8 <= len(issue.items) <= 26
    # The numbers in the letter are those that are stored, each once and in order.
    assert [int(each) for each in re.findall(r"<h3[^>]*>(\d+)\. ", html)] == list(
        range(1, len(issue.items) + 1)
    )
    assert [int(each) for each in re.findall(r"(?m)^(\d+)\. ", text)] == list(
        range(1, len(issue.items) + 1)
    )
    assert not re.search(r"<img|src=|url\(", html)


def test_text_only_is_text_only_and_small(full):
    mail, issue = full(SWAHILI, mail_format="text")

    assert mail.alternatives == []
    assert len(mail.body.encode()) < 15_000
    assert len(issue.items) + issue.counted == 200


def test_the_text_is_for_a_small_screen(
    space, ben, oda, ada, says, delivered, morning, monkeypatch, mailoutbox
):
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)
    delivered()
    question = says(space, oda, "How deep?", talk=says.QUESTION)
    prepare_due(morning)
    send_waiting(morning)

    mail = next(mail for mail in mailoutbox if mail.to == ["ben@example.org"])
    lines = mail.body.split("\n")
    read = next(line for line in lines if "/d/read/" in line)
    assert lines[:15] == [
        "~~~ Write your answer above this line ~~~",
        "",
        "Hello Ben Tetteh, this is new in Forest Forum "
        "since Sun 28 February 2027, 07:00.",
        "To answer number 1, reply:",
        "1: your words",
        "",
        "QUESTIONS NOBODY HAS ANSWERED YET",
        "",
        "1. Oda Lund (District officers) asks",
        "“How deep?”",
        f"http://localhost:8000/d/t{question.thread_id}/",
        "",
        "Mark all of this as read:",
        read,
        "",
    ]
    # What is ours to break stays within forty signs; people's words wrap by themselves.
    ours = [line for line in lines[3:12] if not line.startswith("“")]
    assert max(map(len, ours)) <= 40
