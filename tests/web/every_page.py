"""No page of the router is left out by all of the walks, and no page but those that follow something has a script.

usage: every_page.py WALKED...   (the folders that walk.py and new_school.py got as FOLDER)

A new page fails here until a walk looks at it; what a GET leads to and is no page stands with its reason in `routes.py`.
"""

import sys
from pathlib import Path

from routes import FOLLOWING, GETS, NO_PAGES, Visited, kept_beside


def main() -> int:
    visited = Visited()
    for folder in sys.argv[1:]:
        visited.add(kept_beside(Path(folder).resolve()))
    pages = set(GETS) - set(NO_PAGES)
    wrong = [f"{route}: no walk looks at it" for route in sorted(pages - visited.inspected)]
    wrong += [f"{route}: no page, and a walk looked at it" for route in sorted(visited.inspected & set(NO_PAGES))]
    wrong += [f"{route}: in the table and not in the router" for route in sorted((set(NO_PAGES) | FOLLOWING) - set(GETS))]
    wrong += [f"{route}: has a script and follows nothing" for route in sorted(visited.with_script - FOLLOWING)]
    wrong += [f"{route}: was never met with its script" for route in sorted(FOLLOWING - visited.with_script)]
    wrong += [f"{route}: no walk without scripts came to it" for route in sorted(FOLLOWING - visited.in_a_browser_without)]
    for one in wrong:
        print(f"BAD {one}")
    print(f"{len(pages)} pages of {len(GETS)} routes, {len(FOLLOWING)} with a script, {len(wrong)} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
