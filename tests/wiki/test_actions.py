"""Verbs of the wiki, without a client."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from markup.limits import PAGE_CAP, TextTooLong
from notifications.models import Delivery, Notice
from spaces.models import Membership, Record
from tests.factories.wiki import PageFactory
from wiki.actions import (
    Collided,
    Gone,
    TitleTaken,
    create_page,
    delete_page,
    keep_draft,
    move_page,
    restore_revision,
    save_page,
    undelete_page,
)
from wiki.models import Draft, FormerSlug, Link, Page

BODY = """The belt is cut in October.

It is eight paces wide. Goats keep it short.

Nobody is paid for it."""


def begin(space, by, title="Fire belts", body=BODY, **more):
    more.setdefault("audience", "members")
    return create_page(space, by=by, title=title, body=body, **more).page


def test_create_page_stores_everything_that_is_read_later(space, ben, farmers):
    outcome = create_page(
        space,
        by=ben,
        title="  Fire \n belts ",
        body="# Why\n\nSee [[Goats]], [[Goats|the goats]] and [[Rain gauge#Cost]].",
        audience="members",
        group=farmers,
        summary="First words",
    )

    page = Page.objects.get()
    revision = page.current
    assert (page.title, page.slug, page.created_by) == ("Fire belts", "fire-belts", ben)
    assert (revision.number, revision.summary) == (1, "First words")
    assert (revision.author, revision.author_group) == (ben, farmers)
    assert [heading["text"] for heading in page.headings] == ["Why"]
    assert "See Goats, the goats and Rain gauge" in page.plain
    assert sorted(Link.objects.values_list("key", "target")) == [
        ("goats", None),
        ("rain gauge", None),
    ]
    assert (page.thread.title, page.thread.path) == (
        "Fire belts",
        "/s/forest/wiki/fire-belts/",
    )
    assert outcome.how == "saved"


def test_a_new_page_turns_links_to_its_title_blue_and_a_deleted_one_red(
    space, ben, ada
):
    source = begin(space, ben, "Overview", "Read [[goats]] first.")
    assert 'class="wiki missing"' in source.body_html
    assert "/wiki/new/?title=goats" in source.body_html

    goats = begin(space, ben, "Goats")
    source.refresh_from_db()
    assert source.body_html == (
        '<p dir="auto">Read <a class="wiki" href="/s/forest/wiki/goats/">goats</a> '
        "first.</p>"
    )
    assert Link.objects.get().target == goats

    delete_page(goats, by=ada, reason="A joke")
    source.refresh_from_db()
    assert 'class="wiki missing"' in source.body_html
    assert Link.objects.get().target is None

    undelete_page(goats, by=ada)
    source.refresh_from_db()
    assert 'class="wiki missing"' not in source.body_html


def test_many_linking_pages_are_drawn_by_a_worker(
    space, ben, django_capture_on_commit_callbacks
):
    for number in range(21):
        PageFactory(space=space, title=f"Source {number}", body="See [[Goats]].")

    with django_capture_on_commit_callbacks(execute=True):
        begin(space, ben, "Goats")

    drawn = Page.objects.exclude(title="Goats").values_list("body_html", flat=True)
    assert len(drawn) == 21
    assert all('href="/s/forest/wiki/goats/"' in html for html in drawn)
    assert not Page.objects.filter(renderer=0).exists()


def test_a_link_is_blue_only_where_every_reader_may_know_the_page(
    open_space, ben, farmers
):
    open_space.groups.add(farmers)
    begin(open_space, ben, "For members")
    begin(open_space, ben, "For all", audience="public")
    begin(open_space, ben, "Ours", audience="group", audience_group=farmers)
    text = "[[For members]] [[For all]] [[Ours]]"

    public = begin(open_space, ben, "Public", text, audience="public")
    members = begin(open_space, ben, "Inner", text)
    group = begin(
        open_space, ben, "Group", text, audience="group", audience_group=farmers
    )

    blue = {
        page.title: page.body_html.count('class="wiki"')
        for page in (public, members, group)
    }
    assert blue == {"Public": 1, "Inner": 2, "Group": 3}
    # Known to the wiki all the same: it is no wanted page.
    assert public.links.get(key="for members").target is not None
    assert members.links.get(key="ours").target is None


def test_narrowing_a_page_turns_links_red_for_wider_readers(open_space, ben):
    page = begin(open_space, ben, "Goats", audience="public")
    source = begin(open_space, ben, "Overview", "[[Goats]]", audience="public")
    assert 'class="wiki"' in source.body_html

    save_page(
        page,
        by=ben,
        body=BODY,
        base=page.current,
        settings={"audience": "members", "audience_group": None},
    )

    source.refresh_from_db()
    page.thread.refresh_from_db()
    assert 'class="wiki missing"' in source.body_html
    assert page.thread.audience == "members"


def test_same_base_saves(space, ben, oda, officers):
    page = begin(space, ben)

    outcome = save_page(
        page,
        by=oda,
        body=BODY.replace("eight", "twelve"),
        base=page.current,
        summary="Wider",
        group=officers,
    )

    page.refresh_from_db()
    assert outcome.how == "saved"
    assert (page.current.number, page.current.author) == (2, oda)
    assert page.current.base.number == 1
    assert (page.current.words_added, page.current.words_removed) == (1, 1)
    assert "twelve paces" in page.body_html


def test_changes_in_different_places_are_joined(space, ben, oda):
    page = begin(space, ben)
    base = page.current
    save_page(page, by=oda, body=BODY.replace("October", "November"), base=base)

    outcome = save_page(
        page, by=ben, body=BODY.replace("Nobody is paid", "The boys are fed"), base=base
    )

    assert outcome.how == "merged"
    assert outcome.revision.number == 3
    assert "November" in outcome.revision.body
    assert "The boys are fed" in outcome.revision.body


def test_the_same_words_changed_by_two_collide_and_nothing_is_written(space, ben, oda):
    page = begin(space, ben)
    base = page.current
    save_page(page, by=oda, body=BODY.replace("October", "November"), base=base)

    with pytest.raises(Collided) as caught:
        save_page(page, by=ben, body=BODY.replace("October", "September"), base=base)

    collision = caught.value.merge.collisions[0]
    assert "September" in collision.mine
    assert "November" in collision.theirs
    assert page.revisions.count() == 2


def test_without_a_known_base_the_whole_texts_are_compared(space, ben):
    page = begin(space, ben)

    with pytest.raises(Collided):
        save_page(page, by=ben, body="Quite another text.", base=None)

    assert save_page(page, by=ben, body=BODY, base=None).how == "unchanged"


def test_saving_twice_makes_one_version(space, ben):
    page = begin(space, ben)
    base, text = page.current, BODY + "\n\nAnd rain."

    first = save_page(page, by=ben, body=text, base=base)
    second = save_page(page, by=ben, body=text.replace("\n", "\r\n"), base=base)

    assert (first.how, second.how) == ("saved", "unchanged")
    assert page.revisions.count() == 2


def test_a_form_sent_twice_makes_one_page(space, ben):
    client_id = uuid.uuid4()

    first = begin(space, ben, client_id=client_id)
    second = create_page(
        space,
        by=ben,
        title="Fire belts",
        body=BODY + " More.",
        audience="members",
        client_id=client_id,
    )

    assert second.page == first
    assert Page.objects.get().current.body == BODY + " More."


def test_another_persons_form_id_is_nobody_elses_page(space, ben, oda):
    client_id = uuid.uuid4()
    first = begin(space, ben, client_id=client_id)

    second = begin(space, oda, "Goats", client_id=client_id)

    assert first != second


@pytest.mark.parametrize("change", ["guarded", "others"])
def test_the_first_form_opens_no_page_that_was_closed_meanwhile(
    space, ben, officers, change
):
    client_id = uuid.uuid4()
    page = begin(space, ben, client_id=client_id)
    if change == "guarded":
        page.protection = "stewards"
    else:
        page.audience, page.audience_group = "group", officers
    page.save()

    if change == "guarded":
        with pytest.raises(TitleTaken):
            begin(space, ben, body="Mine after all.", client_id=client_id)
    else:
        begin(space, ben, body="Mine after all.", client_id=client_id)

    page.refresh_from_db()
    assert page.current.body == BODY


def test_a_page_deleted_meanwhile_is_not_written(space, ben, ada):
    page = begin(space, ben)
    delete_page(page, by=ada, reason="Double")

    with pytest.raises(Gone):
        save_page(page, by=ben, body="More", base=page.current)

    assert page.revisions.count() == 1


def test_over_the_cap_is_refused_also_when_it_is_joined(space, ben, oda):
    half = "word " * (PAGE_CAP // 10)
    page = begin(space, ben, body="Middle.")
    base = page.current

    with pytest.raises(TextTooLong):
        save_page(page, by=ben, body="x" * (PAGE_CAP + 1), base=base)
    save_page(page, by=oda, body=f"{half}\n\nMiddle.", base=base)
    with pytest.raises(TextTooLong):
        save_page(page, by=ben, body=f"Middle.\n\n{half} more words", base=base)

    assert page.revisions.count() == 2


def test_restore_writes_a_new_version(space, ben, oda):
    page = begin(space, ben)
    old = page.current
    page = save_page(page, by=oda, body="Emptied.", base=old).page

    outcome = restore_revision(page, old, by=ben)

    assert (outcome.revision.number, outcome.revision.body) == (3, BODY)
    assert outcome.revision.restores == old


def test_rename_leaves_a_redirect_and_links_go_on_working(space, ben):
    page = begin(space, ben, "Fire belts")
    source = begin(space, ben, "Overview", "[[Fire belts]] and [[Fire breaks]]")

    outcome = move_page(page, by=ben, title="Fire breaks")

    source.refresh_from_db()
    page = outcome.page
    assert (page.title, page.slug) == ("Fire breaks", "fire-breaks")
    assert list(FormerSlug.objects.values_list("slug", "key", "page")) == [
        ("fire-belts", "fire belts", page.pk)
    ]
    assert (
        source.body_html.count('class="wiki" href="/s/forest/wiki/fire-breaks/"') == 2
    )
    page.thread.refresh_from_db()
    assert page.thread.path == "/s/forest/wiki/fire-breaks/"
    assert outcome.revision.number == 2


def test_an_old_address_is_never_given_to_another_page(space, ben):
    page = begin(space, ben, "Fire belts")
    move_page(page, by=ben, title="Fire breaks")
    source = begin(space, ben, "Overview", "[[Fire belts]]")

    new = begin(space, ben, "Fire belts")

    source.refresh_from_db()
    assert new.slug == "fire-belts-2"
    # The title is the new page's; the address still leads to the old one.
    assert 'href="/s/forest/wiki/fire-belts-2/"' in source.body_html
    assert FormerSlug.objects.get(slug="fire-belts").page == page


def test_there_and_back_again(space, ben):
    page = begin(space, ben, "Fire belts")
    page = move_page(page, by=ben, title="Fire breaks").page

    page = move_page(page, by=ben, title="Fire belts").page

    assert page.slug == "fire-belts"
    assert [former.slug for former in FormerSlug.objects.all()] == ["fire-breaks"]


def test_capitals_change_the_title_and_not_the_address(space, ben):
    page = begin(space, ben, "Fire Belts")

    page = move_page(page, by=ben, title="Fire belts").page

    assert (page.title, page.slug) == ("Fire belts", "fire-belts")
    assert not FormerSlug.objects.exists()


@pytest.mark.parametrize(
    "other", ["fire belts", "FIRE BELTS", "Fire  belts", "Ｆire belts"]
)
def test_one_page_per_title_in_any_spelling(space, ben, other):
    page = begin(space, ben, "Fire belts")

    with pytest.raises(TitleTaken) as caught:
        begin(space, ben, other)

    assert caught.value.page == page


def test_group_titles_are_their_own_and_tell_nobody(space, ben, oda, farmers):
    ours = begin(space, ben, "Prices", audience="group", audience_group=farmers)

    theirs = begin(space, oda, "Prices")

    assert theirs.slug == "prices"
    assert ours.slug.startswith("prices-")
    with pytest.raises(TitleTaken):
        save_page(
            ours,
            by=ben,
            body=BODY,
            base=ours.current,
            settings={"audience": "members", "audience_group": None},
        )


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("🌳🔥", "page"),
        ("???", "page"),
        ("new", "new-2"),
        ("a/b\\c", "abc"),
        ("حزام النار", "حزام-النار"),
        ("‏\u202eevil", "evil"),
        ("x" * 200, "x" * 180),
        ("ß" * 200, "ß" * 30),
        ("ﷺ" * 200, None),
        ("<script>alert(1)</script>", "scriptalert1script"),
        ("..", "page"),
    ],
)
def test_any_honest_title_gets_an_address(space, ben, title, slug):
    page = begin(space, ben, title)

    assert slug is None or page.slug == slug
    assert len(page.key) <= 220
    assert "/" not in page.slug
    with pytest.raises(TitleTaken):
        begin(space, ben, title)


@pytest.mark.parametrize(
    "title", ["", "   ", "\u200b\u200b", "x" * 201, "a[b]", "a|b", "a#b", "\u202e"]
)
def test_titles_that_cannot_be_are_refused_in_words(space, ben, title):
    with pytest.raises(ValidationError):
        begin(space, ben, title)

    assert not Page.objects.exists()


def test_a_page_cannot_stand_under_itself(space, ben):
    top = begin(space, ben, "Top")
    middle = begin(space, ben, "Middle", parent=top)
    low = begin(space, ben, "Low", parent=middle)

    with pytest.raises(ValidationError):
        move_page(top, by=ben, parent=low)
    assert move_page(low, by=ben, parent=top).page.parent == top


def test_who_wants_everything_is_told_once_an_hour(space, ben, oda, ada, cleo, max_):
    Membership.objects.filter(space=space, person=oda).update(notice_level="everything")
    page = begin(space, ben)
    page = save_page(page, by=ben, body=BODY + " One.", base=page.current).page
    page = save_page(
        page, by=ben, body=BODY + " Two.", base=page.current, is_minor=True
    ).page

    assert {notice.recipient for notice in Notice.objects.all()} == {oda}
    assert [letter.recipient for letter in Delivery.objects.all()] == [oda]


def test_a_group_page_is_told_to_its_group_alone(space, ben, oda, farmers):
    Membership.objects.filter(space=space).update(notice_level="everything")

    begin(space, oda, "Prices", audience="group", audience_group=farmers)

    assert [notice.recipient for notice in Notice.objects.all()] == [ben]


def test_delete_hides_the_talk_and_is_on_the_record(space, ben, ada):
    page = begin(space, ben)

    delete_page(page, by=ada, reason="Twice the same")
    delete_page(page, by=ada, reason="Again")

    page.thread.refresh_from_db()
    assert page.thread.hidden is not None
    assert not Page.objects.visible_to(ben).exists()
    assert Page.gone_too.visible_to(ben).get().deleted_reason == "Twice the same"
    record = Record.objects.get()
    assert (record.verb, record.actor, record.reason) == (
        "page_deleted",
        ada,
        "Twice the same",
    )


def test_a_deleted_page_does_not_hold_its_title(space, ben, ada):
    old = begin(space, ben)
    delete_page(old, by=ada)

    new = begin(space, ben)

    assert new.slug == "fire-belts-2"
    with pytest.raises(TitleTaken):
        undelete_page(old, by=ada)


def test_a_draft_is_one_per_person_and_never_a_version(space, ben, oda):
    page = begin(space, ben)
    keep_draft(space, by=ben, page=page, base=page.current, title="T", body="One")
    keep_draft(space, by=ben, page=page, base=page.current, title="T", body="Two\x00")
    keep_draft(space, by=oda, page=page, base=page.current, title="T", body="Hers")
    keep_draft(space, by=ben, title="x" * 900, body="y" * 200_000)

    assert set(Draft.objects.values_list("person", "page", "base")) == {
        (ben.pk, page.pk, page.current_id),
        (oda.pk, page.pk, page.current_id),
        (ben.pk, None, None),
    }
    assert Draft.objects.get(person=ben, page=page).body == "Two"
    assert page.revisions.count() == 1


def test_a_draft_goes_when_the_page_is_saved_or_nothing_differs(space, ben):
    page = begin(space, ben)
    keep_draft(space, by=ben, page=page, base=page.current, title="T", body="Words")
    save_page(page, by=ben, body="Words", base=page.current)
    assert not Draft.objects.exists()

    page.refresh_from_db()
    kept = keep_draft(
        space, by=ben, page=page, base=page.current, title=page.title, body="Words"
    )
    assert kept is None
    assert not Draft.objects.exists()
