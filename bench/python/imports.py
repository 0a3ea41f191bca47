"""What `import holdoff` costs: wall time of fresh processes over a bare interpreter, the candidates in turn.

With the path of a wheel as argument, its size as well.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

ROUNDS = 31
TARGET_MS = 5.0
TARGET_KB = 400.0


def main() -> None:
    modules = ["pass", "import holdoff", "import tenacity", "import stamina", "import backoff"]
    times: dict[str, list[float]] = {module: [] for module in modules}
    # What is measured is the import of bytecode, as users have it: it must be allowed to be written.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for round_number in range(ROUNDS + 2):
        for module in modules:
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", module], check=True, env=environment)
            if round_number >= 2:  # the first ones write bytecode
                times[module].append((time.perf_counter() - began) * 1e3)
    floor = statistics.median(times["pass"])
    print(f"bare interpreter {floor:.1f} ms; over it:")
    for module in modules[1:]:
        print(f"  {module:<18} {statistics.median(times[module]) - floor:>7.1f} ms")
    ours = statistics.median(times["import holdoff"]) - floor
    print(f"  target for holdoff <= {TARGET_MS:.0f} ms: {'ok' if ours <= TARGET_MS else 'MISSED'}")
    for wheel in sys.argv[1:]:
        size = os.path.getsize(wheel) / 1000
        print(
            f"  {os.path.basename(wheel)}: {size:.0f} kB, target <= {TARGET_KB:.0f} kB: {'ok' if size <= TARGET_KB else 'MISSED'}"
        )


if __name__ == "__main__":
    main()
