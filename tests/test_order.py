"""The suite itself: shared among processes, each on servers' corners of its own."""

import pytest

from alliance.brokers import broker_of
from alliance.launch.checks import whole_suite
from tests.order import GROUPS, group_of, in_groups


def test_groups_are_whole_and_long_ones_first():
    names = [
        "tests/wiki/test_models.py::a",
        "tests/ui/test_icons.py::a",
        "tests/demo/test_load_demo.py::a",
        "tests/wiki/test_models.py::b[x::y]",
        "tests/demo/test_load_demo_anew.py::a",
        "tests/browser/test_every_page.py::a",
    ]

    places = in_groups(names)

    assert sorted(names, key=places.get) == [
        names[number] for number in (5, 2, 4, 0, 3, 1)
    ]


def test_a_divided_file_is_divided_evenly_and_always_alike():
    names = [f"tests/access/test_matrix.py::a[wiki:{n}]" for n in range(200)]

    groups = [group_of(name) for name in names]

    parts = {group: groups.count(group) for group in set(groups)}
    assert sorted(name for _place, name in parts) == [f"matrix {n}" for n in range(4)]
    assert min(parts.values()) > 30
    assert [group_of(name) for name in names] == groups


def test_every_group_of_the_table_has_a_file(request):
    root = request.config.rootpath

    missing = [start for start, *_ in GROUPS if not list(root.glob(f"{start}*"))]

    assert missing == []


@pytest.mark.parametrize(
    ("cores", "shared"), [(1, []), (2, ["-n", "2"]), (64, ["-n", "4"])]
)
def test_the_whole_suite_is_shared_among_the_cores(cores, shared):
    assert whole_suite(cores) == [*shared, "--durations=10", "--durations-min=5"]


@pytest.mark.parametrize(
    ("redis", "broker"),
    [
        ("unix:///a/redis.sock", "redis+socket:///a/redis.sock"),
        ("unix:///a/redis.sock?db=3", "redis+socket:///a/redis.sock?virtual_host=3"),
        ("redis://:pw@host:6379/1", "redis://:pw@host:6379/1"),
        ("redis://:pw@host:6379/1?db=3", "redis://:pw@host:6379/3"),
    ],
)
def test_the_broker_is_the_same_database_in_kombus_spelling(redis, broker):
    assert broker_of(redis) == broker
