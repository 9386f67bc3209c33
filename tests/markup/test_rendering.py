import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from markup import rendering
from markup.rendering import Heading, Target, excerpt, plain_text, render
from tests.markup.strict import faults

NOFOLLOW = 'class="external" href="{0}" rel="nofollow ugc noopener"'


def drawn(text, **options):
    """Return the HTML without the direction every block carries."""
    html = render(text, **options).html
    assert faults(html) == []
    return html.replace(' dir="auto"', "")


def link_to(address, label=None):
    return f"<a {NOFOLLOW.format(address)}>{label or address}</a>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("  \n ", ""),
        ("a\nb", "<p>a\nb</p>"),
        ("a  \nb", "<p>a<br>b</p>"),
        ("a<br>b", "<p>a<br>b</p>"),
        (
            "*a* _b_ **c** __d__ ***e***",
            "<p><em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong>"
            " <strong><em>e</em></strong></p>",
        ),
        (
            "**a *b* c** *d **e** f*",
            "<p><strong>a <em>b</em> c</strong> <em>d <strong>e</strong> f</em></p>",
        ),
        ("snake_case_name 2 * 3 * 4", "<p>snake_case_name 2 * 3 * 4</p>"),
        ("~~a~~ ~b~", "<p><del>a</del> ~b~</p>"),
        ("`a < *b*` ``c ` d``", "<p><code>a &lt; *b*</code> <code>c ` d</code></p>"),
        ("`&lt;`", "<p><code>&amp;lt;</code></p>"),
        ("\\*a\\* \\#b \\@c \\[[d]]", "<p>*a* #b @c [[d]]</p>"),
        (
            "<b>a</b> & &amp; &copy; &nope;",
            "<p>&lt;b&gt;a&lt;/b&gt; &amp; &amp; © &amp;nope;</p>",
        ),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("Things:\n- a\n- b", "<p>Things:</p><ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        (
            "> a\n> > b",
            "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
        ),
        ("---", "<hr>"),
        (
            "```py\na < b\n\n# c\n```",
            '<pre><code class="language-py">a &lt; b\n\n# c\n</code></pre>',
        ),
        ("~~~\n[[x]] #y\n~~~", "<pre><code>[[x]] #y\n</code></pre>"),
        (
            "- a\n\n  ```\n  b\n    c\n  ```",
            "<ul><li><p>a</p><pre><code>b\n  c\n</code></pre></li></ul>",
        ),
        ("> ```\n> a\n> ```", "<blockquote><pre><code>a\n</code></pre></blockquote>"),
        ("```\nnever closed", "<p>```\nnever closed</p>"),
        ("Term\n:   What it is", "<dl><dt>Term</dt><dd>What it is</dd></dl>"),
        (
            "*[FMU]: Forest unit\n\nAn FMU.",
            '<p>An <abbr title="Forest unit">FMU</abbr>.</p>',
        ),
        (
            '!!! warning "Mind"\n    the dog',
            '<div class="admonition warning"><p class="admonition-title">Mind</p>'
            "<p>the dog</p></div>",
        ),
        (
            "| a | b |\n|---|--:|\n| 1 | 2 |",
            '<div class="table-wrap" tabindex="0"><table><thead><tr>'
            '<th scope="col">a</th>'
            '<th align="right" scope="col">b</th></tr></thead><tbody><tr><td>1</td>'
            '<td align="right">2</td></tr></tbody></table></div>',
        ),
        (
            "- [x] *a* b\n- [ ] c\n- d",
            '<ul class="task-list"><li class="task"><label>'
            '<input checked="" disabled="" type="checkbox"> <em>a</em> b</label></li>'
            '<li class="task"><label><input disabled="" type="checkbox"> c</label></li>'
            "<li>d</li></ul>",
        ),
        ("https://a.example/b_c_d.", f"<p>{link_to('https://a.example/b_c_d')}.</p>"),
        ("(https://a.example/(b))", f"<p>({link_to('https://a.example/(b)')})</p>"),
        ("<https://a.example>", f"<p>{link_to('https://a.example')}</p>"),
        (
            "<ada@example.org>",
            f"<p>{link_to('mailto:ada@example.org', 'ada@example.org')}</p>",
        ),
        (
            "[*a*](https://b.example)",
            f"<p>{link_to('https://b.example', '<em>a</em>')}</p>",
        ),
        ('[a](/b_c_ "t")', '<p><a href="/b_c_" title="t">a</a></p>'),
        ("[a][1] [1]\n\n[1]: /b", '<p><a href="/b">a</a> <a href="/b">1</a></p>'),
        ("![a](/b.png)", '<p><img alt="a" loading="lazy" src="/b.png"></p>'),
        (
            "![a](https://b.example/c.png)",
            f"<p>{link_to('https://b.example/c.png', 'a')}</p>",
        ),
        ("a {: .card }", "<p>a {: .card }</p>"),
        (
            "```\na\n```\n\n    b",
            "<pre><code>a\n</code></pre><pre><code>b\n</code></pre>",
        ),
    ],
)
def test_render_page(text, html):
    assert drawn(text) == html


