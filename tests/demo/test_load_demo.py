"""The demo can be loaded twice, tells nobody, and every page of it can be read.

By those who may, and by nobody else. One module, because loading takes seconds.
"""

import re
from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.demo import DEMO_SIGN_INS
from accounts.models import User
from conversations.models import Message, Thread
from demo.loading import load_demo
from demo.texts.people import LINKED
from digests.actions import prepare_due
from files.models import File
from notifications.models import Delivery, Notice
from spaces.models import Gathering, Invitation, Membership, Space
from stories.models import Story
from webinars.models import Webinar
from wiki.models import Link, Page, Revision

pytestmark = pytest.mark.django_db

OURS = {
    "accounts", "conversations", "files", "notifications", "spaces", "stories",
    "tags", "webinars", "wiki",
}  # fmt: skip
LISTS = ["", "exchange/", "stories/", "wiki/", "webinars/", "people/", "about/"]


def counts():
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in OURS
    }


def forest():
    return Space.objects.get(name="Forest Forum")


def test_load_demo_twice_makes_it_once(loaded):
    before = counts()

    assert load_demo() is False

    assert counts() == before


def test_load_demo_leaves_alone_what_people_changed(loaded):
    page = Page.objects.get(title="Fire belts")
    page.plain = "Something else."
    page.save()
    Story.objects.filter(title="Painting the board twice").delete()
    forest().memberships.filter(person__name="Kofi Asante").update(status="left")
    before = counts()

    out = StringIO()
    call_command("load_demo", stdout=out)

    assert out.getvalue() == "The demo alliance was loaded before; nothing changed.\n"
    assert counts() == before
    assert Page.objects.get(pk=page.pk).plain == "Something else."


def test_load_demo_is_as_large_as_promised(loaded):
    space = forest()

    assert space.memberships.active().count() == 30
    assert space.memberships.requested().count() == 2
    assert {invitation.state for invitation in space.invitations.all()} == {
        Invitation.State.REMINDED,
        Invitation.State.EXPIRED,
    }
    posts = Thread.objects.exchange().in_space(space)
    assert posts.count() >= 60
    assert Message.objects.filter(thread__space=space).count() >= 200
    assert posts.unanswered().count() >= 5
    assert Story.objects.published().in_space(space).count() >= 12
    assert Story.objects.in_space(space).filter(state="draft").count() == 1
    assert Page.objects.in_space(space).count() == 14
    assert all(page.revisions.count() > 1 for page in Page.objects.in_space(space))
    assert Link.objects.filter(target=None, source__space=space).count() >= 3
    assert Webinar.objects.in_space(space).past().count() == 2
    assert Webinar.objects.in_space(space).coming().count() == 2
    assert Gathering.objects.past().count() == Gathering.objects.coming().count() == 1
    assert File.objects.exclude(alt="").count() == 6


def test_load_demo_makes_an_open_a_private_and_a_resting_space(loaded):
    assert set(Space.objects.values_list("name", "visibility", "state")) == {
        ("Forest Forum", "listed", "active"),
        ("Clean Wells Watch", "open", "active"),
        ("Women's nursery group", "hidden", "active"),
        ("Dry-season grazing talks", "listed", "resting"),
    }


def test_load_demo_happens_in_the_past_and_after_people_came(loaded):
    now = timezone.now()

    moments = [
        *Message.objects.values_list("created", flat=True),
        *Thread.objects.values_list("last_activity", flat=True),
        *Revision.objects.values_list("created", flat=True),
        *Notice.objects.values_list("created", flat=True),
    ]
    joined = {
        (member.space_id, member.person_id): member.joined
        for member in Membership.objects.active()
    }
    early = [
        (str(message.author), message.body[:60])
        for message in Message.objects.select_related("thread", "author")
        if joined[message.thread.space_id, message.author_id] > message.created
    ]

    assert max(moments) <= now
    assert early == []


def test_load_demo_types_for_one_person_without_account(loaded):
    person = User.objects.get(name=LINKED.name)

    assert not person.has_account
    typed = Message.objects.filter(author=person)
    assert typed.count() >= 4
    assert {message.entered_by.name for message in typed} == {"Abena Darko"}
    assert Story.objects.published().filter(author=person).count() == 2


