"""Sets our documents once more with Typst and prints wall clock, processor time, pages and peak memory of all.

typst_loop.py WHEEL FOLDER COUNT

FOLDER holds ours, own-0.pdf and so on: all that stands on their sheets is given to sheets.typ. Each document is of
another pupil, so that nothing is measured that lies in a cache.
"""

import json
import re
import resource
import shutil
import sys
import time
from pathlib import Path

from sheets import columns, read

wheel, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
sys.path.insert(0, wheel)
import typst  # noqa: E402

template = Path(__file__).resolve().with_name("sheets.typ")
shutil.copy(template, folder / template.name)


def cells(rows):
    return [{"words": "".join(words), "columns": cell["ColSpan"], "rows": cell["RowSpan"]} for row in rows for words, cell in row]


def block(one):
    if one[0] == "table":
        return {"kind": "table", "weights": columns(one[1], one[2]), "head": cells(one[1]), "body": cells(one[2])}
    return {"kind": one[0], "level": one[1] if one[0] == "h" else 0, "words": "".join(one[-1])}


for index in range(count):
    sections = [[block(one) for one in section] for section in read(folder / f"own-{index}.pdf")]
    (folder / f"own-{index}.json").write_text(json.dumps(sections))


def pdf(index: int) -> bytes:
    return typst.compile(
        str(folder / template.name), root=str(folder), format="pdf", pdf_standards=["a-3a", "ua-1"],
        sys_inputs={"document": f"own-{index}.json"},
    )


pages = 0
begun, cpu = time.perf_counter(), time.process_time()
for index in range(count):
    pages += len(re.findall(rb"/Type\s*/Page\b", pdf(index)))
wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(wall, cpu, pages, peak)
