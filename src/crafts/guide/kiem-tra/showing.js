// What was found, as elements of the page. Text of files only ever becomes text.

import { LABELS, SUMMARY, WORDS } from './words.js';

const SHOWN_ROWS = 500;
const SECONDS = { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Asia/Ho_Chi_Minh' };

const count = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, '.');
export const size = (bytes) => (bytes < 1e6 ? `${count(Math.ceil(bytes / 1e3))} KB` : `${count(Math.round(bytes / 1e6))} MB`);
const grouped = (hex) => hex.match(/.{1,8}/g).join(' ');
const moment = (date) => `${new Intl.DateTimeFormat('vi-VN', SECONDS).format(date)} (UTC+7)`;

/** An element with text, or with the same in both languages. */
export function put(parent, tag, words, className) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (Array.isArray(words)) {
    ['vi', 'en'].forEach((language, index) => {
      const span = document.createElement('span');
      span.lang = language;
      span.textContent = words[index];
      element.append(span);
    });
  } else if (words !== undefined) {
    element.textContent = words;
  }
  parent.append(element);
  return element;
}

function digestLine(parent, label, hex) {
  put(parent, 'dt', label);
  put(put(parent, 'dd'), 'code', grouped(hex));
}

function table(parent, title, rows, className) {
  if (!rows.length) return;
  const wide = put(parent, 'div', undefined, 'wide');
  wide.tabIndex = 0;
  wide.setAttribute('role', 'region');
  const element = put(wide, 'table', undefined, className);
  const caption = put(element, 'caption', title);
  caption.id = `caption-${document.querySelectorAll('caption').length}`;
  wide.setAttribute('aria-labelledby', caption.id);
  const head = put(put(element, 'thead'), 'tr');
  for (const label of [LABELS.file, LABELS.meaning]) put(head, 'th', label).scope = 'col';
  const body = put(element, 'tbody');
  for (const { code, path } of rows.slice(0, SHOWN_ROWS)) {
    const row = put(body, 'tr');
    row.dataset.code = code;
    put(row, 'th', path || '–').scope = 'row';
    put(row, 'td', WORDS[code]);
  }
  if (rows.length > SHOWN_ROWS) put(parent, 'p', LABELS.more(rows.length - SHOWN_ROWS));
}

function summary(found) {
  if (found.stopped) return ['attention', SUMMARY.stopped()];
  if (found.problems.length) return ['damage', SUMMARY.damage(found.problems.length)];
  const intactPdf = found.pdfs.some((pdf) => pdf.signatures.length);
  if (!found.bags.length && !intactPdf) return ['attention', SUMMARY.unjudged()];
  if (found.notes.length) return ['attention', SUMMARY.attention(found.notes.length)];
  return ['nothing', SUMMARY.nothing()];
}

/** What the statement is about stands in its first line: a medium or a deposit. */
const nameOf = (seal) => seal.lines?.find(([key]) => key === 'medium' || key === 'deposit')?.[1];

function bag(parent, { root, seal }) {
  const section = put(parent, 'section');
  put(section, 'h3', LABELS.bag(root.replace(/\/$/, '') || nameOf(seal) || LABELS.wholeFolder[0]));
  if (!seal.digest) return;
  const list = put(section, 'dl');
  digestLine(list, LABELS.seal, seal.digest);
  if (seal.stamp?.certificate) {
    put(list, 'dt', LABELS.stamp);
    put(list, 'dd', `${seal.stamp.signer} (${seal.stamp.issuer})`);
    digestLine(list, LABELS.school, seal.stamp.certificate);
  }
  if (seal.timestamp?.intact) {
    put(list, 'dt', LABELS.time);
    put(list, 'dd', `${moment(seal.timestamp.time)} (${seal.timestamp.signer})`);
  } else if (seal.stamp && !seal.timestamp) {
    put(section, 'p', LABELS.noTime);
  }
  const details = put(section, 'details');
  put(details, 'summary', LABELS.statement);
  const lines = put(details, 'dl');
  for (const [key, value] of seal.lines) {
    put(lines, 'dt', key);
    put(put(lines, 'dd'), 'code', value);
  }
}

function pdfs(parent, list) {
  if (!list.length) return;
  const details = put(parent, 'details');
  put(details, 'summary', LABELS.pdfs(count(list.length)));
  put(details, 'p', LABELS.signatures);
  for (const pdf of list.slice(0, SHOWN_ROWS)) {
    put(details, 'h4', pdf.path);
    if (!pdf.signatures.length) put(details, 'p', LABELS.unsigned);
    const signatures = put(details, 'ol');
    for (const one of pdf.signatures) {
      const item = put(signatures, 'li');
      put(item, 'strong', one.intact ? LABELS.holds : LABELS.broken);
      const told = [one.signer, one.issuer, one.time ? moment(one.time) : ''].filter(Boolean).join('; ');
      item.append(': ', told);
      if (one.isTimestamp) { item.append(', '); put(item, 'span', LABELS.timestamp); }
    }
  }
  if (list.length > SHOWN_ROWS) put(details, 'p', LABELS.more(count(list.length - SHOWN_ROWS)));
}

export function show(parent, found) {
  parent.replaceChildren();
  const [kind, words] = summary(found);
  const heading = put(parent, 'h2', words, `summary ${kind}`);
  heading.tabIndex = -1;
  put(parent, 'p', LABELS.read(count(found.files), size(found.bytes)));
  table(parent, LABELS.problems, found.problems, 'damage');
  table(parent, LABELS.notes, found.notes);
  for (const one of found.bags) bag(parent, one);
  if (found.page) digestLine(put(parent, 'dl'), LABELS.page, found.page.sha256);
  if (found.singles.length) {
    const details = put(parent, 'details');
    details.open = !found.bags.length;
    put(details, 'summary', LABELS.singles);
    const list = put(details, 'dl');
    for (const { path, bytes, sha256 } of found.singles.slice(0, SHOWN_ROWS)) {
      put(list, 'dt', `${path} (${size(bytes)})`);
      put(put(list, 'dd'), 'code', grouped(sha256));
    }
  }
  pdfs(parent, found.pdfs);
  heading.focus();
}
