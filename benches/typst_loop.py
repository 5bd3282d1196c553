"""Compiles one template some times with Typst and prints wall clock, processor time, pages and peak memory of all.

typst_loop.py WHEEL TEMPLATE FOLDER COUNT

FOLDER holds book.json. Each document is of another pupil, so that nothing is measured that lies in a cache.
"""

import json
import re
import resource
import shutil
import sys
import time
from pathlib import Path

wheel, template, folder, count = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
sys.path.insert(0, wheel)
import typst  # noqa: E402

shutil.copy(template, folder / template.name)


def pdf(pupil: int) -> bytes:
    return typst.compile(
        str(folder / template.name), root=str(folder), format="pdf", pdf_standards=["a-3a", "ua-1"],
        sys_inputs={"pupil": str(pupil)},
    )


pupils = len(json.loads((folder / "book.json").read_text())["pupils"])
pages = 0
begun, cpu = time.perf_counter(), time.process_time()
for index in range(count):
    pages += len(re.findall(rb"/Type\s*/Page\b", pdf(index % pupils)))
wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(wall, cpu, pages, peak)
