"""What a page says in Vietnamese alone: every block of text of ours has its English in it or right after it.

Data of the school (names, reasons that somebody typed, wordings of a form) are marked with `translate="no"`, as HTML
has it, and so are commands and codes by their elements. What stands in a cell of a table is data, except a stage.
"""

LOOK = r"""(() => {
  const VIETNAMESE = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;
  const DATA = '[translate=no], code, pre, textarea, script, style, .en, [lang=en]';
  const BLOCK = 'h1, h2, h3, h4, th, td, legend, label, button, summary, p, li, dt, dd, caption, a.button, option, .stage, div, section, form, span.said, main, nav, footer, header, body';
  const ENGLISH = '.en, [lang=en]';
  const text = (one) => {
    const copy = one.cloneNode(true);
    copy.querySelectorAll(DATA).forEach((data) => data.remove());
    return copy.textContent.replace(/\s+/g, ' ').trim();
  };
  const own = (block) => {
    const copy = block.cloneNode(true);
    copy.querySelectorAll(DATA).forEach((data) => data.remove());
    copy.querySelectorAll(BLOCK).forEach((inner) => inner.remove());
    return copy.textContent.replace(/\s+/g, ' ').trim();
  };
  const said = (words) => words.split(/\s+/).filter((word) => /\p{L}{2,}/u.test(word)).length;
  // A title of one word is not an English version of a paragraph.
  const enough = (vietnamese, english) => english > 0 && english * 5 >= vietnamese;
  const english = (block) => {
    const inside = [...block.querySelectorAll(ENGLISH)].map((one) => one.textContent);
    const after = block.nextElementSibling;
    if (after && after.matches(ENGLISH)) inside.push(after.textContent);
    return said(inside.join(' '));
  };
  const missing = new Set();
  for (const block of document.querySelectorAll('body, body *')) {
    if (!block.matches(BLOCK) || block.matches(DATA) || block.closest(DATA)) continue;
    const words = own(block);
    if (!VIETNAMESE.test(words)) continue;
    if (block.matches('td, dd')) continue;
    if (block.matches('option')) {
      if (!words.includes(' / ') && !block.closest('[translate=no]')) missing.add('option: ' + words);
      continue;
    }
    // A notice is one block: what happened, what to do, then both in English. So is what is under way.
    const whole = block.closest('.notice, [data-tien-do]') ?? block;
    if (whole !== block && enough(said(text(whole)), english(whole))) continue;
    if (!enough(said(words), english(block))) missing.add(block.tagName.toLowerCase() + ': ' + words);
  }
  for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'label']) {
    for (const one of document.querySelectorAll(`[${name}]`)) {
      const words = one.getAttribute(name);
      const named = [...one.querySelectorAll('[translate=no]')].some((data) => data.textContent.includes(words));
      if (VIETNAMESE.test(words) && !words.includes(' / ') && !named && !one.closest('[translate=no]')) missing.add(name + ': ' + words);
    }
  }
  const page = document.documentElement, shown = page.className;
  page.className = 'vi';
  for (const one of document.querySelectorAll(ENGLISH)) {
    if (one.matches('.en') && one.checkVisibility()) missing.add('English among Vietnamese alone: ' + one.textContent);
  }
  page.className = shown;
  return [...missing];
})()"""
