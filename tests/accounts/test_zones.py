import pytest

from accounts.zones import find_zone, similar_zones, zone_names


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Africa/Accra", "Africa/Accra"),
        (" africa / accra ", "Africa/Accra"),
        ("accra", "Africa/Accra"),
        ("New York", "America/New_York"),
        ("UTC", "UTC"),
        ("Asia/Calcutta", "Asia/Calcutta"),
        ("", None),
        (None, None),
        ("nowhere", None),
        ("../../etc/passwd", None),
        ("Africa/Accra\x00", "Africa/Accra"),
        ("x" * 100_000, None),
    ],
)
def test_find_zone(typed, zone):
    assert find_zone(typed) == zone


def test_similar_zones_are_named():
    assert similar_zones("Nairobbi") == ["Africa/Nairobi"]


def test_zone_names_are_places():
    names = zone_names()

    assert names[0] == "UTC"
    assert not [name for name in names if name.startswith(("Etc/", "posix"))]
