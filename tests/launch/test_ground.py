"""The first step: Python, ``.venv``, pinned packages."""

import sys
from pathlib import Path

import pytest

from alliance.launch import bootstrap, ground
from alliance.launch.words import Trouble


@pytest.fixture
def checkout(tmp_path):
    """A checkout with requirement files and nothing installed."""
    for name in ground.TEST_FILES:
        (tmp_path / name).write_text(f"# {name}\n")
    return tmp_path


def pretend_installed(checkout, kind):
    """Lay a ``.venv`` whose stamp says that all is installed."""
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    files = ground.RUN_FILES if kind == "run" else ground.TEST_FILES
    mark = checkout / ".venv" / f".installed-{kind}"
    mark.write_text(ground.stamp(files, checkout))
    return python


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 9, 2), (3, 13, 0)])
def test_python_that_will_not_do_is_told_what_to_install(version):
    words = bootstrap.missing_python(version, which=lambda name: None)

    assert words == (
        f"Alliance needs Python 3.11 or 3.12; this one is {version[0]}.{version[1]}.\n"
        "Install one of them and name it: make run PYTHON=python3.11"
    )


def test_python_that_will_not_do_becomes_one_on_the_path():
    became = []

    words = bootstrap.missing_python(
        (3, 9, 2),
        which=lambda name: "/usr/bin/" + name if name == "python3.12" else None,
        become=lambda program, arguments: became.append(program),
    )

    assert (words, became) == ("", ["/usr/bin/python3.12"])


def test_missing_venv_module_names_the_debian_package():
    ground.require_venv_module()
    with pytest.raises(Trouble, match="apt-get install python3-venv"):
        ground.require_venv_module(find=lambda name: None)


def test_stamp_changes_with_a_requirement_file_only(checkout):
    before = ground.stamp(ground.RUN_FILES, checkout)

    (checkout / "requirements-dev.txt").write_text("more\n")
    assert ground.stamp(ground.RUN_FILES, checkout) == before

    (checkout / "requirements-local.txt").write_text("more\n")
    assert ground.stamp(ground.RUN_FILES, checkout) != before


def test_nothing_is_installed_while_the_stamp_is_fresh(checkout, tmp_path):
    python = pretend_installed(checkout, "run")

    assert ground.ensure_packages("run", tmp_path / "home", checkout) == python
    assert not (tmp_path / "home").exists()


def test_no_network_is_one_clear_line(checkout, tmp_path, monkeypatch):
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_RETRIES", "0")
    # Nobody listens on port 9 of this machine.
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    (checkout / "requirements.txt").write_text(
        "not-a-package==1.0 --hash=sha256:" + "0" * 64 + "\n"
    )

    with pytest.raises(Trouble, match="package index cannot be reached"):
        ground.ensure_packages("run", tmp_path / "home", checkout)
    assert not (checkout / ".venv" / ".installed-run").exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("ERROR: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "pinned hash"),
        ("Failed to resolve 'x' (Name or service not known)", "cannot be reached"),
        ("ERROR: [Errno 13] Permission denied: 'x'", "may not write into .venv"),
        ("ERROR: No matching distribution found for x==1", "no ready-made build"),
        ("something else", "could not be installed"),
    ],
)
def test_install_advice(said, words):
    assert words in ground.install_advice(said, Path("install.log"))


def test_environment_leaves_other_projects_out(monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "other.settings")
    monkeypatch.setenv("PYTHONPATH", "/other")

    environment = ground.environment_for(Path("/home/x/.alliance"))

    assert environment["ALLIANCE_HOME"] == "/home/x/.alliance"
    assert "DJANGO_SETTINGS_MODULE" not in environment
    assert "PYTHONPATH" not in environment
