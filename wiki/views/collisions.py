"""The page on which two texts that collide are made one, without a script."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from markup.diffing import compare
from markup.merging import merge, resolve
from ui.diffs import draw_words
from wiki.actions import Collided
from wiki.forms import CollisionForm
from wiki.models import Revision
from wiki.views.drafts import find_base


@dataclass
class Answer:
    """What a person decided: ``text`` made from ``theirs``, or a page to draw."""

    text: str = ""
    theirs: Revision | None = None
    response: HttpResponse | None = None


def read_collisions(request, space, page, form, base, *, why=""):
    """Make one text of what was typed, what others wrote, and the choices.

    The merge is made again from the same three texts, so the form carries no text but
    the writer's own.

    Args:
        request: a POST of the collision page.
        space, page: where.
        form: the valid ``PageForm`` with the writer's text.
        base: the ``Revision`` the writer began with, or None.
        why: as for ``draw_collisions``.

    Returns:
        ``Answer``.
    """
    theirs = find_base(page, request.POST.get("theirs")) or page.current
    mine = form.cleaned_data["body"]
    merged = merge(base.body if base else "", mine, theirs.body)
    choices = CollisionForm(request.POST, collisions=merged.collisions)
    if not choices.is_valid():
        collided = Collided(merged, base, theirs)
        return Answer(
            response=draw_collisions(
                request,
                space,
                page,
                form,
                collided,
                mine=mine,
                choices=choices,
                why=why,
            )
        )
    return Answer(text=resolve(merged.parts, choices.decided()), theirs=theirs)


def draw_collisions(
    request, space, page, form, collided, *, mine, choices=None, typed=None, why=""
):
    """Draw every collision with theirs, mine and a place for words of one's own.

    Args:
        request: the request.
        space, page: where.
        form: the ``PageForm`` that was sent.
        collided: the ``Collided``.
        mine: the writer's whole text.
        choices: a bound ``CollisionForm`` that was refused.
        why: ``undo`` or ``proposal`` where "mine" was not typed just now.
        typed: the ``Part`` that was typed, where it was one section.

    Returns:
        the page, with status 409 (422 where a choice was missing).
    """
    parts = collided.merge.parts
    status = 409 if choices is None else 422
    choices = choices or CollisionForm(collisions=collided.merge.collisions)
    pairs = iter(choices.pairs())
    rows, number = [], 0
    for part in parts:
        if part.kind != "collision":
            rows.append({"kind": part.kind, "text": part.text})
            continue
        number += 1
        choice, own = next(pairs)
        rows.append(
            {
                "kind": "collision",
                "number": number,
                "base": part.base,
                "mine_marked": draw_words(compare(part.base, part.mine)),
                "theirs_marked": draw_words(compare(part.base, part.theirs)),
                "choice": choice,
                "own": own,
            }
        )
    context = {
        "space": space,
        "membership": space.membership_of(request.user),
        "wiki_page": page,
        "form": form,
        "choices": choices,
        "rows": rows,
        "number": number,
        "mine": mine,
        "base": collided.base,
        "theirs": collided.theirs,
        "why": why,
        "part": typed.id if typed else request.POST.get("part", ""),
    }
    return render(request, "wiki/page_conflict.html", context, status=status)
