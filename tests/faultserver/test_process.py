"""The process ends when it should: no orphan outlives a test run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from faultserver import FaultServer, hang
from faultserver.wire import open_socket, request_bytes


def is_gone(pid: int, within: float = 5.0) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return True  # dead, and left to an init that does not collect
        time.sleep(0.01)
    return False


def test_process_is_gone_after_with() -> None:
    with FaultServer() as server:
        process = server.process
        scenario = server.scenario([hang()])
        with open_socket(scenario) as sock:
            sock.sendall(request_bytes(scenario))
            scenario.wait_for(lambda log: len(log) == 1)
            server.stop()
    assert process is not None
    assert process.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="signals and forks")
@pytest.mark.parametrize("heir", ["none", "fork"])
def test_process_is_gone_when_its_parent_is_killed(heir: str) -> None:
    # The heir is a fork that outlives the parent and holds the pipe to the server open.
    code = """
import os, sys, time
from faultserver import FaultServer
server = FaultServer().start()
heir = os.fork() if sys.argv[1] == "fork" else 0
if sys.argv[1] == "fork" and heir == 0:
    time.sleep(30)
    os._exit(0)
print(server.process.pid, heir, flush=True)
time.sleep(30)
"""
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    parent = subprocess.Popen([sys.executable, "-c", code, heir], stdout=subprocess.PIPE, text=True, env=env)
    assert parent.stdout is not None
    pid, child = map(int, parent.stdout.readline().split())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    try:
        assert is_gone(pid)
    finally:
        if child:
            os.kill(child, signal.SIGKILL)


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_sigterm_ends_it_in_good_order() -> None:
    server = FaultServer().start()
    process = server.process
    assert process is not None
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 0
    server.stop()
