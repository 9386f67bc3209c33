"""Writing: names and tags, quotes, former words, a photo that survives an error."""

import uuid

import pytest
from django.urls import reverse

from conversations.actions import (
    edit_message,
    hide_message,
    post_message,
    post_to_exchange,
    withdraw_message,
)
from conversations.models import Message, Wording
from conversations.suggesting import suggestions
from files.models import File
from notifications.models import Notice
from stories.actions import write_story
from tests.factories.accounts import UserFactory
from tests.factories.files import picture_upload
from tests.factories.spaces import GroupFactory, MembershipFactory

pytestmark = pytest.mark.django_db


def url(name, space, **kwargs):
    return reverse(f"conversations:{name}", kwargs={"space": space.slug, **kwargs})


def join(space, name, **fields):
    return MembershipFactory(space=space, person=UserFactory(name=name), **fields)


def told():
    return sorted(
        notice.recipient.name
        for notice in Notice.objects.filter(kind="conversations.person_mentioned")
    )


# ── names ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "people", "drawn"),
    [
        ("Ask @Ben about it", ["Ben Tetteh"], ">@Ben Tetteh</a> about it"),
        ("Ask @Ben Tetteh, he knows", ["Ben Tetteh"], ">@Ben Tetteh</a>, he knows"),
        ("@ben tetteh knows", ["Ben Tetteh"], ">@Ben Tetteh</a> knows"),
        ("@[Ben Tetteh]knows", ["Ben Tetteh"], ">@Ben Tetteh</a>knows"),
        ("@Zoë Ama saw it", ["Zoë Ama Mensah"], ">@Zoë Ama Mensah</a> saw it"),
        ("@Zoë Ama Mensah!", ["Zoë Ama Mensah"], ">@Zoë Ama Mensah</a>!"),
        ("问@[王小明]吧", ["王小明"], ">@王小明</a>吧"),
        ("@王小明 你好", ["王小明"], ">@王小明</a> 你好"),
        ("اسأل @[فاطمة علي]", ["فاطمة علي"], ">@فاطمة علي</a>"),
        ("ben@[Ben Tetteh]", [], "ben@[Ben Tetteh]"),
        ("mail ben@example.org", [], "ben@example.org"),
        ("@Nobody Here", [], "@Nobody Here"),
        ("> @Ben said so\n\nYes", [], "@Ben said so"),
        ("`@Ben` is code", [], "<code>@Ben</code>"),
        ("@Kofi and @Ben", ["Ben Tetteh"], "@Kofi and <a"),
    ],
)
def test_whom_a_name_calls(space, ben, oda, body, people, drawn):
    for name in (
        "Zoë Ama Mensah",
        "王小明",
        "فاطمة علي",
        "Kofi Asante",
        "Kofi Boateng",
    ):
        join(space, name)

    message = post_to_exchange(space, by=oda, body=body)

    html = message.body_html.replace("<span>", "").replace("</span>", "")
    assert told() == people
    assert drawn in html


def test_two_of_one_name_are_told_apart(space, ben, oda):
    first, second = join(space, "Kofi Asante"), join(space, "Kofi Asante")
    post_to_exchange(space, by=oda, body="@[Kofi Asante] knows")
    nobody = Notice.objects.count()

    message = post_to_exchange(
        space, by=oda, body=f"@[Kofi Asante|{second.pk}] and @[Ben|{10**17}]"
    )

    assert nobody == 0
    assert list(Notice.objects.values_list("recipient", flat=True)) == [
        second.person.pk
    ]
    assert ">@Kofi Asante</a> and <span>@Ben</span>" in message.body_html
    assert [each.insert for each in suggestions(space, oda, "@kofi")] == [
        f"@[Kofi Asante|{first.pk}]",
        f"@[Kofi Asante|{second.pk}]",
    ]


def test_a_name_that_comes_with_an_edit_is_told_once(space, ben, oda, sam):
    message = post_to_exchange(space, by=oda, body="Ask @Ben")
    edit_message(message, by=oda, body="Ask @Ben and @Sam")
    edit_message(message, by=oda, body="Ask @Sam, @Ben")

    assert told() == ["Ben Tetteh", "Sam Owusu"]


# ── suggestions ──────────────────────────────────────────────────────────────


