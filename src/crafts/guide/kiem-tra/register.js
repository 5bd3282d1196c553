// The register and its checkpoint: chain of lines, root of the tree of RFC 6962. Not in any manifest of a
// deposit, so only this tells a changed line.

import { hex, sha256Bytes } from './hashing.js';

const joined = (...parts) => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
};
const leaf = (line) => sha256Bytes(joined([0], line));
const node = (left, right) => sha256Bytes(joined([1], left, right));

/** Root of the tree over lines (RFC 6962, 2.1): complete subtrees of equal height are joined as they come. */
export function treeRoot(lines) {
  const stack = [];
  lines.forEach((line, index) => {
    let hash = leaf(line);
    for (let size = index + 1; size % 2 === 0; size /= 2) hash = node(stack.pop(), hash);
    stack.push(hash);
  });
  if (!stack.length) return sha256Bytes(new Uint8Array());
  return stack.reduceRight((right, left) => node(left, right));
}

/** The lines of a register, as bytes without their line feed; null when the last one has none. */
export function linesOf(bytes) {
  if (bytes.length && bytes[bytes.length - 1] !== 10) return null;
  const lines = [];
  let from = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, from)) {
    lines.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return lines;
}

/** True when the lines are those that the checkpoint text speaks of, and each names the one before. */
export function registerHolds(bytes, checkpoint) {
  const lines = linesOf(bytes);
  const [, size, root] = checkpoint.split('\n');
  if (!lines || lines.length !== Number(size)) return false;
  const wanted = hex(Uint8Array.from(atob(root), (letter) => letter.charCodeAt(0)));
  if (hex(treeRoot(lines)) !== wanted) return false;
  let previous = '0'.repeat(64);
  return lines.every((line) => {
    const names = JSON.parse(new TextDecoder().decode(line)).previous === previous;
    previous = hex(sha256Bytes(line));
    return names;
  });
}