def test_render_follow():
    html = drawn("https://a.example", nofollow=False)

    assert html == (
        '<p><a class="external" href="https://a.example" rel="noopener">'
        "https://a.example</a></p>"
    )


def test_render_gives_blocks_their_direction():
    html = render("# عنوان\n\nنص\n\n- بند").html

    assert html == (
        '<h2 dir="auto" id="s-عنوان">عنوان</h2>'.replace(
            'dir="auto" id="s-عنوان"', 'id="s-عنوان" dir="auto"'
        )
        + '<p dir="auto">نص</p><ul><li dir="auto">بند</li></ul>'
    )
    assert isinstance(html, SafeString)


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# A\n\n## B", [(2, "s-a", "A"), (3, "s-b", "B")]),
        ("## A\n### B", [(2, "s-a", "A"), (3, "s-b", "B")]),
        ("# A\n# A\n# A 2\n# A", [(2, "s-a", "A"), (2, "s-a-2", "A"),
                                 (2, "s-a-2-2", "A 2"), (2, "s-a-3", "A")]),
        ("## *a* `b` [c](/d) #", [(2, "s-a-b-c", "a b c")]),
        ("## مرحبا بكم", [(2, "s-مرحبا-بكم", "مرحبا بكم")]),
        ("## हिन्दी", [(2, "s-हिन्दी", "हिन्दी")]),
        ("## !!!", [(2, "s-section", "!!!")]),
        ("A\n===\n\nB\n---", [(2, "s-a", "A"), (3, "s-b", "B")]),
        ("#tag is no heading\n##nor this", []),
        ("###### A\n\n# B", [(6, "s-a", "A"), (2, "s-b", "B")]),
        ("## C#", [(2, "s-c", "C#")]),
    ],
)  # fmt: skip
def test_render_headings(text, headings):
    rendered = render(text)

    assert rendered.headings == [Heading(*heading) for heading in headings]
    assert all(f'id="{heading.id}"' in rendered.html for heading in rendered.headings)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb", "<p>a<br>b</p>"),
        ("# A *b*\nc", '<p class="heading"><strong>A <em>b</em></strong></p><p>c</p>'),
        ("#fire now", '<p><span class="tag">#fire</span> now</p>'),
        ("a[^1]\n\n[^1]: b", None),
    ],
)
def test_render_message(text, html):
    rendered = render(text, profile="message")

    assert rendered.headings == []
    if html:
        assert drawn(text, profile="message") == html
    assert "<sup" not in rendered.html


def test_render_footnotes():
    html = drawn("a[^x] b[^x] c[^nope]\n\n[^x]: The *note*")

    assert html == (
        '<p>a<sup id="fnref-1"><a class="footnote-ref" href="#fn-1">1</a></sup>'
        ' b<sup id="fnref2-1"><a class="footnote-ref" href="#fn-1">1</a></sup>'
        ' c[^nope]</p><div class="footnote"><hr><ol><li id="fn-1"><p>The <em>note</em>'
        '&nbsp;<a class="footnote-backref" href="#fnref-1">↩</a>'
        '<a class="footnote-backref" href="#fnref2-1">↩</a></p></li></ol></div>'
    )


