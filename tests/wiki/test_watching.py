"""What a person hears of the wiki, and how they hear less."""

import pytest

from notifications.kinds import kind_of
from notifications.letters import compose
from notifications.models import Delivery
from spaces.models import Membership
from tests.wiki.test_history import edit
from tests.wiki.test_views import BODY, begin, url
from wiki.actions import create_page
from wiki.actions.watching import watch_page, watch_wiki
from wiki.models import Watch
from wiki.watching import letters_token, watchers_of


def told():
    return sorted(letter.recipient.name for letter in Delivery.objects.all())


@pytest.mark.parametrize(
    ("reach", "with_minor", "changed", "is_minor", "is_told"),
    [
        ("page", False, "top", False, True),
        ("page", False, "child", False, False),
        ("page", False, "top", True, False),
        ("page", True, "top", True, True),
        ("branch", False, "child", False, True),
        ("branch", False, "other", False, False),
        ("wiki", False, "other", False, True),
        ("wiki", False, "other", True, False),
        ("written", False, "other", False, True),
        ("written", False, "child", False, False),
    ],
)
def test_who_watches_is_told_once(
    space, ben, oda, reach, with_minor, changed, is_minor, is_told
):
    top = begin(space, ben, "Top")
    middle = begin(space, ben, "Middle", parent=top)
    child = begin(space, ben, "Child", parent=middle)
    other = edit(begin(space, ben, "Other"), oda, "Oda's words.")
    if reach in ("wiki", "written"):
        watch_wiki(space, by=oda, reaches={reach}, with_minor=with_minor)
    else:
        watch_page(top, by=oda, reach=reach, with_minor=with_minor)
    Delivery.objects.all().delete()
    page = {"top": top, "child": child, "other": other}[changed]

    edit(page, ben, BODY + " More.", is_minor=is_minor)

    assert told() == (["Oda Lund"] if is_told else [])


def test_who_watches_and_hears_everything_gets_one_letter(space, ben, oda, sam):
    page = begin(space, ben)
    for person in (ben, oda, sam):
        watch_page(page, by=person, reach="page")
    memberships = Membership.objects.filter(space=space)
    memberships.filter(person=oda).update(notice_level="everything")
    # Nothing is nothing, whatever was watched.
    memberships.filter(person=sam).update(notice_level="nothing")

    edit(page, ben, BODY + " More.")

    assert told() == ["Oda Lund"]


def test_nobody_hears_of_a_page_they_no_longer_see(space, ben, oda, farmers):
    page = begin(space, ben)
    watch_page(page, by=oda, reach="page")
    edit(
        page,
        ben,
        BODY,
        settings={"audience": "group", "audience_group": farmers},
    )

    edit(page, ben, BODY + " More.")

    assert told() == []


def letter_of(person):
    [delivery] = Delivery.objects.filter(recipient=person)
    kind = kind_of(delivery.kind)
    target = kind.load([delivery.target])[delivery.target]
    extra = kind.gather([(target, delivery)])[delivery.pk]
    extra["quiet_url"] = kind.quiet_urls([(target, delivery)])[delivery.pk]
    return compose(kind, target, delivery, extra)


def test_letter_shows_what_changed_as_text_and_as_html(space, ben, oda):
    page = begin(space, ben, body=BODY + "\n\n<script>x</script>")
    watch_page(page, by=oda, reach="page")
    edit(
        page,
        ben,
        BODY.replace("eight", "twelve") + "\n\n<script>y</script>\n\n" + "Z" * 5000,
    )

    letter = letter_of(oda)

    assert "- It is eight paces wide. Goats keep it short." in letter.text
    assert "+ It is twelve paces wide. Goats keep it short." in letter.text
    assert "You get this because you watch “Fire belts”." in letter.text
    assert "There is more" in letter.text
    assert ">eight</del>" in letter.html
    assert ">twelve</ins>" in letter.html
    assert "<script>" not in letter.html
    assert len(letter.html) < 20_000
    assert "/wiki/watching/letters/" in letter.headers["List-Unsubscribe"]


def test_letter_for_who_hears_of_everything_turns_the_space_down(space, ben, oda):
    page = begin(space, ben)
    watch_page(page, by=oda, reach="page")
    Membership.objects.filter(space=space, person=oda).update(notice_level="everything")
    edit(page, ben, BODY + " More.")

    letter = letter_of(oda)

    assert "/wiki/watching/" not in letter.headers["List-Unsubscribe"]
    assert "you want to hear everything" in letter.text


def test_less_from_a_letter_without_signing_in(client, space, ben, oda):
    top = begin(space, ben, "Top")
    page = begin(space, ben, parent=top)
    watch_page(top, by=oda, reach="branch", with_minor=True)
    watch_page(page, by=ben, reach="page")
    address = url("watch_letters", space, token=letters_token(page, oda))
    assert client.get(address).status_code == 200
    assert watchers_of(page) == {oda.pk, ben.pk}

    assert client.post(address, {"choice": "x"}).status_code == 422
    client.post(address, {"choice": "large"})
    assert not Watch.objects.get(person=oda).with_minor
    client.post(address, {"List-Unsubscribe": "One-Click"})

    assert watchers_of(page) == {ben.pk}
    Membership.objects.filter(space=space, person=oda).update(status="left")
    assert client.get(address).status_code == 404


def test_page_watch_is_chosen_on_the_page(client, space, ben, cleo):
    page = begin(space, ben)
    client.force_login(ben)
    address = url("page_watch", space, page)
    assert client.get(address).context["form"]["reach"].value() == "page"

    client.post(address, {"reach": "branch", "with_minor": "on"})
    assert "Watched" in client.get(page.get_absolute_url()).content.decode()
    [watch] = Watch.objects.all()
    assert (watch.person, watch.reach, watch.with_minor) == (ben, "branch", True)
    client.post(address, {"reach": ""})
    assert not Watch.objects.exists()
    client.force_login(cleo)
    assert client.post(address, {"reach": "page"}).status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
def test_watch_list(client, space, ben, oda, rows, django_assert_num_queries):
    for number in range(rows):
        watch_page(begin(space, oda, f"Page {number}"), by=ben, reach="page")
    client.force_login(ben)
    client.get(url("page_list", space))

    with django_assert_num_queries(7):
        text = client.get(url("watch_list", space)).content.decode()

    assert text.count("watching Page") == rows


def test_watch_list_keeps_the_wide_ones_and_stops_the_others(client, space, ben, oda):
    page = begin(space, oda)
    watch_page(page, by=ben, reach="page")
    watch_page(page, by=oda, reach="page")
    client.force_login(ben)
    for data, kept in (
        ({"wiki": "on", "written": "on"}, {"wiki", "written"}),
        ({"written": "on"}, {"written"}),
    ):
        client.post(url("watch_list", space), data)
        wide = Watch.objects.filter(person=ben, page=None)
        assert set(wide.values_list("reach", flat=True)) == kept

    for person in (oda, ben):
        pk = Watch.objects.get(person=person, page=page).pk
        client.post(url("watch_stop", space, pk=pk))

    assert [watch.person for watch in Watch.objects.filter(page=page)] == [oda]


def test_a_new_page_below_a_watched_one_is_told(space, ben, oda):
    top = begin(space, ben, "Top")
    watch_page(top, by=oda, reach="branch")

    create_page(space, by=ben, title="Child", body=BODY, audience="members", parent=top)

    assert told() == ["Oda Lund"]
