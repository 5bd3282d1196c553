"""What a phone does not show before somebody pushes a table sideways: whatever is pressed there, how a thing stands,
words that have no room, and the heads of columns where each cell stands alone.

A table with a head in each row stands for pushing: its first column stays, and the rest goes past it.
"""

LOOK = r"""(() => {
  if (!document.body) return null;
  const beside = new Set();
  for (const one of document.querySelectorAll('main :is(a[href], button, input:not([type=hidden]), select, textarea, .stage)')) {
    const table = one.closest('table');
    if (!table || !one.checkVisibility() || (table.querySelector('tbody th') && !table.matches('.stack'))) continue;
    const box = one.getBoundingClientRect();
    if (box.right > innerWidth || box.left < 0) beside.add((one.textContent.trim() || one.name || one.id).slice(0, 60));
  }
  // Whose head is out of sight names itself: by its column, or by what is pressed in it. The first names the row.
  for (const one of document.querySelectorAll('main .stack tbody td:not(:first-child, [data-as])')) {
    const rest = one.cloneNode(true);
    rest.querySelectorAll('a, button, label, summary, form').forEach((pressed) => pressed.remove());
    if (one.checkVisibility() && rest.textContent.trim()) beside.add('the head of “' + rest.textContent.trim().slice(0, 40) + '”');
  }
  // Letter under letter, nobody reads it either.
  for (const one of document.querySelectorAll('main :is(caption, h1, h2, h3, p, li, dt, dd, label, legend, summary)')) {
    const box = one.getBoundingClientRect(), words = one.textContent.trim();
    if (one.checkVisibility() && words.length > 8 && box.width < 60 && box.height > 3 * box.width) beside.add(words.slice(0, 60));
  }
  return [...beside];
})()"""
