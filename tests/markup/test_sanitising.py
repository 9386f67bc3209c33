import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup.addresses import safe_image, safe_link
from markup.rendering import Target, render
from markup.sanitising import sanitise
from tests.markup import vectors
from tests.markup.strict import faults

PIECES = st.sampled_from(
    [*vectors.HTML, *vectors.MARKDOWN, "\n\n", "`", "**", "<", '"']
)
MIXED = st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=6).map("".join)


def everything(text, profile="page"):
    """Render with resolvers that repeat what people typed."""
    return render(
        text,
        profile=profile,
        link=lambda titles: {t: Target(f"/w/{t}", len(t) % 2 == 0) for t in titles},
        mention=lambda names: {n: Target(f"/p/{n}", label=n) for n in names},
        tag_url=lambda tag: f"/t/{tag}",
    )


def test_there_are_enough_vectors():
    assert len(set(vectors.HTML)) > 150
    assert len(set(vectors.MARKDOWN)) > 80


@pytest.mark.parametrize(
    "html",
    ["<script>", "<p onclick=x>y</p>", "<p id=main>y</p>", '<a href="//e">y</a>',
     "<img src=https://e/f>", "<input type=text disabled>", "<p>", "<!-- x -->",
     '<a href="javascript:x">y</a>', "<p data-x=1>y</p>", "<h1>y</h1>"],
)  # fmt: skip
def test_the_checker_finds_faults(html):
    assert faults(html) != []


@pytest.mark.parametrize("vector", vectors.HTML)
def test_sanitise_leaves_nothing_dangerous(vector):
    cleaned = sanitise(vector)

    assert faults(cleaned) == []
    assert sanitise(cleaned) == cleaned


@pytest.mark.parametrize("vector", [*vectors.HTML, *vectors.MARKDOWN])
@pytest.mark.parametrize("profile", ["message", "page"])
def test_render_leaves_nothing_dangerous(vector, profile):
    rendered = everything(f"before\n\n{vector}\n\nafter {vector} *x*", profile)

    assert faults(rendered.html) == []
    assert "before" in rendered.plain
    assert "after" in rendered.plain


@settings(max_examples=300, deadline=None)
@given(MIXED)
def test_render_of_mixtures_leaves_nothing_dangerous(text):
    assert faults(everything(text).html) == []
    assert faults(sanitise(text)) == []


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>x</b>", "x"),
        ("<script>alert(1)</script>", "alert(1)"),
        ('<a href="//evil.example">x</a>', "<a>x</a>"),
        ('<p class="card heading">x</p>', '<p class="heading" dir="auto">x</p>'),
        ('<ins class="added" onclick="x">y</ins>', '<ins class="added">y</ins>'),
        ("<input name=q>", '<input disabled="" type="checkbox">'),
        ('<img src="/f/1" alt="a">', '<img alt="a" loading="lazy" src="/f/1">'),
    ],
)
def test_sanitise_keeps_text_and_what_is_ours(html, expected):
    cleaned = sanitise(html)

    assert sorted(cleaned.replace(">", " ").split()) == sorted(
        expected.replace(">", " ").split()
    )


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("/s/forest/", "/s/forest/"),
        ("/a b", "/a%20b"),
        ("#s-x", "#s-x"),
        ("?page=2", "?page=2"),
        ("//evil.example", None),
        ("/\\evil.example", None),
        ("/\t/evil.example", None),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("&#106;avascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https:evil", None),
        ("http://[", None),
        ("page", None),
        ("", None),
        ("/" + "a" * 3_000, None),
    ],
)
def test_safe_link(address, kept):
    assert safe_link(address) == kept


@pytest.mark.parametrize(
    ("address", "kept"),
    [("/f/1.png", "/f/1.png"), ("https://a.example/b.png", None), ("//a/b", None),
     ("data:image/png;base64,A", None), ("/\\a", None), ("f.png", None)],
)  # fmt: skip
def test_safe_image(address, kept):
    assert safe_image(address) == kept


def test_two_people_who_write_at_once_keep_their_own_words():
    """A parser that threads share gives one's words to another; here none is."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def write(person):
        words = f"<p>the words of person {person} " + "and more " * 20 + "</p>"
        own = f"the words of person {person} "
        return [own in sanitise(words) for _turn in range(60)]

    try:
        with ThreadPoolExecutor(8) as pool:
            kept = list(pool.map(write, range(8)))
    finally:
        sys.setswitchinterval(before)

    assert kept == [[True] * 60] * 8
