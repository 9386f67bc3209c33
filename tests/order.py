"""Which tests run together and which first, when several workers share the suite.

A worker takes a *group* at a time and runs it to its end, so that what a group shares
(a loaded demo, the world of the access matrix) is made once. A file is a group; the
table below joins some and divides others. Long groups begin first, so that no worker
sits at the end with the longest one while the others have nothing left to do.
"""

from zlib import crc32

from xdist.scheduler import LoadScopeScheduling

# (beginning of a test's name, group, parts into which the group is divided)
GROUPS = [
    ("tests/browser/test_every_page.py", "every page", 1),
    ("tests/notifications/test_killed.py", "killed workers", 1),
    ("tests/notifications/test_chaos.py", "chaos", 1),
    ("tests/access/test_matrix.py", "matrix", 4),
    ("tests/markup/test_limits.py", "limits", 2),
    ("tests/demo/", "demo", 1),
    ("tests/browser/test_acceptance.py", "acceptance", 1),
    ("tests/wiki/test_views.py", "wiki pages", 1),
    ("tests/inbound/test_doors.py", "doors", 1),
]


def group_of(nodeid):
    """The group of a test.

    Args:
        nodeid: pytest's name of it.

    Returns:
        (place among the long groups, name); the same for the same test always.
    """
    for place, (beginning, group, parts) in enumerate(GROUPS):
        if nodeid.startswith(beginning):
            return place, f"{group} {crc32(nodeid.encode()) % parts}"
    return len(GROUPS), nodeid.partition("::")[0]


def in_groups(nodeids):
    """Sort tests so that each group is in one piece and long groups come first.

    Args:
        nodeids: names of tests, in the order that chance gave them.

    Returns:
        A sorting key for each name, to be looked up by name.
    """
    seen = {}
    for nodeid in nodeids:
        seen.setdefault(group_of(nodeid), len(seen))
    return {
        nodeid: (group[0], seen[group])
        for nodeid in nodeids
        for group in [group_of(nodeid)]
    }


class Scheduling(LoadScopeScheduling):
    """Hands out groups in the order of the tests."""

    def __init__(self, config, log=None):
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid):
        return group_of(nodeid)
