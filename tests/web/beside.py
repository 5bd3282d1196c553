"""What a phone does not show before somebody pushes a table sideways: whatever is pressed there, and how a thing stands.

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
  return [...beside];
})()"""
