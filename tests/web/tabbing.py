"""A person who cannot use a mouse, on every page: with Tab alone they come to whatever can be used, in the order in which
it stands there, and always see where they are; the first stop leads past the menu.
"""

#: Everything that can be used, and a note of each stop as it is made. Nothing where a page is between itself and itself.
BEGIN = r"""(() => {
  if (!document.body) return null;
  const used = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const groups = (one) => [...document.querySelectorAll('input[type=radio]')].filter((other) => other.name === one.name && other.form === one.form);
  // Of choices that exclude each other Tab stops at one, and the arrows lead to the others.
  const has_turn = (one) => one.type !== 'radio' || one.checked || (!groups(one).some((other) => other.checked) && groups(one)[0] === one);
  const left_out = ':disabled, [type=hidden], [tabindex="-1"]';
  const stops = [...document.querySelectorAll(used)].filter((one) => !one.matches(left_out) && one.checkVisibility({visibilityProperty: true}) && has_turn(one));
  const named = (one) => one.tagName.toLowerCase() + ' ' + (one.textContent.trim() || one.getAttribute('aria-label') || one.name || one.id).replace(/\s+/g, ' ').slice(0, 50);
  const tabs = window.niemphongTabs = {stops, named, made: [], unseen: [], before: document.activeElement};
  tabs.note = (event) => {
    const one = event.target, drawn = getComputedStyle(one), box = one.getBoundingClientRect();
    tabs.made.push(one);
    const is_drawn = drawn.outlineStyle !== 'none' && parseFloat(drawn.outlineWidth) >= 2;
    if (!is_drawn || !box.width || !box.height || box.right <= 0 || box.left >= innerWidth) tabs.unseen.push(named(one));
  };
  document.addEventListener('focusin', tabs.note);
  // From the top, wherever the page or a person has put the focus.
  document.body.tabIndex = -1;
  document.body.focus({preventScroll: true});
  document.body.blur();
  document.body.removeAttribute('tabindex');
  tabs.made.length = tabs.unseen.length = 0;
  return true;
})()"""

#: How many stops are missing, and whether the focus is among what a document in a frame has in it.
STANDING = r"""(() => {
  const tabs = window.niemphongTabs;
  if (!tabs) return null;
  return {missing: tabs.stops.filter((one) => !tabs.made.includes(one)).length, within: document.activeElement.matches('iframe')};
})()"""

#: Past a document in its frame: what is in there, and the way out of it, belong to the viewer of the browser.
PAST_FRAME = r"""(() => {
  const after = (one) => document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
  window.niemphongTabs?.stops.find(after)?.focus({focusVisible: true});
})()"""

#: What was found; the next Tab begins where it would have begun.
END = r"""(() => {
  const tabs = window.niemphongTabs;
  if (!tabs) return null;
  document.removeEventListener('focusin', tabs.note);
  const {stops, named, unseen, before} = tabs, found = [];
  // A browser stops at what can be pushed with the arrows, also where nobody said so.
  const is_pushed = (one) => one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth;
  const made = [...new Set(tabs.made)].filter((one) => stops.includes(one) || !is_pushed(one));
  for (const one of stops) if (!made.includes(one)) found.push(`Tab does not come to ${named(one)}`);
  for (const one of made) if (!stops.includes(one)) found.push(`Tab comes to ${named(one)}, which is nothing to use`);
  const order = made.filter((one) => stops.includes(one)), expected = stops.filter((one) => made.includes(one));
  const other = order.findIndex((one, at) => one !== expected[at]);
  if (other >= 0) found.push(`Tab comes to ${named(order[other])} before ${named(expected[other])}`);
  for (const one of new Set(unseen)) found.push(`the focus on ${one} cannot be seen`);
  for (const one of document.querySelectorAll('[tabindex]')) if (one.tabIndex > 0) found.push(`${named(one)} jumps the queue`);
  if (!stops[0]?.matches('a.skip')) found.push('the first stop is no way to the content');
  delete window.niemphongTabs;
  if (before === document.body) document.body.tabIndex = -1;
  before.focus({preventScroll: true});
  if (before === document.body) { before.blur(); before.removeAttribute('tabindex'); }
  for (const one of document.querySelectorAll('*')) if (one.scrollLeft || one.scrollTop) one.scrollTo(0, 0);
  return found;
})()"""
