"""How one is told: in one space, from a letter without signing in, in all at once."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.reachability import note_failure, stopped_among
from spaces.actions.members import change_wishes, turn_down
from spaces.actions.wishes import less_everywhere, restore_wishes
from spaces.models import Membership
from spaces.telling import quiet_url
from spaces.tokens import sign_membership, signed_membership
from spaces.wishes import told_words
from tests.factories.spaces import MembershipFactory

PAGE = "wishes:preferences"


def url(space, name, **kwargs):
    return reverse(f"spaces:{name}", kwargs={"space": space.slug, **kwargs})


def of(space, person):
    return Membership.objects.get(space=space, person=person)


def chosen(membership):
    return (
        membership.notice_level,
        membership.mails_at_once,
        membership.digest,
        membership.digest_day,
        membership.digest_hour,
    )


# ── One's own settings ──────────────────────────────────────────────────────
def test_own_settings(client, space, officers, ben):
    client.force_login(ben)
    values = {
        "group": officers.pk,
        "notice_level": "mentions",
        "digest": "weekly",
        "digest_day": 4,
        "digest_hour": 18,
        "mail_format": "text",
    }

    wrong = client.post(url(space, "member_settings"), {**values, "digest_hour": 31})
    right = client.post(url(space, "member_settings"), values)

    assert (wrong.status_code, right.status_code) == (422, 302)
    row = of(space, ben)
    assert (row.group, row.notice_level, row.digest, row.digest_day) == (
        officers,
        "mentions",
        "weekly",
        4,
    )
    assert (row.digest_hour, row.mail_format, row.mails_at_once) == (18, "text", False)


def test_less_before_none_without_signing_in(client, space, ben, cleo):
    path = quiet_url(of(space, ben))

    page = client.get(path)
    before = of(space, ben)
    answer = client.post(path, {"choice": "monthly"})

    choices = [value for value, _label in page.context["form"].fields["choice"].choices]
    assert choices[:4] == ["weekly", "monthly", "named", "nothing"]
    assert (before.digest, before.notice_level) == ("daily", "concerned")
    after = of(space, ben)
    assert (after.digest, after.mails_at_once) == ("monthly", False)
    shown = client.get(answer.url).content.decode()
    assert "Kept." in shown
    assert "To Ben Tetteh, be…@example.org" in shown
    assert "ben@example.org" not in shown
    assert "The first Monday of the month at 07:00" in shown


def test_what_was_chosen_behind_a_letter_can_be_undone(client, space, ben, oda):
    change_wishes(of(space, ben), notice_level="everything", digest="daily")
    was = chosen(of(space, ben))
    path = quiet_url(of(space, ben))

    page = client.get(client.post(path, {"choice": "nothing"}).url)
    undo = page.context["undo"]
    assert chosen(of(space, ben)) == ("nothing", False, "off", 0, 7)
    # An undo is one membership's: behind somebody else's letter it does nothing.
    for other, token in ((oda, undo), (ben, undo[:-2] + "xx")):
        answer = client.post(quiet_url(of(space, other)), {"undo": token})
        assert answer.status_code == 422
    assert chosen(of(space, oda)) == ("concerned", True, "daily", 0, 7)
    assert chosen(of(space, ben)) == ("nothing", False, "off", 0, 7)

    answer = client.post(path, {"undo": undo})

    assert chosen(of(space, ben)) == was
    assert "as it was before" in client.get(answer.url).content.decode()


def test_a_letters_link_holds_for_two_years(client, space, ben, monkeypatch):
    now = 1_900_000_000
    monkeypatch.setattr("time.time", lambda: now)
    membership = of(space, ben)
    token = sign_membership(membership)
    path = url(space, "mail_settings", token=token)

    monkeypatch.setattr("time.time", lambda: now + 720 * 24 * 60 * 60)
    assert signed_membership(token) == membership.pk
    assert client.get(path).status_code == 200
    monkeypatch.setattr("time.time", lambda: now + 800 * 24 * 60 * 60)
    assert signed_membership(token) is None
    page = client.get(path)
    assert page.status_code == 404
    assert "more than two years old" in page.content.decode()


def test_one_click_quiets_this_space_only(space, open_space, ben):
    mail_program = Client(enforce_csrf_checks=True)
    path = quiet_url(of(space, ben))

    for _twice in range(2):
        answer = mail_program.post(path, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.content) == (200, b"")

    quiet, other = of(space, ben), of(open_space, ben)
    assert (quiet.digest, quiet.notice_level, quiet.mails_at_once) == (
        "off",
        "nothing",
        False,
    )
    assert (other.digest, other.notice_level) == ("daily", "concerned")


def test_a_tampered_mail_link_says_so(client, space, open_space, ben):
    path = quiet_url(of(space, ben))

    for wrong in (path[:-2] + "x/", path.replace("forest", "water")):
        answer = client.post(wrong, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 404
        assert "do not know this link" in answer.content.decode()
    assert of(space, ben).digest == "daily"


# ── All spaces at once ──────────────────────────────────────────────────────
def values_of(person, **changed):
    """What the page sends when nothing is touched, but for what is named."""
    values = {"language": person.language, "time_zone": person.time_zone}
    for each in person.memberships.filter(status="active"):
        weekly = each.digest == "weekly"
        values |= {
            f"s{each.pk}-notice_level": each.notice_level,
            f"s{each.pk}-by_mail": "now" if each.mails_at_once else "later",
            f"s{each.pk}-rhythm": f"weekly-{each.digest_day}"
            if weekly
            else each.digest,
            f"s{each.pk}-hour": each.digest_hour,
        }
    return values | changed


def said(client, response):
    page = client.get(response.url)
    return [str(message) for message in page.context["messages"]]


def test_one_press_keeps_every_row_and_says_what_changed(
    client, ben, space, open_space, hidden_space
):
    ben.memberships.filter(space=hidden_space).update(status="left")
    forest, water = of(space, ben), of(open_space, ben)
    client.force_login(ben)
    rows = client.get(reverse(PAGE)).context["rows"]
    assert [row.membership.space.name for row in rows] == [
        "Forest Forum",
        "Water Watch",
    ]

    answer = client.post(
        reverse(PAGE),
        values_of(
            ben,
            **{
                f"s{forest.pk}-notice_level": "mentions",
                f"s{forest.pk}-by_mail": "later",
                f"s{forest.pk}-rhythm": "weekly-3",
                f"s{forest.pk}-hour": 18,
            },
        ),
    )

    assert chosen(of(space, ben)) == ("mentions", False, "weekly", 3, 18)
    assert chosen(of(open_space, ben)) == chosen(water)
    assert said(client, answer) == [
        "Kept. This holds from the next letter on.",
        "Forest Forum: Only when I am named · it waits for the digest · "
        "digest: Every Thursday at 18:00 your time",
    ]
    again = client.post(reverse(PAGE), values_of(ben))
    assert said(client, again) == ["Nothing was different; all stays as it was."]


def test_what_is_above_the_rows_is_the_persons(client, ben, space):
    client.force_login(ben)
    night = {"quiet_from": 22, "quiet_until": 7, "quiet_days": [5, 6]}

    answer = client.post(
        reverse(PAGE),
        values_of(ben, language="fr", time_zone="Accra", **night),
    )

    ben.refresh_from_db()
    assert (ben.language, ben.time_zone) == ("fr", "Africa/Accra")
    assert (ben.quiet_from, ben.quiet_until, ben.quiet_days) == (22, 7, [5, 6])
    # Said in the language that was just chosen, and on the next page.
    assert said(client, answer)[0] != "Kept. This holds from the next letter on."
    client.post(
        reverse(PAGE), values_of(ben, quiet_from="", quiet_until="", quiet_days=[5])
    )
    ben.refresh_from_db()
    assert (ben.quiet_from, ben.quiet_until, ben.quiet_days) == (None, None, [])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quiet_from": 22}, "Choose both hours, or neither."),
        ({"quiet_until": 7}, "Choose both hours, or neither."),
        ({"quiet_from": 8, "quiet_until": 8}, "That would be always."),
        (
            {"quiet_from": 8, "quiet_until": 8, "quiet_days": [0, 1, 2, 3, 4, 5, 6]},
            "That would be always.",
        ),
        ({"time_zone": "Accraa"}, "Did you mean"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(client, ben, space, wrong, words):
    client.force_login(ben)
    pk = of(space, ben).pk

    answer = client.post(
        reverse(PAGE), values_of(ben, **wrong, **{f"s{pk}-rhythm": "off"})
    )

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert of(space, ben).digest == "daily"
    ben.refresh_from_db()
    assert ben.quiet_from is None


def test_rows_are_ones_own(client, ben, oda, space):
    theirs = of(space, oda)
    client.force_login(ben)

    client.post(
        reverse(PAGE), values_of(oda, **{f"s{theirs.pk}-notice_level": "nothing"})
    )

    assert of(space, oda).notice_level == "concerned"


LESS = [
    # (level, at once, digest) before and after: never more than before.
    (("everything", True, "daily"), ("concerned", False, "weekly")),
    (("concerned", True, "daily"), ("concerned", False, "weekly")),
    (("concerned", True, "off"), ("concerned", False, "weekly")),
    (("concerned", False, "off"), ("concerned", False, "off")),
    (("everything", False, "monthly"), ("concerned", False, "monthly")),
    (("mentions", True, "off"), ("mentions", True, "off")),
    (("mentions", True, "daily"), ("mentions", False, "weekly")),
    (("nothing", False, "daily"), ("nothing", False, "weekly")),
    (("nothing", False, "off"), ("nothing", False, "off")),
]


@pytest.mark.parametrize(("before", "after"), LESS)
def test_less_everywhere_is_never_more(space, ben, oda, before, after):
    names = ("notice_level", "mails_at_once", "digest")
    membership = change_wishes(of(space, ben), **dict(zip(names, before, strict=True)))
    others = chosen(of(space, oda))

    kept = less_everywhere(ben)

    now = of(space, ben)
    assert tuple(getattr(now, name) for name in names) == after
    assert (str(membership.pk) in kept) == (before != after)
    assert chosen(of(space, oda)) == others
    restore_wishes(ben, kept)
    assert tuple(getattr(of(space, ben), name) for name in names) == before
    assert restore_wishes(oda, kept) == 0


def test_less_everywhere_by_one_press_and_back_by_another(client, ben, space):
    was = chosen(of(space, ben))
    client.force_login(ben)

    page = client.post(reverse("wishes:preferences_less"), follow=True)

    assert chosen(of(space, ben)) == ("concerned", False, "weekly", 0, 7)
    assert "3 spaces are quieter now" in page.content.decode()
    again = client.post(reverse("wishes:preferences_less"), follow=True)
    assert "as quiet as that already" in again.content.decode()
    client.post(reverse("wishes:preferences_undo"))
    assert chosen(of(space, ben)) == was
    turn_down(of(space, ben), "monthly")
    client.post(reverse("wishes:preferences_undo"))  # an undo is used up
    assert of(space, ben).digest == "monthly"


def test_whose_letters_come_back_is_told_and_can_begin_again(client, ben, oda):
    note_failure(ben.email, is_hard=True, words="550 no such user")
    client.force_login(oda)
    assert "do not reach you" not in client.get(reverse(PAGE)).content.decode()
    client.force_login(ben)

    for page in (PAGE, "notifications:inbox"):
        shown = client.get(reverse(page)).content.decode()
        assert "Letters do not reach you at ben@example.org." in shown
        assert "550 no such user" in shown
    home = reverse("discover:home")
    assert "Letters do not reach you" in client.get(home).content.decode()
    client.post(reverse("wishes:letters_resume"))

    assert "Letters do not reach you" not in client.get(home).content.decode()
    assert stopped_among([ben.email]) == {}
    assert "do not reach you" not in client.get(reverse(PAGE)).content.decode()


@pytest.mark.parametrize("rows", [1, 20])
def test_preferences_query_count(client, cleo, rows, django_assert_num_queries):
    for membership in MembershipFactory.create_batch(rows, person=cleo):
        assert told_words(membership)
    client.force_login(cleo)
    client.get(reverse(PAGE))

    with django_assert_num_queries(6):
        client.get(reverse(PAGE))
