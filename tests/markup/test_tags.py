import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup.rendering import render
from markup.tags import hashtags, tag_key


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#fire", ["fire"]),
        ("#fire at the start\n#soil too", ["fire", "soil"]),
        ("(#fire), #soil.", ["fire", "soil"]),
        ("#fire-belts #fire_belts #fire-", ["fire-belts", "fire_belts", "fire"]),
        ("#Fire #fire #FIRE", ["Fire"]),
        ("#İstanbul #istanbul", ["İstanbul"]),
        ("#हिन्दी #العربية #森林 #Ñandú", ["हिन्दी", "العربية", "森林", "Ñandú"]),
        ("#2026 #1 #2026-plan #1a", ["2026-plan", "1a"]),
        ("a#no &#39; x/#no ##no # no", []),
        ("\\#no", []),
        ("https://example.org/#no and [x](/y#no)", []),
        ("`#no` and\n\n```\n#no\n```\n", []),
        ("> #yes\n\n- #also", ["yes", "also"]),
        ("#" + "a" * 64, ["a" * 64]),
    ],
)
def test_hashtags(text, tags):
    assert hashtags(text) == tags
    assert render(text).tags == tags


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Fire", "fire"),
        ("İstanbul", "istanbul"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁre", "fire"),
        ("e\u0301", "é"),
        ("z\u0307", "ż"),
        ("Ⅳ", "iv"),
    ],
)
def test_tag_key(name, key):
    assert tag_key(name) == key


@settings(deadline=None)
@given(st.text(max_size=12))
def test_tag_key_is_stable(name):
    assert tag_key(tag_key(name)) == tag_key(name)


@settings(deadline=None)
@given(st.from_regex(r"[a-zà-ÿ][a-z0-9_]{0,8}", fullmatch=True))
def test_tag_key_ignores_case(name):
    assert tag_key(name.upper()) == tag_key(name)
