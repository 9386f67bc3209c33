"""Editing one section: the link, the form, the save by merge, the draft of its own."""

import pytest
from django.urls import reverse

from tests.wiki.test_views import begin, form_of, url
from wiki.actions import keep_draft, save_page
from wiki.models import Draft

BODY = """Before.

## Cost

Ten days of work.

### Pay

Nobody is paid.

## مقدمة

The end."""


def edit(page):
    return url("page_edit", page.space, page)


def sent(page, words, section="s-cost", **more):
    return {
        "section": section,
        "base": page.current_id,
        "body": words,
        "summary": "Cost:",
        **more,
    }


def test_each_heading_leads_to_its_form_for_those_who_edit(
    client, open_space, ben, cleo
):
    page = begin(
        open_space, ben, body=BODY + "\n\n- x\n\n    ## in a list\n", audience="public"
    )
    links = {}
    for person in (ben, cleo):
        client.force_login(person)
        text = client.get(page.get_absolute_url()).content.decode()
        links[person] = [
            place
            for place in ("s-cost", "s-pay", "s-مقدمة", "s-in-a-list")
            if f"?section={place}" in text
        ]

    assert links == {ben: ["s-cost", "s-pay", "s-مقدمة"], cleo: []}


def test_the_form_has_only_the_section(client, space, ben):
    page = begin(space, ben, body=BODY)
    client.force_login(ben)

    response = client.get(edit(page), {"section": "s-cost"})

    form = response.context["form"]
    assert form["body"].value() == (
        "## Cost\n\nTen days of work.\n\n### Pay\n\nNobody is paid."
    )
    assert form["summary"].value() == "Cost: "
    assert set(form.fields) == {"body", "summary", "is_minor", "base", "section"}
    assert "Edit the whole page" in response.content.decode()


def test_a_section_is_saved_among_what_others_wrote_and_leads_back(
    client, space, ben, oda
):
    page = begin(space, ben, body=BODY)
    form = sent(
        page,
        "## Cost\r\n\r\nTwelve days of work.\r\n\r\n### Pay\r\n\r\nNobody is paid.",
    )
    page = save_page(
        page, by=oda, body=BODY.replace("The end.", "The very end."), base=page.current
    ).page
    client.force_login(ben)

    response = client.post(edit(page), form)

    page.refresh_from_db()
    assert response.url == f"{page.get_absolute_url()}#s-cost"
    assert page.current.body == BODY.replace("Ten", "Twelve").replace(
        "The end", "The very end"
    )
    assert (page.current.summary, page.title) == ("Cost", "Fire belts")


def test_a_renamed_section_leads_to_its_new_name_and_an_empty_one_goes(
    client, space, ben
):
    page = begin(space, ben, body=BODY)
    client.force_login(ben)

    response = client.post(edit(page), sent(page, "## Price\n\nTen days."))
    page.refresh_from_db()
    assert response.url == f"{page.get_absolute_url()}#s-price"

    response = client.post(edit(page), sent(page, "", section="s-price"))
    page.refresh_from_db()
    assert response.url == page.get_absolute_url()
    assert page.current.body == "Before.\n\n## مقدمة\n\nThe end."


def test_a_section_that_others_took_away_collides_and_its_words_are_kept(
    client, space, ben, oda
):
    page = begin(space, ben, body=BODY)
    form = sent(page, "## Cost\n\nTwelve days of work.")
    save_page(page, by=oda, body="Before.\n\nThe end.", base=page.current)
    keep_draft(space, by=ben, page=page, base=page.current, body="The whole, other.")
    client.force_login(ben)

    response = client.post(edit(page), form)

    text = response.content.decode()
    assert response.status_code == 409
    assert "Twelve days of work." in text
    kept = dict(Draft.objects.values_list("section", "body"))
    assert kept == {
        "": "The whole, other.",
        "s-cost": "## Cost\n\nTwelve days of work.",
    }
    assert 'name="part" value="s-cost"' in text

    # The page of collisions sends the whole page; the section's draft is done then.
    page.refresh_from_db()
    answer = form_of(
        page,
        body=response.context["mine"],
        base=form["base"],
        theirs=page.current_id,
        part="s-cost",
        **{f"choice_{n}": "mine" for n in range(5)},
        **{f"own_{n}": "" for n in range(5)},
    )
    assert client.post(edit(page), answer).status_code == 302
    page.refresh_from_db()
    assert "Twelve days of work." in page.current.body
    assert list(Draft.objects.values_list("section", flat=True)) == [""]


def test_a_section_nobody_knows_gets_words_and_keeps_the_text(client, space, ben):
    page = begin(space, ben, body=BODY)
    client.force_login(ben)

    asked = client.get(edit(page), {"section": "s-gone"})
    posted = client.post(edit(page), sent(page, "My words.", section="s-gone"))
    without_base = client.post(edit(page), sent(page, "My words.", base="77777"))

    assert "no such section any more" in asked.content.decode()
    assert asked.context["form"]["body"].value() == BODY
    for response in (posted, without_base):
        assert response.status_code == 422
        assert "Your words are still here" in response.content.decode()
        assert response.context["form"]["body"].value() == "My words."
    page.refresh_from_db()
    assert page.current.number == 1


def test_drafts_of_sections_stand_beside_the_one_of_the_page(client, space, ben):
    page = begin(space, ben, body=BODY)
    client.force_login(ben)
    draft_url = url("draft_save", space, page)
    accept = {"Accept": "application/json"}

    whole = {"base": page.current_id, "body": "All new.", "title": page.title}
    client.post(draft_url, whole, headers=accept)
    client.post(draft_url, sent(page, "## Cost\n\nEleven."), headers=accept)
    # As it stands: nothing to keep. A made-up name: nothing either.
    client.post(
        draft_url,
        sent(page, "### Pay\n\nNobody is paid.", section="s-pay"),
        headers=accept,
    )
    made_up = client.post(draft_url, sent(page, "x", section="s-no"), headers=accept)

    assert made_up.status_code == 422
    assert dict(Draft.objects.values_list("section", "body")) == {
        "": "All new.",
        "s-cost": "## Cost\n\nEleven.",
    }
    on_whole = client.get(edit(page)).content.decode()
    assert "draft=1&amp;section=s-cost" in on_whole
    resumed = client.get(edit(page), {"section": "s-cost", "draft": "1"})
    assert resumed.context["form"]["body"].value() == "## Cost\n\nEleven."

    client.post(edit(page), sent(page, "## Cost\n\nEleven."))
    assert list(Draft.objects.values_list("section", flat=True)) == [""]
    client.post(
        reverse("wiki:draft_discard", kwargs={"space": space.slug, "page": page.slug})
    )
    assert not Draft.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_section_form_query_count(client, space, ben, rows, django_assert_num_queries):
    page = begin(
        space, ben, body="\n\n".join(f"## H{n}\n\nWords." for n in range(rows))
    )
    client.force_login(ben)
    client.get(edit(page), {"section": "s-h0"})

    with django_assert_num_queries(7):
        client.get(edit(page), {"section": "s-h0"})


def test_preview_of_a_section_shows_only_it(client, space, ben):
    page = begin(space, ben, body=BODY)
    client.force_login(ben)

    response = client.post(
        url("page_preview", space, page), sent(page, "## Cost\n\nTwelve *days*.")
    )

    assert "Twelve <em>days</em>." in response.context["preview_html"]
    assert "The end" not in response.context["preview_html"]
    assert response.context["form"]["body"].value() == "## Cost\n\nTwelve *days*."
