"""Pages of the wiki through the client."""

import pytest
from django.urls import reverse

from conversations.actions import post_message
from markup.limits import PAGE_CAP
from tests.factories.spaces import GroupFactory
from tests.factories.wiki import PageFactory, RevisionFactory
from wiki.actions import create_page, delete_page, move_page, save_page
from wiki.models import Draft, Page

BODY = """The belt is cut in October.

It is eight paces wide. Goats keep it short.

Nobody is paid for it."""


def url(name, space, page=None, **more):
    kwargs = {"space": space.slug, **more}
    if page is not None:
        kwargs["page"] = page.slug
    return reverse(f"wiki:{name}", kwargs=kwargs)


def begin(space, by, title="Fire belts", body=BODY, **more):
    more.setdefault("audience", "members")
    return create_page(space, by=by, title=title, body=body, **more).page


def form_of(page, **changed):
    """What the browser sends back when nothing but ``changed`` was changed."""
    drawn = {
        "title": page.title,
        "parent": page.parent.title if page.parent else "",
        "audience": page.audience,
        "protection": page.protection,
    }
    return {
        **drawn,
        **{f"initial-{name}": value for name, value in drawn.items()},
        "base": page.current_id,
        "body": page.current.body,
        "summary": "",
        **changed,
    }


def test_page_list_says_what_leads_where(client, open_space, ada, cleo):
    begin(open_space, ada, "Goats", audience="public")
    begin(open_space, ada, "Belts", "[[Goats]] [[Belts]]", audience="public")
    begin(open_space, ada, "Closed", "[[Goats]] [[Belts]]", audience="members")

    def titles(person, view):
        client.force_login(person)
        found = client.get(url("page_list", open_space), {"view": view})
        return [
            (page.title, getattr(page, "number", 0)) for page in found.context["page"]
        ]

    assert titles(ada, "linked") == [("Goats", 2), ("Belts", 1)]
    assert titles(ada, "orphans") == [("Closed", 0)]
    # What stands on a page that somebody may not see is not counted for them.
    assert titles(cleo, "linked") == [("Goats", 1)]
    assert titles(cleo, "orphans") == [("Belts", 0)]


# ── The index ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("view", "queries"),
    [("titles", 7), ("tree", 6), ("wanted", 7), ("linked", 7), ("orphans", 7)],
)
def test_page_list_query_count(
    client, space, ben, oda, rows, view, queries, django_assert_num_queries
):
    for number in range(rows):
        group = GroupFactory(space=space)
        PageFactory(
            space=space,
            title=f"Page {number:02}",
            body=f"[[Missing {number}]]",
            body__author_group=group,
        )
    if view == "linked":
        titles = " ".join(f"[[Page {number:02}]]" for number in range(rows))
        PageFactory(space=space, title="Index", slug="index", body=titles)
    client.force_login(ben)
    client.get(url("page_list", space))

    with django_assert_num_queries(queries):
        response = client.get(url("page_list", space), {"view": view})

    word = "Missing" if view == "wanted" else "Page "
    assert response.content.decode().count(word) >= rows


def test_page_list_of_an_empty_wiki_says_what_to_do(client, space, ben):
    client.force_login(ben)

    text = client.get(url("page_list", space)).content.decode()

    assert "Write the first page" in text


def test_page_list_tree_shows_no_hidden_parent(client, space, ben, oda, farmers):
    top = begin(space, ben, "Secret", audience="group", audience_group=farmers)
    begin(space, ben, "Child", parent=top)
    titles = {}
    for person in (ben, oda):
        client.force_login(person)
        text = client.get(url("page_list", space), {"view": "tree"}).content.decode()
        titles[person] = ("Secret" in text, "Child" in text)

    assert titles == {ben: (True, True), oda: (False, True)}