def test_load_demo_tells_nobody_by_mail_but_a_few_in_the_inbox(loaded):
    assert Delivery.objects.exclude(state="sent").count() == 0
    for alias in ("facilitator", "member", "steward"):
        unread = Notice.objects.unread().filter(recipient__email__startswith=alias)
        assert 1 <= unread.count() <= 12, alias


def test_load_demo_gives_the_member_a_digest_tomorrow_and_none_today(loaded):
    membership = Membership.objects.get(
        space=forest(), person__email="member@demo.alliance.example"
    )

    prepare_due(timezone.now())
    assert Delivery.objects.exclude(state="sent").count() == 0
    prepare_due(timezone.now() + timedelta(days=1))

    assert Delivery.objects.filter(
        target=str(membership.pk), recipient=membership.person
    ).exists()
    without_sign_in = Delivery.objects.exclude(state="sent").exclude(
        recipient__email__in=[address for address, _ in DEMO_SIGN_INS]
        + [f"{alias}@demo.alliance.example" for alias in ("steward", "linker")]
    )
    assert without_sign_in.count() == 0


def test_load_demo_names_the_months_of_its_gathering(loaded):
    minutes = Page.objects.get(title__startswith="Minutes of the")

    assert re.fullmatch(r"Minutes of the [A-Z][a-z]+ gathering", minutes.title)
    assert not Message.objects.filter(body__contains="{month").exists()
    assert not Message.objects.filter(body__contains="[[").exists()


def test_load_demo_sign_ins_are_printed_and_work(loaded):
    out = StringIO()
    call_command("load_demo", "--sign-ins", stdout=out)

    lines = [line.split("  ") for line in out.getvalue().splitlines()]
    assert {address for address, _ in DEMO_SIGN_INS} <= {line[0] for line in lines}
    for address, password, _sight in lines:
        assert EmailAddress.objects.get(email=address).verified
        assert Client().login(email=address, password=password) or User.objects.get(
            email=address
        ).check_password(password)


def test_load_demo_sign_in_page_takes_them(loaded, client):
    answer = client.post(
        "/accounts/login/",
        {"login": "member@demo.alliance.example", "password": "learning together"},
    )

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(
        User.objects.get(email="member@demo.alliance.example").pk
    )


def addresses():
    """Paths of everything in the demo, by space."""
    found = {}
    for space in Space.objects.all():
        front = space.get_absolute_url()
        found[space.name] = [
            f"{front}{path}" for path in LISTS if _is_on(space, path)
        ] + [
            item.get_absolute_url()
            for items in (
                Thread.objects.exchange(),
                Story.objects.published(),
                Page.objects.standing(),
                Webinar.objects.all(),
            )
            for item in items.filter(space=space).select_related("space")
        ]
    return found


def _is_on(space, path):
    tool = path.strip("/")
    return tool not in Space.Tool.values or space.has_tool(tool)


def answers(client, paths):
    return {path: client.get(path).status_code for path in paths}


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        (None, {"Clean Wells Watch"}),
        ("outsider", {"Clean Wells Watch"}),
        ("member", {"Forest Forum", "Clean Wells Watch"}),
        (
            "facilitator",
            {
                "Forest Forum",
                "Clean Wells Watch",
                "Women's nursery group",
                "Dry-season grazing talks",
            },
        ),
        ("admin", {"Clean Wells Watch"}),
    ],
)
def test_demo_pages_answer_whom_they_should(sign_in, who, reads):
    client = sign_in(who)
    open_to_all = {"Clean Wells Watch": {"people/"}}

    for name, paths in addresses().items():
        for path, status in answers(client, paths).items():
            if name in reads:
                tail = path.rsplit("/", 2)[1] + "/"
                allowed = (
                    {200, 302, 403} if tail in open_to_all.get(name, ()) else {200}
                )
                assert status in allowed, (who, path)
            elif path.count("/") > 3 and not path.endswith("about/"):
                assert status in {302, 403, 404}, (who, path)


@pytest.mark.parametrize("who", [None, "member", "facilitator", "steward", "admin"])
def test_demo_home_inbox_and_search_answer(sign_in, who):
    client = sign_in(who)
    paths = (
        ["/", "/search/?q=bell"] if who is None else ["/", "/inbox/", "/search/?q=bell"]
    )

    assert set(answers(client, paths).values()) <= {200, 302}
