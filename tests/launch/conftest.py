"""Folders for runs that a test starts itself."""

import pytest

from alliance.launch.places import Places


@pytest.fixture
def places(tmp_path):
    """The folders of one run."""
    return Places(tmp_path / "home")
