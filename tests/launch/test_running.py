"""One run a folder, a free port, and servers that are lent."""

import socket
import subprocess
import sys

import pytest

from alliance.launch.__main__ import sign_in_lines, wished_demo, wished_port
from alliance.launch.places import ROOT, Places
from alliance.launch.ports import free_port, look_at_port
from alliance.launch.running import Instance, lend, running_instance
from alliance.launch.website import own_secret
from alliance.launch.words import Trouble

HOLD = """
import sys, time
from pathlib import Path
from alliance.launch.places import Places
from alliance.launch.running import Instance
instance = Instance(Places(Path(sys.argv[1])))
instance.take()
lent = {"DATABASE_URL": "postgres:"}
instance.tell(address="http://localhost:8123", environment=lent)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def other_run(places):
    """Another process that runs on the same folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(places.home)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_second_run_is_told_the_address(places, other_run):
    with pytest.raises(Trouble) as trouble:
        Instance(places).take()

    assert str(trouble.value) == (
        "Alliance already runs in this checkout: http://localhost:8123\n"
        f"Stop it with Ctrl-C in its terminal, or with: kill {other_run.pid}"
    )


def test_killed_run_holds_nothing(places, other_run):
    assert running_instance(places.home)["pid"] == other_run.pid

    other_run.kill()
    other_run.wait()

    assert running_instance(places.home) is None
    instance = Instance(places)
    instance.take()
    instance.give_back()


def test_run_lends_its_servers(places, other_run, monkeypatch):
    monkeypatch.setenv("ALLIANCE_HOME", str(places.home))
    environment = {}

    assert lend(environment)
    assert environment == {"DATABASE_URL": "postgres:"}


@pytest.mark.parametrize(
    "own", [{"DATABASE_URL": "postgres://mine"}, {"ALLIANCE_PRODUCTION": "1"}]
)
def test_run_lends_nothing_to_those_who_have_their_own(
    places, other_run, monkeypatch, own
):
    monkeypatch.setenv("ALLIANCE_HOME", str(places.home))
    environment = dict(own)

    assert not lend(environment)
    assert environment == own


def test_nothing_is_lent_when_nothing_runs(tmp_path, monkeypatch):
    monkeypatch.setenv("ALLIANCE_HOME", str(tmp_path / "never"))
    environment = {}

    assert not lend(environment)
    assert environment == {}
    assert not (tmp_path / "never").exists()


def test_port_in_use_is_told_with_another():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Trouble) as trouble:
            look_at_port("127.0.0.1", port)
        assert free_port(port) != port

    assert str(trouble.value).startswith(f"Port {port} is in use by another program.")
    assert "make run PORT=" in str(trouble.value)
    assert free_port(port) == port


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80 80", "٣"])
def test_odd_ports_are_told(text):
    assert wished_port("8001") == 8001
    assert wished_port("") == 8000
    with pytest.raises(Trouble, match="is no port"):
        wished_port(text)


@pytest.mark.parametrize(
    ("text", "demo"), [("", None), ("1", True), ("0", False), ("no", False)]
)
def test_wished_demo(text, demo):
    assert wished_demo(text) is demo


def test_secret_is_made_once_and_for_its_owner_only(places):
    secret = own_secret(places)

    assert len(secret) > 50
    assert own_secret(places) == secret
    assert (places.home / "secret_key").stat().st_mode & 0o777 == 0o600


def test_file_in_place_of_the_home_is_told(tmp_path):
    (tmp_path / "home").write_text("")

    with pytest.raises(Trouble, match="is a file"):
        Places(tmp_path / "home")


def test_folder_that_exists_keeps_its_permissions(tmp_path):
    (tmp_path / "home").mkdir(mode=0o755)
    before = (tmp_path / "home").stat().st_mode

    Places(tmp_path / "home")

    assert (tmp_path / "home").stat().st_mode == before


def test_sign_ins_are_shown_with_the_password_once():
    text = (
        "ada@demo.example  learning together  facilitates\n"
        "benedict@demo.example  learning together  a farmer\n"
    )

    assert sign_in_lines(text) == [
        "",
        "  Sign in as one of these; the password is:  learning together",
        "",
        "    ada@demo.example       facilitates",
        "    benedict@demo.example  a farmer",
    ]
    assert sign_in_lines("something else\n") == ["  something else"]
    assert sign_in_lines("") == []