def test_render_asks_for_all_links_at_once():
    asked = []

    def link(titles):
        asked.append(titles)
        return {
            "Soil": Target("/w/soil/", label="The soil"),
            "Fire belts": Target("/w/new/?title=Fire+belts", exists=False),
        }

    text = (
        "[[Soil]] [[soil|x]] [[Fire  belts#Width]] [[Soil#Cover crops]]"
        " [[Soil|*a* & b]] [[#Here]] `[[No]]`"
    )
    rendered = render(text, link=link)

    assert asked == [["Soil", "soil", "Fire belts"]]
    assert rendered.links == ["Soil", "soil", "Fire belts"]
    assert rendered.html == (
        '<p dir="auto"><a class="wiki" href="/w/soil/">The soil</a> <span>x</span>'
        ' <a class="wiki missing" href="/w/new/?title=Fire+belts">Fire belts</a>'
        ' <a class="wiki" href="/w/soil/#s-cover-crops">The soil › Cover crops</a>'
        ' <a class="wiki" href="/w/soil/">*a* &amp; b</a>'
        ' <a class="wiki" href="#s-here">Here</a> <code>[[No]]</code></p>'
    )


def test_render_without_resolvers_leaves_things_as_typed():
    rendered = render("[[Soil|the soil]] @ben @[Ada Lovelace] #fire")

    assert rendered.plain == "[[Soil|the soil]] @ben @Ada Lovelace #fire"
    assert (rendered.links, rendered.mentions, rendered.tags) == (
        ["Soil"],
        ["ben", "Ada Lovelace"],
        ["fire"],
    )
    assert "<a" not in rendered.html


def test_render_does_not_ask_when_nothing_is_there():
    def refuse(names):
        raise AssertionError(names)

    assert render("plain", link=refuse, mention=refuse).plain == "plain"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ben, @ben. (@cleo)", ["ben", "cleo"]),
        ("@[Ada  Lovelace]!", ["Ada Lovelace"]),
        ("@ma.ria-x_y.", ["ma.ria-x_y"]),
        ("@أمل @हिन्दी", ["أمل", "हिन्दी"]),
        ("ada@example.org https://x.example/@ben \\@no `@no` [@no](/a)", []),
    ],
)
def test_render_mentions(text, names):
    asked = []
    rendered = render(text, mention=lambda found: asked.append(found) or {})

    assert rendered.mentions == names
    assert asked == ([names] if names else [])


def test_render_links_mentions_and_tags():
    html = drawn(
        "@ben @zed #Fire",
        mention=lambda names: {"ben": Target("/p/2/", label="Ben B")},
        tag_url=lambda tag: f"/t/{tag.lower()}/",
    )

    assert html == (
        '<p><a class="mention" href="/p/2/">@Ben B</a> <span>@zed</span>'
        ' <a class="tag" href="/t/fire/">#Fire</a></p>'
    )


def test_render_shows_text_as_typed_when_the_parser_fails(monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr(rendering, "soften", fail)

    assert render("*a*\nb\n\n<c> &amp;").html == (
        '<p dir="auto">*a*<br>b</p><p dir="auto">&lt;c&gt; &amp;amp;</p>'
    )


def test_render_leaves_nothing_for_the_next_text():
    first = "[1]: /a\n\n*[HTML]: x\n\n[^1]: note\n\n[1] HTML[^1]"

    render(first)

    assert drawn("[1] HTML[^1]") == "<p>[1] HTML[^1]</p>"


def test_plain_text():
    text = (
        "# Title\n\nSome *words* with [a link](https://a.example)"
        " and <https://b.example>."
        "\n\n- one\n- [x] two\n    - deep\n\n3. three"
        "\n\n| a | b |\n|---|---|\n| c | d |"
        "\n\n> quoted\n\n```\ncode <here>\n```\n\n![pic](/p.png) &amp; &lt;b&gt;"
    )

    assert plain_text(text) == (
        "Title\n\nSome words with a link (https://a.example) and https://b.example.\n\n"
        "- one\n- [x] two\n  - deep\n\n3. three\n\na | b\nc | d\n\nquoted\n\n"
        "code <here>\n\npic & <b>"
    )


@pytest.mark.parametrize(
    ("text", "words", "cut"),
    [
        ("", 3, ""),
        ("one two three", 3, "one two three"),
        ("one two, three", 2, "one two …"),
        ("# One\n\n*two* [three](/x) four", 3, "One two three …"),
        ("a\n\nb", 5, "a b"),
        ("x" * 1_000, 2, "x" * 80 + " …"),
    ],
)
def test_excerpt(text, words, cut):
    assert excerpt(text, words=words) == cut


def test_excerpt_filter_escapes():
    template = Template("{% load markup %}{{ text|excerpt:2 }}|{{ none|excerpt }}")

    html = template.render(Context({"text": "a <b> c", "none": None}))

    assert html == "a &lt;b&gt; …|"
