// Signatures of a PDF: every ByteRange is found by its bytes, its CMS is checked over exactly these bytes, and
// what no signature covers is told. Objects, pages and permissions are not judged here.
// Source: ISO 32000-2, 12.8.1.

import { cms, derLength } from './cms.js';

const KEY = new TextEncoder().encode('/ByteRange');
const RANGE = /^\/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]/;
const BEFORE_CONTENTS = /\/Contents\s*$/;

const latin1 = (bytes) => String.fromCharCode(...bytes);

function* placesOf(bytes) {
  for (let at = bytes.indexOf(KEY[0]); at !== -1; at = bytes.indexOf(KEY[0], at + 1)) {
    if (KEY.every((letter, index) => bytes[at + index] === letter)) yield at;
  }
}

/** The CMS between two ranges: hexadecimal digits, then nothing but zeros; null when it is anything else. */
function contents(bytes, from, to) {
  if (bytes[from] !== 0x3c || bytes[to - 1] !== 0x3e || (to - from) % 2 !== 0) return null;
  if (!BEFORE_CONTENTS.test(latin1(bytes.subarray(Math.max(0, from - 32), from)))) return null;
  const out = new Uint8Array((to - from) / 2 - 1);
  for (let index = 0; index < out.length; index += 1) {
    const high = digitValue(bytes[from + 1 + 2 * index]);
    const low = digitValue(bytes[from + 2 + 2 * index]);
    if (high === -1 || low === -1) return null;
    out[index] = high * 16 + low;
  }
  const length = derLength(out);
  if (length === null || out.subarray(length).some((byte) => byte !== 0)) return null;
  return out.slice(0, length);
}

function digitValue(code) {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

async function signatureAt(bytes, at) {
  const found = RANGE.exec(latin1(bytes.subarray(at, at + 96)));
  if (!found) return { strange: true, end: 0 };
  const [start, length, second, rest] = found.slice(1).map(Number);
  const end = second + rest;
  const der = start === 0 && length < second && end <= bytes.length ? contents(bytes, length, second) : null;
  // A range that leaves out more than its own value covers nothing that can be relied on.
  if (!der || (at >= length && at < second)) return { strange: true, end };
  const covered = new Uint8Array(length + rest);
  covered.set(bytes.subarray(0, length));
  covered.set(bytes.subarray(second, end), length);
  const told = await cms(der, covered.buffer);
  return told ? { ...told, end } : { strange: true, end };
}

/** `{signatures, uncovered}`: in the order of what they cover, and how many bytes stand behind the last. */
export async function pdfSignatures(bytes) {
  const signatures = [];
  for (const at of placesOf(bytes)) signatures.push(await signatureAt(bytes, at));
  signatures.sort((one, other) => one.end - other.end);
  const last = signatures.length ? signatures[signatures.length - 1].end : 0;
  return { signatures, uncovered: bytes.length - last };
}
