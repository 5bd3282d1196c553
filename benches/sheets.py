"""What stands on the sheets of a tagged PDF, for peers that are to set the same: read by poppler from its structure.

read(PDF) gives the sections, each a list of blocks: ("h", level, words), ("p", words), ("table", rows of the head, rows of
the body), a row a list of cells: its words, and over how many columns and rows it goes. Blocks of one section stand on sheets of
their own. What the structure does not say is left to the peer: heights, exact widths, faces; places of signatures have
no words and are not there.
"""

import re
import subprocess
from pathlib import Path

NODE = re.compile(r"^( *)(Sect|H[1-6]|P|Table|THead|TBody|TR|TH|TD)\b")
WORDS = re.compile(r'^ *"(.*)"$')
SPAN = re.compile(r"^ */(ColSpan|RowSpan) (\d+)")


def read(pdf: Path) -> list[list[tuple]]:
    told = subprocess.run(["pdfinfo", "-struct-text", str(pdf)], capture_output=True, check=True).stdout
    sections, words, cell, part, rows = [], [], None, None, None
    for line in told.decode(errors="replace").splitlines():
        if node := NODE.match(line):
            kind = node[2]
            if kind == "Sect":
                sections.append([])
            elif kind == "P" or kind[1:].isdigit():
                words = []
                sections[-1].append(("p", words) if kind == "P" else ("h", int(kind[1:]), words))
            elif kind == "Table":
                rows = {"THead": [], "TBody": []}
                sections[-1].append(("table", rows["THead"], rows["TBody"]))
            elif kind in ("THead", "TBody"):
                part = rows[kind]
            elif kind == "TR":
                part.append([])
            else:
                words, cell = [], {"ColSpan": 1, "RowSpan": 1, "head": kind == "TH"}
                part[-1].append((words, cell))
        elif span := SPAN.match(line):
            cell[span[1]] = int(span[2])
        elif text := WORDS.match(line):
            words.append(text[1])
    return sections


def columns(head: list, body: list) -> list[int]:
    """Weights of a table's columns: the longest word that stands in one column alone, and two thirds of the longest text."""
    count = max(sum(cell["ColSpan"] for _, cell in row) for row in [*head[:1], *body])
    weights = [4] * count
    for row in body:
        at = 0
        for words, cell in row:
            if cell["ColSpan"] == 1 and at < count:
                text = "".join(words)
                weights[at] = max(weights[at], min(len(text) * 2 // 3, 24), *(len(word) for word in text.split() or [""]))
            at += cell["ColSpan"]
    return weights

