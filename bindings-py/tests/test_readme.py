"""The README's Python examples run as they stand; the SDK finds a fault server where it looks for its API."""

import re
from pathlib import Path

import pytest

from faultserver import FaultServer, ok

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_runs(example, monkeypatch, capsys):
    with FaultServer() as server:
        scenario = server.scenario([ok()])
        monkeypatch.setenv("ANTHROPIC_API_KEY", "none")
        monkeypatch.setenv("ANTHROPIC_BASE_URL", scenario.base_url)
        exec(compile(example, "README.md", "exec"), {"__name__": "example"})
        assert scenario.sends == ("anthropic.Anthropic()" in example)


def test_there_are_examples():
    assert len(EXAMPLES) >= 3
