"""`python -m faultserver [--port N] [--exit-with-parent]`: prints `{"port": N}`, then serves."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import threading

from .server import Server

PARENT_CHECK = 0.5  # seconds between two looks at the parent


def main() -> int:
    arguments = argparse.ArgumentParser(prog="faultserver", description="plays scripted HTTP faults on 127.0.0.1")
    arguments.add_argument("--port", type=int, default=0, help="the port; 0, the default, takes a free one")
    arguments.add_argument(
        "--exit-with-parent",
        action="store_true",
        help="stop when stdin ends or the starting process is gone: hold a pipe to stdin open meanwhile",
    )
    options = arguments.parse_args()
    try:
        asyncio.run(_serve(options.port, options.exit_with_parent))
    except (OSError, OverflowError) as error:
        print(f"port {options.port} cannot be opened: {error}", file=sys.stderr)
        return 1
    return 0


async def _serve(port: int, exit_with_parent: bool) -> None:
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        # A plain handler works on every system; the event loop's own is for Unix only.
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopping.set))
    server = Server()
    bound = await server.listen(port)
    print(json.dumps({"port": bound}), flush=True)
    watch = None
    if exit_with_parent:
        threading.Thread(target=_await_stdin_end, args=(loop, stopping), daemon=True).start()
        watch = loop.create_task(_watch_parent(os.getppid(), stopping))
    await stopping.wait()
    if watch is not None:
        watch.cancel()
    server.stop()


def _await_stdin_end(loop: asyncio.AbstractEventLoop, stopping: asyncio.Event) -> None:
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    try:
        loop.call_soon_threadsafe(stopping.set)
    except RuntimeError:
        pass  # the loop has ended by itself


async def _watch_parent(parent: int, stopping: asyncio.Event) -> None:
    # The pipe alone is not enough: a forked child of the parent holds its end open as well.
    while os.getppid() == parent:
        await asyncio.sleep(PARENT_CHECK)
    stopping.set()


if __name__ == "__main__":
    sys.exit(main())
