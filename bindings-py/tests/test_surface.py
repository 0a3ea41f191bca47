"""The public surface: everything is named, documented, typed, and true in its examples."""

import ast
import doctest
import importlib
import inspect
import os
import subprocess
import sys
import typing
from pathlib import Path

import pytest

import holdoff
from holdoff import _names, _native

PACKAGE = Path(holdoff.__file__).parent
# What this half of the package is made of; the other half has its own tests.
MODULES = ["_attempts", "_events", "_failure", "_policy", "_reference", "_repair", "_request", "_retry", "_story", "testing"]


# What the design promises.
NAMES = "Policy Failure Entry Event Story diagnose lookup table retry attempts wrap call_with_retry acall_with_retry"
FIELDS = """
    max_attempts initial_delay multiplier max_delay jitter max_retry_after max_elapsed attempt_timeout resend_ambiguous
    mid_stream retry_kinds stop_kinds attempts_by_kind seed
"""
PROPERTIES = """
    kind cause retryable status error_type error_code message field request_id provider retry_after retry_at
    maybe_processed fix
"""


def public():
    """Names that need no optional library."""
    return [name for name in holdoff.__all__ if name != "__version__"]


def test_everything_public_can_be_reached_and_nothing_else_is_promised():
    for name in holdoff.__all__:
        assert getattr(holdoff, name) is not None
    assert sorted(holdoff.__all__) == holdoff.__all__
    assert set(holdoff.__all__) <= set(dir(holdoff))
    assert "testing" in dir(holdoff)
    with pytest.raises(AttributeError, match="no attribute 'retyr'"):
        holdoff.retyr


def test_the_names_are_those_of_the_design():
    assert set(NAMES.split()) <= set(holdoff.__all__)
    assert list(inspect.signature(holdoff.Policy).parameters) == FIELDS.split()
    defaults = {name: parameter.default for name, parameter in inspect.signature(holdoff.Policy).parameters.items()}
    policy = holdoff.Policy()
    assert {name: getattr(policy, name) for name in defaults} == defaults
    for field in PROPERTIES.split():
        assert isinstance(inspect.getattr_static(holdoff.Failure, field), property)


def members(owner):
    for name, member in vars(owner).items():
        if not name.startswith("_") and (callable(member) or isinstance(member, (property, classmethod, staticmethod))):
            yield name, member


@pytest.mark.parametrize("name", public())
def test_everything_public_is_documented(name):
    thing = getattr(holdoff, name)
    if typing.get_origin(thing) is typing.Literal:
        return  # its documentation stands in the source, below it
    assert inspect.getdoc(thing), name
    if inspect.isclass(thing):
        for member_name, member in members(thing):
            assert inspect.getdoc(member), f"{name}.{member_name}"


@pytest.mark.parametrize("name", ["retry", "Policy", "attempts"])
def test_every_parameter_is_documented(name):
    thing = getattr(holdoff, name)
    for parameter in inspect.signature(thing).parameters:
        if parameter not in {"fields", "target"} or name == "retry":
            assert parameter in inspect.getdoc(thing), parameter


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_true(module):
    found = importlib.import_module(f"holdoff.{module}")
    globs = {**vars(holdoff), **vars(found), "holdoff": holdoff}
    # The line a stop writes to the log would count as output.
    tests = doctest.DocTestFinder(exclude_empty=True).find(found, globs=globs)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    for test in tests:
        runner.run(test)
    assert runner.failures == 0


def test_there_are_examples():
    count = sum(
        len(test.examples)
        for module in MODULES
        for test in doctest.DocTestFinder().find(importlib.import_module(f"holdoff.{module}"))
    )
    assert count >= 20


def test_names_are_the_engines_own():
    assert list(typing.get_args(_names.Kind)) == _native.kinds()
    assert list(typing.get_args(_names.StopReason)) == [name for name, _ in _native.stop_reasons()]


@pytest.mark.parametrize(("name", "field"), [("Jitter", "jitter"), ("MidStream", "mid_stream")])
def test_settings_take_every_name_of_their_type(name, field):
    for value in typing.get_args(getattr(holdoff, name)):
        assert getattr(holdoff.Policy(**{field: value}), field) == value


def test_the_version_is_the_engines():
    assert holdoff.__version__ == _native.__version__


def test_the_stub_of_the_native_module_names_what_it_has():
    stub = ast.parse((PACKAGE / "_native.pyi").read_text())
    written = {node.name: node for node in stub.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    there = {name for name in dir(_native) if not name.startswith("_")}
    assert set(written) == there
    for name, node in written.items():
        if isinstance(node, ast.ClassDef):
            stubbed = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
            stubbed |= {item.target.id for item in node.body if isinstance(item, ast.AnnAssign)}
            assert stubbed - {"__new__"} == {member for member in vars(getattr(_native, name)) if not member.startswith("_")}, (
                name
            )


def test_types_are_shipped_and_checked():
    assert (PACKAGE / "py.typed").exists()
    mypy = pytest.importorskip("mypy")
    assert mypy
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--no-error-summary",
            str(Path(__file__).parent / "typing" / "api.py"),
        ],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
        # An installed package is found without it, and must not be named twice.
        env=os.environ if PACKAGE.parent.name == "site-packages" else {**os.environ, "MYPYPATH": str(PACKAGE.parent)},
        check=False,
    )
    assert checked.stdout == ""
    assert checked.returncode == 0, checked.stderr