def test_members_are_suggested_by_any_word_of_their_name(space, oda, cleo):
    join(space, "Ama Boateng", group=GroupFactory(space=space, name="Traders"))
    join(space, "Kwame Amankwah")
    join(space, "Yaw Ama")
    join(space, "Ama Gone", status="left")
    join(space, "Zoë [Ama] B.")
    found = {
        typed: [each.insert for each in suggestions(space, oda, typed)]
        for typed in ("@Ama", "@ama bo", "@cleo", "@", "@&|!", "@" + "x" * 500)
    }

    assert found["@Ama"][0] == "@[Ama Boateng]"
    assert found["@Ama"][1:3] == ["@[Kwame Amankwah]", "@[Yaw Ama]"]
    assert found["@Ama"][3].startswith("@[Zoë Ama B.|")
    assert len(found["@Ama"]) == 4
    assert found["@ama bo"] == ["@[Ama Boateng]"]
    assert [found[typed] for typed in ("@cleo", "@", "@&|!", "@" + "x" * 500)] == [
        [],
        [],
        [],
        [],
    ]


def test_what_is_suggested_names_exactly_that_member(space, ben, oda):
    for name in ("Zoë [Ama] B.", "A|b", "Ben", "* Star *", "O’Neil d'Arc", "王 小明"):
        join(space, name)
    members = {}
    for typed in ("@Zoë", "@A", "@Ben", "@Star", "@O", "@王"):
        for each in suggestions(space, oda, typed):
            message = post_to_exchange(space, by=oda, body=f"Hey {each.insert} there")
            names = [person.name for person in message.named]
            members[each.label] = names

    assert members
    assert members == {label: [label] for label in members}


def test_only_tags_that_somebody_may_see_are_suggested(space, ben, oda, farmers):
    post_to_exchange(space, by=ben, body="Open #Fire and #firebelts")
    post_to_exchange(
        space, by=ben, body="#firesecret", audience="group", audience_group=farmers
    )
    words = {
        "title": "T",
        "body": "#firestory",
        "did_not_work": "x",
        "audience": "members",
        "audience_group": None,
    }
    write_story(space, by=ben, words=words)

    def tags(person, typed="#fi"):
        return [each.insert for each in suggestions(space, person, typed)]

    assert tags(oda) == ["#Fire", "#firebelts"]
    assert tags(ben) == ["#Fire", "#firebelts", "#firesecret", "#firestory"]
    assert (tags(ben, "#FIREB"), tags(ben, "#"), tags(ben, "#%")) == (
        ["#firebelts"],
        [],
        [],
    )


@pytest.mark.parametrize("typed", ["@be", "#fi"])
def test_suggestion_list_query_count(
    client, space, ben, oda, typed, django_assert_num_queries
):
    post_to_exchange(space, by=ben, body="Of #fire")
    client.force_login(oda)
    client.get(url("suggestion_list", space), {"q": typed})

    with django_assert_num_queries(4):
        answer = client.get(url("suggestion_list", space), {"q": typed})

    html = answer.content.decode()
    assert "<html" not in html
    assert html.count('role="option"') == 1
    assert ('data-insert="@[Ben Tetteh]"' in html) == (typed == "@be")
    assert ('data-insert="#fire"' in html) == (typed == "#fi")


# ── quotes ───────────────────────────────────────────────────────────────────


def test_a_quote_stands_in_the_form_without_javascript(client, space, ben, oda):
    thread = post_to_exchange(space, by=ben, body="Who?\n@Oda asked **me**").thread
    message = thread.messages.get()
    client.force_login(oda)

    page = client.get(thread.own_path, {"answers": message.pk, "quote": 1})

    form = page.context["talk"].form
    assert form["body"].value() == "> **Ben Tetteh:**\n> Who?\n> @Oda asked **me**\n\n"
    assert form["answers"].value() == message.pk
    assert "You answer Ben Tetteh." in page.content.decode()
    answer = post_message(thread, by=oda, body=f"{form['body'].value()}Me.")
    assert answer.body_html.startswith("<blockquote")
    # Who is named in what is quoted was told by the one who said it.
    assert answer.named == []


def test_what_is_out_of_sight_is_not_quoted(client, space, ben, oda, sam):
    thread = post_to_exchange(space, by=ben, body="Who?").thread
    rude = post_message(thread, by=ben, body="Rude words")
    other = post_to_exchange(space, by=ben, body="Elsewhere").thread.messages.get()
    hide_message(rude, by=sam, reason="House rule 3")
    client.force_login(oda)

    bodies = [
        client.get(thread.own_path, {"answers": number, "quote": 1})
        .context["talk"]
        .form["body"]
        .value()
        for number in (rude.pk, other.pk, "9" * 30, "x", "")
    ]

    assert [body or "" for body in bodies] == [""] * 5


