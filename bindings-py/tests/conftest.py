"""What the Python tests share: the fault server, and time that only waits move."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

if TYPE_CHECKING:
    import holdoff.testing
    from faultserver import FaultServer


@pytest.fixture(scope="session")
def server() -> Iterator[FaultServer]:
    """The fault server: a process of its own, with real sockets."""
    from faultserver import FaultServer

    with FaultServer() as running:
        yield running


@pytest.fixture
def world() -> Iterator[holdoff.testing.testing]:
    """No waiting: `world.waits` has what would have been waited."""
    from holdoff.testing import testing

    with testing() as inside:
        yield inside
