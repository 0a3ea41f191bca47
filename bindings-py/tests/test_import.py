"""What `import holdoff` loads, and that what it leaves out comes when it is needed."""

import subprocess
import sys

HEAVY = set(
    "asyncio collections contextlib dataclasses datetime enum functools inspect json logging random re threading typing".split()
)
LIBRARIES = set("aiohttp anthropic anyio httpx httpx2 openai requests trio".split())


def modules_after(program: str) -> set[str]:
    """What a fresh interpreter has loaded after `program` that it had not before."""
    before = f"import sys; sys.path[:0] = {sys.path!r}; before = set(sys.modules)"
    script = f"{before}\n{program}\nprint(*sorted(set(sys.modules) - before))"
    # -I and -S: neither the caller's paths nor site hooks bring modules of their own.
    done = subprocess.run([sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_holdoff_loads_nothing_heavy():
    loaded = modules_after("import holdoff")
    assert not loaded & (HEAVY | LIBRARIES)
    # What every interpreter has loaded by the time it has run its site hooks, and one C module.
    always = "__future__ _collections_abc _stat abc genericpath itertools nt ntpath os os.path posix posixpath stat".split()
    assert {name for name in loaded if not name.startswith("holdoff")} <= {*always}


def test_the_rest_of_the_package_comes_when_it_is_used():
    loaded = modules_after("import holdoff")
    assert not loaded & {
        "holdoff._wrap",
        "holdoff._guide",
        "holdoff.testing",
        "holdoff.httpx",
        "holdoff.httpx2",
        "holdoff._names",
    }
    assert "holdoff.testing" in modules_after("import holdoff; holdoff.testing")
    assert "holdoff._names" in modules_after("import holdoff; holdoff.Kind")


def test_a_retried_failure_loads_no_library():
    program = (
        "import holdoff, holdoff.testing\n"
        "def call(): raise ConnectionResetError('reset')\n"
        "with holdoff.testing.testing():\n"
        "    try: holdoff.retry(call)()\n"
        "    except ConnectionResetError as error: assert error.holdoff.attempts == 6\n"
    )
    assert not modules_after(program) & (LIBRARIES | {"asyncio", "logging"})


def test_everything_of_star_can_be_had_without_libraries():
    blocked = "import sys\nfor name in 'httpx httpx2 anthropic openai'.split(): sys.modules[name] = None"
    modules_after(f"{blocked}\nfrom holdoff import *")