# ── former words ─────────────────────────────────────────────────────────────


def test_what_stood_before_an_edit_can_be_read(client, space, ben, oda):
    message = post_to_exchange(space, by=ben, body="The belt is 3 m", talk="question")
    never = client.get(message.thread.own_path)
    edit_message(message, by=ben, body="The belt is 5 m", talk="experience")
    edit_message(message, by=ben, body="The belt is 5 m\nAnd <b>wide</b>")
    edit_message(message, by=ben, body="The belt is 5 m\nAnd <b>wide</b>")
    client.force_login(oda)
    thread = client.get(message.thread.own_path).content.decode()

    page = client.get(url("message_history", space, pk=message.pk))

    html = page.content.decode()
    steps = page.context["steps"]
    assert "history" not in never.content.decode()
    assert f'href="{url("message_history", space, pk=message.pk)}">edited</a>' in thread
    assert list(Wording.objects.order_by("pk").values_list("body", "talk")) == [
        ("The belt is 3 m", "question"),
        ("The belt is 5 m", "experience"),
    ]
    assert [(step.writer, step.talk) for step in steps] == [
        (ben, ""),
        (ben, "Experience"),
        (ben, ""),
    ]
    assert "<del>" in steps[1].diff
    assert "<ins>" in steps[1].diff
    assert steps[2].first == "The belt is 3 m"
    assert "&lt;b&gt;wide&lt;/b&gt;" in html
    assert "<b>wide</b>" not in html


def test_former_words_are_out_of_sight_with_their_message(client, space, ben, oda, sam):
    thread = post_to_exchange(space, by=ben, body="Who?").thread
    message = post_message(thread, by=ben, body="Rude words")
    edit_message(message, by=ben, body="Better words")
    hide_message(message, by=sam, reason="House rule 3")
    address = url("message_history", space, pk=message.pk)
    found = {}

    for person in (oda, ben, sam):
        client.force_login(person)
        found[person.name] = client.get(address).status_code
    withdraw_message(message, by=ben)
    gone = client.get(address).status_code

    assert found == {"Oda Lund": 404, "Ben Tetteh": 200, "Sam Owusu": 200}
    assert gone == 404
    assert not Wording.objects.exists()


# ── sending ──────────────────────────────────────────────────────────────────


def test_words_changed_after_a_broken_line_are_not_swallowed(space, ben):
    number = uuid.uuid4()
    first = post_to_exchange(space, by=ben, body="Who?", client_id=number)
    again = post_to_exchange(space, by=ben, body="Who?", client_id=number)
    changed = post_to_exchange(space, by=ben, body="Who, and why?", client_id=number)
    edit_message(first, by=ben, body="Who then?")
    late = post_to_exchange(space, by=ben, body="Who?", client_id=number)

    assert (again, late) == (first, first)
    assert changed != first
    assert Message.objects.count() == 2


@pytest.mark.parametrize("place", ["exchange", "thread"])
def test_a_photo_survives_an_error_in_the_form(client, space, ben, oda, place):
    thread = post_to_exchange(space, by=oda, body="Who?").thread
    address = url("thread_create", space)
    if place == "thread":
        address = url("message_create", space, pk=thread.pk)
    data = {"body": "", "audience": "members", "alt": "The ridge"}
    client.force_login(ben)

    refused = client.post(address, data | {"photo": picture_upload(width=900)})

    photo = File.objects.get()
    page = refused.content.decode()
    assert refused.status_code == 422
    assert f'name="kept_photo" value="{photo.pk}"' in page
    assert "This photo is kept." in page
    assert 'value="The ridge"' in page
    fixed = {"body": "Look", "alt": "The ridge at dawn", "kept_photo": photo.pk}
    # Somebody else's photo is not there for the taking.
    client.force_login(oda)
    client.post(address, data | fixed | {"client_id": str(uuid.uuid4())})
    client.force_login(ben)
    client.post(address, data | fixed | {"client_id": str(uuid.uuid4())})
    mine = Message.objects.get(author=ben)
    theirs = Message.objects.filter(author=oda).latest("pk")
    photo.refresh_from_db()
    assert (mine.photo, theirs.photo) == (photo, None)
    assert (photo.alt, photo.is_draft) == ("The ridge at dawn", False)
