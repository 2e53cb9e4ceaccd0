from __future__ import annotations

import subprocess
import sys

LATER = """
import sys
from numba.core.dispatcher import Dispatcher
from tests.unit.dedup.articles import OTHER, WIRE, article, record
from wiredesk.dedup.handler import Dedup
from wiredesk.dedup.warm import warm

def compiled():
    modules = [module for name, module in list(sys.modules.items()) if name.startswith("wiredesk.dedup.")]
    kernels = [value for module in modules for value in vars(module).values() if isinstance(value, Dispatcher)]
    return {str(kernel): len(kernel.signatures) for kernel in kernels}

warm()
before = compiled()
stage = Dedup()
carrying = OTHER + "\\n" + "\\n".join(WIRE.split("\\n")[2:])
for nth, body in enumerate([WIRE, WIRE + "\\nMore.", OTHER, carrying]):
    stage.handle(record(article(str(nth), body, offset=nth)))
print(sorted(name for name, count in compiled().items() if count != before[name]))
"""


def test_nothing_is_left_to_compile_with_the_first_messages() -> None:
    done = subprocess.run([sys.executable, "-c", LATER], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
