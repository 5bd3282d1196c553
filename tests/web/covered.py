"""What a person comes to with the keyboard and cannot see or press, because something fixed lies over it."""

LOOK = r"""(() => {
  // Between a page and itself, loaded again, there is none.
  if (!document.body) return null;
  const before = document.activeElement, covered = new Set();
  const pressed = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  const all = [...document.querySelectorAll(pressed)].filter((one) => one.checkVisibility());
  // Downwards each comes in at the lower edge of the screen, upwards at the upper one.
  for (const one of [...all, ...all.toReversed()]) {
    one.focus();
    if (document.activeElement !== one) continue;
    const box = one.getClientRects()[0];
    if (!box || box.height > innerHeight) continue;
    const met = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const itself = met && (one.contains(met) || met.contains(one) || met.closest('label')?.control === one);
    if (!itself) covered.add((one.textContent.trim() || one.name || one.id).slice(0, 60) + ' under ' + (met?.outerHTML ?? 'the edge').slice(0, 60));
  }
  // The next Tab begins where it would have begun.
  const page = document.body;
  if (before === page) page.tabIndex = -1;
  before.focus({preventScroll: true});
  if (before === page) { page.blur(); page.removeAttribute('tabindex'); }
  scrollTo(0, 0);
  return [...covered];
})()"""
