"""What a page says in Vietnamese alone: every block of text of ours has its English in it or right after it, but for who
wants to read Vietnamese alone: then no English is there.

Data of the school (names, reasons that somebody typed, wordings of a form) are marked with `translate="no"`, as HTML
has it, and so are names of documents and words of a form, in cells of tables as elsewhere; commands and codes are marked
by their elements.
"""

from html.parser import HTMLParser

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
  // Who shows Vietnamese alone is asked whether both are wanted, and has no English.
  if (document.querySelector('footer button[value=vi-en]')) return [];
  if (VIETNAMESE.test(document.title) && !document.title.includes(' / ')) missing.add('title: ' + document.title);
  for (const block of document.querySelectorAll('body, body *')) {
    if (!block.matches(BLOCK) || block.matches(DATA) || block.closest(DATA)) continue;
    const words = own(block);
    if (!VIETNAMESE.test(words)) continue;
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
  return [...missing];
})()"""


def left_in(page: str) -> list[str]:
    """English on a page that was asked for in Vietnamese alone, but for the words of the switch back to both."""
    reader = English()
    reader.feed(page)
    return reader.left


class English(HTMLParser):
    """Elements of ours in English, and both languages on one line where no markup can stand."""

    LINES = ("aria-label", "title", "alt", "placeholder", "label")

    def __init__(self):
        super().__init__()
        self.left: list[str] = []
        self.inside = ""
        self.of_switch = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.inside = tag
        self.of_switch |= tag == "footer"
        classes = (named.get("class") or "").split()
        if "en" in classes or (named.get("lang") == "en" and not self.of_switch):
            self.left.append(f"<{tag}> in English at {self.getpos()}")
        self.left += [f"{one}: {named[one]}" for one in self.LINES if " / " in (named.get(one) or "")]

    def handle_data(self, data: str) -> None:
        if self.inside in ("option", "title") and " / " in data:
            self.left.append(f"{self.inside}: {data}")