# ── Reading ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rows", [1, 30])
def test_page_detail_query_count(client, space, ben, rows, django_assert_num_queries):
    page = begin(space, ben, body="[[Goats]]")
    for number in range(rows):
        group = GroupFactory(space=space)
        RevisionFactory(page=page, number=number + 2, author_group=group)
        PageFactory(space=space, parent=page)
    client.force_login(ben)
    client.get(url("page_detail", space, page))

    with django_assert_num_queries(9):
        text = client.get(url("page_detail", space, page)).content.decode()

    assert text.count("Person") >= rows
    assert "Talk about this page" in text


@pytest.mark.parametrize("rows", [1, 20])
def test_page_detail_with_talk_query_count(
    client, space, ben, oda, rows, django_assert_max_num_queries
):
    page = begin(space, ben)
    for number in range(rows):
        post_message(page.thread, by=oda, body=f"Words {number}")
    client.force_login(ben)
    client.get(url("page_list", space))  # the session and "last seen" settle

    with django_assert_max_num_queries(12):  # one of them notes that Ben has read it
        text = client.get(url("page_detail", space, page)).content.decode()

    assert text.count("Words ") >= rows


def test_page_detail_says_unchanged_to_a_guest_until_it_changes(
    client, open_space, ben, ada
):
    page = begin(open_space, ben, audience="public")
    other = begin(open_space, ben, "Goats", audience="public", parent=page)
    address = url("page_detail", open_space, page)
    first = client.get(address)
    etag = first["ETag"]
    assert "csrf" not in first.content.decode()

    unchanged = client.get(address, headers={"if-none-match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")

    for change in (
        lambda: move_page(other, by=ben, title="Sheep"),
        lambda: begin(open_space, ben, "Cows", audience="public", parent=page),
        lambda: save_page(page, by=ben, body=BODY + " More.", base=page.current),
        lambda: post_message(page.thread, by=ben, body="Hello"),
        lambda: delete_page(other, by=ada),
    ):
        change()
        answer = client.get(address, headers={"if-none-match": etag})
        assert answer.status_code == 200
        assert answer["ETag"] != etag
        etag = answer["ETag"]


def test_page_detail_is_never_shown_to_guests_when_it_may_not_be(
    client, open_space, ben, ada
):
    page = begin(open_space, ben, audience="public")
    address = url("page_detail", open_space, page)

    assert client.get(address).status_code == 200
    save_page(
        page,
        by=ben,
        body=BODY,
        base=page.current,
        settings={"audience": "members", "audience_group": None},
    )
    assert client.get(address).status_code == 302
    save_page(
        page,
        by=ben,
        body=BODY,
        base=page.current,
        settings={"audience": "public", "audience_group": None},
    )
    assert client.get(address).status_code == 200
    open_space.visibility = "listed"
    open_space.save()
    assert client.get(address).status_code == 302
    open_space.visibility, open_space.tools = "open", ["exchange"]
    open_space.save()
    assert client.get(address).status_code == 404


def test_page_detail_members_page_is_not_for_guests(client, open_space, ben, cleo):
    page = begin(open_space, ben)
    public = begin(open_space, ben, "Open", audience="public")

    assert client.get(url("page_detail", open_space, public)).status_code == 200
    assert client.get(url("page_detail", open_space, page)).status_code == 302
    client.force_login(cleo)
    assert client.get(url("page_detail", open_space, page)).status_code == 404
    client.force_login(ben)
    assert client.get(url("page_detail", open_space, page)).status_code == 200


def test_page_detail_at_an_old_address_leads_on_for_good(client, space, ben):
    page = begin(space, ben)
    old = {name: url(name, space, page) for name in ("page_detail", "page_history")}
    edit = url("page_edit", space, page)
    page = move_page(page, by=ben, title="Fire breaks").page
    client.force_login(ben)

    for name, address in old.items():
        response = client.get(f"{address}?a=1")
        assert (response.status_code, response["Location"]) == (
            301,
            url(name, space, page) + "?a=1",
        )
    # A form that was open while the page was renamed is not lost on the way.
    response = client.post(edit, form_of(page, body=BODY + " More."))
    assert response["Location"] == page.get_absolute_url()
    page.refresh_from_db()
    assert page.current.body.endswith("More.")


def test_page_detail_of_a_deleted_page_says_so(client, space, ben, ada, cleo):
    page = begin(space, ben)
    delete_page(page, by=ada, reason="Twice the same")
    answers = {}
    for person in (ben, ada, cleo):
        client.force_login(person)
        response = client.get(url("page_detail", space, page))
        text = response.content.decode()
        answers[person] = (
            response.status_code,
            "Twice the same" in text,
            "Bring it back" in text,
        )

    assert answers == {
        ben: (410, True, False),
        ada: (410, True, True),
        cleo: (403, False, False),
    }


def test_page_detail_has_contents_from_three_headings_on(client, space, ben):
    two = begin(space, ben, "Two", "## A\n\n## B")
    three = begin(space, ben, "Three", "## A\n\n## B\n\n## C")
    client.force_login(ben)

    shown = [
        "On this page" in client.get(page.get_absolute_url()).content.decode()
        for page in (two, three)
    ]

    assert shown == [False, True]


def test_page_links_lists_what_the_reader_may_see(
    client, space, ben, oda, farmers, django_assert_max_num_queries
):
    page = begin(space, ben, "Goats")
    begin(space, ben, "Open source", "[[goats]]")
    begin(space, ben, "Ours", "[[goats]]", audience="group", audience_group=farmers)
    seen = {}
    for person in (ben, oda):
        client.force_login(person)
        client.get(url("page_list", space))
        with django_assert_max_num_queries(10):
            text = client.get(url("page_links", space, page)).content.decode()
        seen[person] = [title for title in ("Open source", "Ours") if title in text]

    assert seen == {ben: ["Open source", "Ours"], oda: ["Open source"]}


# ── Writing ─────────────────────────────────────────────────────────────────


def test_page_create_from_a_red_link(client, space, ben):
    client.force_login(ben)
    page = begin(space, ben, "Overview", "[[Fire belts]]")
    text = client.get(page.get_absolute_url()).content.decode()
    assert 'href="/s/forest/wiki/new/?title=Fire%20belts"' in text

    form = client.get("/s/forest/wiki/new/?title=Fire%20belts").content.decode()
    assert 'value="Fire belts"' in form
    response = client.post(
        url("page_create", space),
        {"title": "Fire belts", "body": BODY, "audience": "members"},
    )

    assert response["Location"] == "/s/forest/wiki/fire-belts/"
    text = client.get(page.get_absolute_url()).content.decode()
    assert '<a class="wiki" href="/s/forest/wiki/fire-belts/">Fire belts</a>' in text


def test_page_create_leads_to_a_page_that_stands(client, open_space, ben):
    page = begin(open_space, ben, "Goats")
    client.force_login(ben)

    response = client.get(url("page_create", open_space), {"title": "GOATS"})

    assert response["Location"] == page.get_absolute_url()


def test_page_create_is_for_members(client, open_space, ben, cleo):
    client.force_login(cleo)
    assert client.get(url("page_create", open_space)).status_code == 403
    client.force_login(ben)
    assert client.get(url("page_create", open_space)).status_code == 200


@pytest.mark.parametrize(
    ("title", "body", "words"),
    [
        ("x" * 500, BODY, "500 characters"),
        ("", BODY, "Give the page a title"),
        ("A[B]", BODY, "A title cannot hold [ ]"),
        ("Fire BELTS", BODY, "already"),
        ("Goats", "", "Write at least a sentence"),
        ("Goats", "z" * (PAGE_CAP + 1), "Perhaps it is two pages?"),
        ("Goats", "z" * 2_000_000, "2,000,000 characters"),
        ("Go\x00ats", BODY, "Null characters"),
    ],
)
def test_page_create_refuses_in_words_and_keeps_the_text(
    client, space, ben, title, body, words
):
    begin(space, ben)
    client.force_login(ben)

    response = client.post(
        url("page_create", space),
        {"title": title, "body": body, "audience": "members"},
    )

    text = response.content.decode()
    assert response.status_code == 422
    assert words in text
    assert body in text
    assert title.strip("\x00") in text or "\x00" in title
    assert Page.objects.count() == 1


@pytest.mark.parametrize(
    "title", ["🌳", "؟؟", "a/b", "؜x‏", "<b>x</b>", "&amp;", "'\"", "..", "edit", "new"]
)
def test_any_title_makes_a_page_that_opens(client, space, ben, title):
    client.force_login(ben)

    response = client.post(
        url("page_create", space),
        {"title": title, "body": f"[[{title}]] and more", "audience": "members"},
        follow=True,
    )

    assert response.status_code == 200
    page = Page.objects.get()
    for name in ("page_history", "page_edit", "page_links", "page_move"):
        assert client.get(url(name, space, page)).status_code == 200
    assert "<b>x</b>" not in response.content.decode()


def test_page_edit_saves(client, space, ben, oda):
    page = begin(space, ben)
    client.force_login(oda)
    form = client.get(url("page_edit", space, page))
    assert BODY.splitlines()[2] in form.content.decode()

    response = client.post(
        url("page_edit", space, page),
        form_of(page, body=BODY.replace("eight", "twelve"), summary="Wider"),
        follow=True,
    )

    page.refresh_from_db()
    text = response.content.decode()
    assert (page.current.number, page.current.summary) == (2, "Wider")
    assert "twelve paces" in text
    assert "Ben Tetteh, Oda Lund" in text


@pytest.mark.parametrize("rows", [1, 30])
def test_page_edit_query_count(client, space, ben, rows, django_assert_num_queries):
    page = begin(space, ben)
    PageFactory.create_batch(rows, space=space)
    client.force_login(ben)
    client.get(url("page_list", space))  # the session and "last seen" settle

    with django_assert_num_queries(7):
        client.get(url("page_edit", space, page))


def test_page_edit_joins_and_says_so(client, space, ben, oda):
    page = begin(space, ben)
    mine = form_of(page, body=BODY.replace("Nobody is", "The boys are"))
    save_page(page, by=oda, body=BODY.replace("October", "May"), base=page.current)
    client.force_login(ben)

    response = client.post(url("page_edit", space, page), mine, follow=True)

    text = response.content.decode()
    assert "both changes are in it" in text
    assert "in May" in text
    assert "The boys are paid" in text


def test_page_edit_does_not_undo_a_rename_it_never_saw(client, space, ben, oda):
    page = begin(space, ben)
    mine = form_of(page, body=BODY + " More.")
    move_page(page, by=oda, title="Fire breaks")
    client.force_login(ben)

    client.post(url("page_edit", space, page), mine)

    page.refresh_from_db()
    assert page.title == "Fire breaks"
    assert page.current.body.endswith("More.")


COLLIDING = [
    ("mine", "", "cut in March."),
    ("theirs", "", "cut in May."),
    ("both", "", "cut in March. The belt is cut in May."),
    ("own", "The belt is cut in April.", "cut in April."),
]


@pytest.mark.parametrize(("choice", "own", "result"), COLLIDING)
def test_page_edit_collision_is_decided_without_a_script(
    client, space, ben, oda, choice, own, result
):
    page = begin(space, ben)
    base = page.current
    mine = form_of(page, body=BODY.replace("October", "March") + "\n\nAnd rain.")
    save_page(page, by=oda, body=BODY.replace("October", "May"), base=base)
    client.force_login(ben)

    response = client.post(url("page_edit", space, page), mine)
    text = response.content.decode()
    assert response.status_code == 409
    for words in ("March", "May", "Oda Lund", "And rain.", "Nobody changed this"):
        assert words in text
    assert Draft.objects.get(person=ben).body == mine["body"]
    page.refresh_from_db()
    assert page.current.number == 2

    answer = {**mine, "theirs": page.current_id, "choice_0": choice, "own_0": own}
    response = client.post(url("page_edit", space, page), answer)

    page.refresh_from_db()
    assert response["Location"] == page.get_absolute_url()
    assert result in page.current.body
    assert page.current.body.endswith("And rain.")
    assert not Draft.objects.exists()


def test_page_edit_collision_without_a_choice_asks_again(client, space, ben, oda):
    page = begin(space, ben)
    mine = form_of(page, body=BODY.replace("October", "March"))
    theirs = save_page(
        page, by=oda, body=BODY.replace("October", "May"), base=page.current
    ).revision
    client.force_login(ben)

    response = client.post(url("page_edit", space, page), {**mine, "theirs": theirs.pk})

    assert response.status_code == 422
    assert "Choose what shall stand here." in response.content.decode()
    assert "March" in response.content.decode()


def test_page_edit_collision_collides_again_when_the_page_moved_on(
    client, space, ben, oda
):
    page = begin(space, ben)
    mine = form_of(page, body=BODY.replace("October", "March"))
    second = save_page(
        page, by=oda, body=BODY.replace("October", "May"), base=page.current
    ).revision
    save_page(page, by=oda, body=BODY.replace("October", "June"), base=second)
    client.force_login(ben)

    response = client.post(
        url("page_edit", space, page),
        {**mine, "theirs": second.pk, "choice_0": "mine", "own_0": ""},
    )

    assert response.status_code == 409
    assert "June" in response.content.decode()
    assert "March" in response.content.decode()


@pytest.mark.parametrize("base", ["", "0", "999999999", "x", "9" * 40])
def test_page_edit_with_a_base_that_is_none_loses_nothing(client, space, ben, base):
    page = begin(space, ben)
    other = begin(space, ben, "Other")
    client.force_login(ben)

    for pk in (base, other.current_id):
        response = client.post(
            url("page_edit", space, page),
            form_of(page, body="Something quite different.", base=pk),
        )
        assert response.status_code in (409, 422)
        assert "Something quite different." in response.content.decode()
    page.refresh_from_db()
    assert page.current.number == 1


def test_page_edit_of_a_page_deleted_meanwhile_gives_the_text_back(
    client, space, ben, ada
):
    page = begin(space, ben)
    mine = form_of(page, body=BODY + " My new words.")
    delete_page(page, by=ada, reason="Double")
    client.force_login(ben)

    response = client.post(url("page_edit", space, page), mine)

    text = response.content.decode()
    assert response.status_code == 410
    assert "My new words." in text
    assert "Nothing you wrote is lost" in text


def test_page_edit_of_a_page_guarded_meanwhile_keeps_a_draft(client, space, ben, sam):
    page = begin(space, ben)
    mine = form_of(page, body=BODY + " My new words.")
    save_page(
        page,
        by=sam,
        body=BODY,
        base=page.current,
        settings={"protection": "stewards"},
    )
    client.force_login(ben)
    response = client.post(url("page_edit", space, page), mine)
    assert response.status_code == 403
    assert "kept as your draft" in response.content.decode()
    assert Draft.objects.get().body.endswith("My new words.")

    client.force_login(sam)
    assert client.post(url("page_edit", space, page), mine).status_code == 302


def test_page_edit_offers_guarding_to_stewards_alone(client, space, ben, oda, sam):
    page = begin(space, ben)
    shown = {}
    for person in (ben, oda, sam):
        client.force_login(person)
        text = client.get(url("page_edit", space, page)).content.decode()
        shown[person.name] = ('name="protection"' in text, 'name="audience"' in text)
        client.post(
            url("page_edit", space, page),
            form_of(page, protection="stewards") if person == oda else {},
        )
    page.refresh_from_db()

    assert shown == {
        "Ben Tetteh": (False, True),
        "Oda Lund": (False, False),
        "Sam Owusu": (True, True),
    }
    assert page.protection == "open"


def test_page_preview_is_what_is_saved(client, space, ben):
    begin(space, ben, "Goats")
    text = "## Why\n\n[[Goats]] and [[Sheep]] <script>x</script>\n\n- [x] done"
    client.force_login(ben)
    sent = {"title": "New", "body": text, "audience": "members"}

    whole = client.post(url("page_preview", space), sent).content.decode()
    piece = client.post(
        url("page_preview", space),
        sent,
        headers={"hx-request": "true", "hx-target": "preview"},
    ).content.decode()
    client.post(url("page_create", space), sent)

    page = Page.objects.get(title="New")
    assert page.body_html in whole
    assert page.body_html in piece
    assert "<html" in whole
    assert "<html" not in piece
    assert "- [x] done" in whole  # the form below holds the text still
    assert "<script>x" not in whole


# ── Drafts ──────────────────────────────────────────────────────────────────


def test_draft_save_by_script_and_by_button(client, space, ben, oda):
    page = begin(space, ben)
    client.force_login(ben)
    sent = {"title": page.title, "body": "Half a sen", "base": page.current_id}

    by_script = client.post(
        url("draft_save", space, page), sent, headers={"accept": "application/json"}
    )
    by_button = client.post(url("draft_save", space, page), sent)

    assert by_script.json()["kept"] is True
    assert by_button["Location"] == url("page_edit", space, page) + "?draft=1"
    offered = client.get(url("page_edit", space, page)).content.decode()
    assert "Go on with the draft" in offered
    assert "Half a sen" not in offered
    resumed = client.get(by_button["Location"]).content.decode()
    assert "Half a sen" in resumed
    assert f'name="base" value="{page.current_id}"' in resumed
    assert page.revisions.count() == 1
    client.force_login(oda)
    other = client.get(by_button["Location"]).content.decode()
    assert "Half a sen" not in other


def test_draft_on_an_older_version_is_joined_when_it_is_saved(client, space, ben, oda):
    page = begin(space, ben)
    base = page.current
    client.force_login(ben)
    client.post(
        url("draft_save", space, page),
        {"title": page.title, "body": BODY + " Mine.", "base": base.pk},
    )
    save_page(page, by=oda, body=BODY.replace("October", "May"), base=base)

    text = client.get(url("page_edit", space, page), {"draft": 1}).content.decode()

    assert f'name="base" value="{base.pk}"' in text
    assert "The page has been changed since you began" in text


def test_draft_of_a_new_page_is_offered_on_the_index(client, space, ben, oda):
    client.force_login(ben)
    client.post(url("draft_save", space), {"title": "Rain", "body": "It rai"})
    page_list = client.get(url("page_list", space)).content.decode()
    assert "/wiki/new/?draft=1" in page_list
    assert (
        "It rai" in client.get(url("page_create", space), {"draft": 1}).content.decode()
    )

    client.post(url("draft_discard", space))

    assert not Draft.objects.exists()


def test_draft_save_is_for_members(client, open_space, ben, cleo):
    client.force_login(cleo)
    assert client.post(url("draft_save", open_space), {"body": "x"}).status_code == 403
    client.force_login(ben)
    assert client.post(url("draft_save", open_space), {"body": "x"}).status_code == 302


# ── History ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rows", [1, 29])
def test_page_history_query_count(client, space, ben, rows, django_assert_num_queries):
    page = begin(space, ben)
    for number in range(rows):
        page = save_page(page, by=ben, body=f"{BODY} {number}", base=page.current).page
    client.force_login(ben)
    client.get(url("page_list", space))  # the session and "last seen" settle

    with django_assert_num_queries(7):
        text = client.get(url("page_history", space, page)).content.decode()

    assert text.count('class="version"') == rows + 1


def test_revision_detail_shows_the_old_text(client, space, ben):
    page = begin(space, ben)
    page = save_page(page, by=ben, body="All new.", base=page.current).page
    client.force_login(ben)

    old = client.get(url("revision_detail", space, page, number=1)).content.decode()
    none = client.get(url("revision_detail", space, page, number=9))

    assert "eight paces" in old
    assert "Version 1 of 2" in old
    assert none.status_code == 404
    far = client.get(url("revision_detail", space, page, number=10**30))
    assert far.status_code == 404


def test_page_compare_reads_without_colour(client, space, ben):
    page = begin(space, ben)
    save_page(
        page,
        by=ben,
        body=BODY.replace("eight", "twelve") + "\n\nNew.",
        base=page.current,
    )
    client.force_login(ben)

    inline = client.get(url("page_compare", space, page)).content.decode()
    side = client.get(url("page_compare", space, page), {"view": "side"})

    assert (
        '<del><span class="hidden-visually"> removed: </span>eight'
        '<span class="hidden-visually"> (end of change) </span></del>'
    ) in inline
    assert (
        '<ins><span class="hidden-visually"> added: </span>twelve'
        '<span class="hidden-visually"> (end of change) </span></ins>'
    ) in inline
    assert "New line" in inline
    assert "2 words added" in inline
    assert '<table class="diff diff-side">' in side.content.decode()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 200),
        ("?from=1&to=3", 200),
        ("?from=3&to=1", 200),
        ("?from=2&to=2", 200),
        ("?from=1&to=99", 404),
        ("?from=x&to=-1", 200),
        ("?from=0&to=1", 404),
        (f"?to={10**40}", 404),
    ],
)
def test_page_compare_any_two(client, space, ben, query, status):
    page = begin(space, ben)
    for number in range(2):
        page = save_page(page, by=ben, body=f"{BODY} {number}", base=page.current).page
    client.force_login(ben)

    assert client.get(url("page_compare", space, page) + query).status_code == status


