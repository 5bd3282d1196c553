"""What a finger or an unsteady hand misses: whatever is pressed and is lower than 44 pixels, or of which something else
takes a part; what is wider than its place without a sign that the rest is pushed into sight; names cut in a list.

A tick is as high as the label around it. A link within a sentence is as high as its line (WCAG 2.5.8), nothing else is.
"""

LOOK = r"""(() => {
  if (!document.body) return null;
  const found = new Set(), least = 44;
  const named = (one) => one.tagName.toLowerCase() + ' ' + (one.textContent.trim() || one.getAttribute('aria-label') || one.name || one.id).slice(0, 50);
  // Words beside it that are no link and no translation of it.
  const within_sentence = (one) => {
    const block = one.closest('p, li, dd, dt, summary, caption, label, small, span.hint');
    if (!block || one.matches('.button') || getComputedStyle(one).display !== 'inline') return false;
    const rest = block.cloneNode(true);
    rest.querySelectorAll('a, button, .en, .stage').forEach((other) => other.remove());
    return /\p{L}{2}/u.test(rest.textContent);
  };
  const pressed = 'a[href], button, input:not([type=hidden]), select, textarea, summary, label:has(input)';
  for (const one of document.querySelectorAll(pressed)) {
    if (!one.checkVisibility({visibilityProperty: true}) || one.matches('.skip, label input')) continue;
    const whole = one.closest('label') ?? one;
    if (one.matches('a') && within_sentence(one)) continue;
    const box = whole.getBoundingClientRect();
    if (box.height < least - 0.5) { found.add(`${named(one)}: ${Math.round(box.height)} px high`); continue; }
    // Of what stands close together, each has its own 44 pixels.
    // By the window alone: to scroll an element into view moves the place from which Tab goes on.
    scrollTo(0, scrollY + box.top - innerHeight / 2);
    const now = whole.getBoundingClientRect(), x = now.left + now.width / 2;
    if (x < 0 || x >= innerWidth) continue;
    const middle = Math.max(now.top + 21, Math.min(now.bottom - 21, innerHeight / 2));
    const own = (y) => { const met = document.elementFromPoint(x, y); return !met || whole.contains(met) || met.contains(whole) && met !== document.body; };
    if (![-20, 20].every((by) => own(middle + by))) found.add(`${named(one)}: something else lies over a part of it`);
  }
  scrollTo(0, 0);
  for (const one of document.querySelectorAll('body *')) {
    if (!one.checkVisibility() || one.closest('.skip, svg') || one.matches('input, textarea, select, iframe')) continue;
    const style = getComputedStyle(one);
    if (style.display === 'inline') continue;
    // Heads that a phone does not show stand beside it for who listens.
    if (one.getBoundingClientRect().right < 0) continue;
    if (one.scrollWidth <= one.clientWidth + 1 || !one.clientWidth) continue;
    const is_pushed = ['auto', 'scroll'].includes(style.overflowX);
    const has_sign = is_pushed && Number(getComputedStyle(one, '::after').opacity) > 0.9;
    const inside_pushed = !is_pushed && one.parentElement.closest('.wide');
    if (!has_sign && !inside_pushed) found.add(`${named(one)}: ${one.scrollWidth - one.clientWidth} px wider than its place, and no sign of it`);
  }
  // Of what is chosen from a list the name has room; where more stands behind it, that it is cut can be seen.
  const paper = document.createElement('canvas').getContext('2d');
  for (const one of document.querySelectorAll('select')) {
    if (!one.checkVisibility()) continue;
    const style = getComputedStyle(one), arrow = 20;
    paper.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const room = one.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
    for (const option of one.options) {
      const [name] = option.text.split(/ – |, chứng thư | \/ | \(/);
      if (paper.measureText(name).width > room) found.add(`select ${one.id || one.name}: “${name}” is cut`);
      else if (paper.measureText(option.text).width > room && style.textOverflow !== 'ellipsis') found.add(`select ${one.id || one.name}: cut without a sign`);
    }
  }
  for (const one of document.querySelectorAll('*')) if (one.scrollLeft || one.scrollTop) one.scrollTo(0, 0);
  return [...found];
})()"""
