"""What a person comes to with the keyboard and cannot see or press, because something fixed lies over it."""

LOOK = r"""(() => {
  // Between a page and itself, loaded again, there is none.
  if (!document.body) return null;
  const before = document.activeElement, covered = new Set(), parts = [0.04, 0.27, 0.5, 0.73, 0.96];
  const pressed = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  const all = [...document.querySelectorAll(pressed)].filter((one) => one.checkVisibility());
  // Downwards each comes in at the lower edge of the screen, upwards at the upper one.
  for (const one of [...all, ...all.toReversed()]) {
    one.focus();
    if (document.activeElement !== one) continue;
    const box = one.getClientRects()[0];
    if (!box) continue;
    // A browser leaves what it shows a part of where it is: then that part is to be seen.
    const met = parts.flatMap((x) => parts.map((y) => document.elementFromPoint(box.x + box.width * x, box.y + box.height * y)));
    const is_itself = (by) => by && (one.contains(by) || by.contains(one) || by.closest('label')?.control === one);
    if (!met.some(is_itself)) {
      const by = met.find((other) => other)?.outerHTML ?? 'the edge';
      covered.add((one.textContent.trim() || one.name || one.id).slice(0, 60) + ' under ' + by.slice(0, 60));
    }
  }
  // The next Tab begins where it would have begun.
  const page = document.body;
  if (before === page) page.tabIndex = -1;
  before.focus({preventScroll: true});
  if (before === page) { page.blur(); page.removeAttribute('tabindex'); }
  // And the page lies as it lay.
  for (const one of document.querySelectorAll('*')) if (one.scrollLeft || one.scrollTop) one.scrollTo(0, 0);
  return [...covered];
})()"""