def test_page_compare_folds_what_stayed(client, space, ben):
    lines = [f"Line {number}" for number in range(60)]
    page = begin(space, ben, body="\n\n".join(lines))
    save_page(page, by=ben, body="\n\n".join([*lines, "End"]), base=page.current)
    client.force_login(ben)

    folded = client.get(url("page_compare", space, page)).content.decode()
    whole = client.get(url("page_compare", space, page), {"all": 1}).content.decode()

    assert "unchanged lines" in folded
    assert "Line 7" not in folded
    assert "Line 7" in whole


def test_page_restore(client, space, ben, oda):
    page = begin(space, ben)
    page = save_page(page, by=oda, body="Emptied.", base=page.current).page
    client.force_login(ben)
    address = url("page_restore", space, page, number=1)
    assert "eight paces" in client.get(address).content.decode()
    page.refresh_from_db()
    assert page.current.number == 2

    client.post(address, {"summary": "By mistake"})

    page.refresh_from_db()
    assert (page.current.number, page.current.body) == (3, BODY)
    assert page.current.restores.number == 1


# ── Moving and deleting ─────────────────────────────────────────────────────


def test_page_move(client, space, ben):
    page = begin(space, ben)
    begin(space, ben, "Fire")
    client.force_login(ben)

    refused = client.post(
        url("page_move", space, page),
        {"title": "FIRE", "parent": "Nowhere", "initial-title": page.title},
    )
    assert refused.status_code == 422
    assert "There is no page called “Nowhere”" in refused.content.decode()
    taken = client.post(
        url("page_move", space, page), {"title": "FIRE", "initial-title": page.title}
    )
    assert "already" in taken.content.decode()
    response = client.post(
        url("page_move", space, page),
        {"title": "Fire breaks", "initial-title": page.title, "parent": "fire"},
    )

    page.refresh_from_db()
    assert response["Location"] == "/s/forest/wiki/fire-breaks/"
    assert page.parent.title == "Fire"


def test_page_delete_is_for_stewards(client, space, ben, sam):
    page = begin(space, ben)
    begin(space, ben, "Source", "[[Fire belts]]")
    client.force_login(ben)
    assert client.post(url("page_delete", space, page)).status_code == 403
    client.force_login(sam)
    assert (
        "1 page links here"
        in client.get(url("page_delete", space, page)).content.decode()
    )

    client.post(url("page_delete", space, page), {"reason": "Double"})

    assert not Page.objects.filter(slug="fire-belts", deleted=None).exists()
    client.force_login(ben)
    assert client.post(url("page_undelete", space, page)).status_code == 403
    client.force_login(sam)
    response = client.post(url("page_undelete", space, page))
    assert response["Location"] == page.get_absolute_url()
