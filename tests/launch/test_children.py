"""Programs we start are stopped, whatever happens to us."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from alliance.launch.children import Child, birth, left_behind, stop_left_behind
from alliance.launch.places import ROOT
from alliance.launch.words import Trouble

SLEEP = "import time; print('here', flush=True); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEP


def child_of(places, code, name="sleeper", **more):
    """A Child that runs this Python code."""
    return Child(
        name,
        [sys.executable, "-c", code],
        places=places,
        environment=dict(os.environ),
        **more,
    )


def wait_for(condition, seconds=60):
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def test_child_stops_and_leaves_no_pid_file(places):
    child = child_of(places, SLEEP).start()
    assert wait_for(lambda: "here" in child.said())
    assert left_behind(places.run) == [("sleeper", child.process.pid)]

    child.stop()

    assert not child.alive()
    assert left_behind(places.run) == []


def test_stubborn_child_is_ended_after_its_grace(places):
    child = child_of(places, STUBBORN, grace=0.2).start()
    assert wait_for(lambda: "here" in child.said())

    child.stop()

    assert child.process.returncode == -signal.SIGKILL


def test_what_a_child_leaves_in_its_session_ends_with_it(places):
    code = (
        "import subprocess, sys;"
        f"print(subprocess.Popen([sys.executable, '-c', {SLEEP!r}]).pid, flush=True)"
    )
    child = child_of(places, code).start()
    assert child.wait(60) == 0

    grandchild = int(child.said().split()[0])

    assert wait_for(lambda: birth(grandchild) == "")


def test_program_that_is_not_there_is_told(places):
    child = Child("web", ["/no/such/program"], places=places, environment={})

    with pytest.raises(Trouble, match="web could not be started"):
        child.start()
    child.stop()


def test_last_lines_spare_the_reader_the_frames(places):
    child = child_of(places, "print('asked'); raise ValueError('why it ended')")
    child.start()
    child.wait(60)

    assert child.last_lines() == "    asked\n    ValueError: why it ended"


def test_pid_file_of_a_number_that_was_given_on_is_forgotten(places):
    (places.run / "web.pid").write_text(f"{os.getpid()} 1")

    assert left_behind(places.run) == []
    assert not (places.run / "web.pid").exists()


def test_left_behind_are_stopped_at_the_next_start(places):
    orphan = subprocess.Popen([sys.executable, "-c", SLEEP])
    (places.run / "worker.pid").write_text(f"{orphan.pid} {birth(orphan.pid)}")

    assert stop_left_behind(places.run) == ["worker"]

    assert orphan.wait(60) == -signal.SIGTERM


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's own")
def test_children_die_with_a_killed_launcher(places):
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(places.home), SLEEP],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    child = int(launcher.stdout.readline())
    assert birth(child)

    launcher.kill()
    launcher.wait()
    launcher.stdout.close()

    assert wait_for(lambda: birth(child) == "")


LAUNCHER = """
import os, sys, time
from pathlib import Path
from alliance.launch.children import Child
from alliance.launch.places import Places
places = Places(Path(sys.argv[1]))
child = Child("web", [sys.executable, "-c", sys.argv[2]], places=places,
              environment=dict(os.environ)).start()
print(child.process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_signal_to_make_alone_reaches_us(tmp_path, number):
    script = tmp_path / "follow.py"
    script.write_text(FOLLOW)
    command = json.dumps(f"{sys.executable} {script}")[1:-1]
    (tmp_path / "Makefile").write_text(f"run:\n\t@{command}\n")
    make = subprocess.Popen(
        ["make", "-C", str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    pid = None
    for line in make.stdout:
        if line.strip().isdigit():
            pid = int(line)
            break
    assert birth(pid)

    make.send_signal(number)

    assert wait_for(lambda: birth(pid) == "")
    make.wait(60)
    make.stdout.close()


FOLLOW = """
import os, time
from alliance.launch.children import STOPPING, Stopped
from alliance.launch.makeside import follow_make
STOPPING.listen()
look = follow_make()
print(os.getpid(), flush=True)
try:
    while True:
        look()
        time.sleep(0.1)
except Stopped:
    pass
"""
