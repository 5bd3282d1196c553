// The check, without a word for people and without a page: files in, what was found out.

import { bagRoots, isOfSystem, readBag } from './bags.js';
import { canVerify } from './cms.js';
import { Stopped, WHOLE_BYTES, readFile } from './hashing.js';
import { pdfSignatures } from './pdf.js';
import { readSeal } from './seal.js';

// The register of a school of twenty years has a few MB; what is read as text is never longer.
const TEXT_BYTES = 256 * 1024 * 1024;

/**
 * `files`: path to function that opens it. Result: `{files, bytes, bags, singles, pdfs, problems, notes, stopped}`;
 * problems and notes are `{code, path}`.
 */
export async function check(files, onProgress, stopped) {
  const found = { files: 0, bytes: 0, bags: [], singles: [], pdfs: [], problems: [], notes: [], stopped: false };
  const problem = ([code, path]) => {
    const list = code === 'system' ? found.notes : found.problems;
    if (!list.some((one) => one.code === code && one.path === path)) list.push({ code, path });
  };
  const small = async (path) => {
    const open = files.get(path);
    if (!open) return null;
    try {
      const file = await open();
      return file.size <= TEXT_BYTES ? new Uint8Array(await file.arrayBuffer()) : null;
    } catch {
      return null;
    }
  };
  const text = async (path) => new TextDecoder().decode((await small(path)) ?? new Uint8Array());
  const bags = [];
  for (const root of bagRoots([...files.keys()])) {
    const bag = await readBag(root, files, text);
    bag.problems.forEach(problem);
    bags.push(bag);
  }
  const wanted = new Map();
  for (const bag of bags) {
    for (const [path, digests] of bag.expected) wanted.set(path, [...(wanted.get(path) ?? []), digests]);
  }
  const opened = new Map();
  for (const [path, open] of files) {
    try {
      opened.set(path, await open());
    } catch {
      problem(['unreadable', path]);
    }
  }
  const total = [...opened.values()].reduce((sum, file) => sum + file.size, 0);
  const verifies = canVerify();
  try {
    for (const [path, file] of [...opened].sort(([one], [other]) => (one < other ? -1 : 1))) {
      onProgress(path, found.bytes, total);
      await one(path, file, wanted.get(path) ?? [], bags, found, problem, verifies, stopped, (bytes) => {
        found.bytes += bytes;
        onProgress(path, found.bytes, total);
      });
    }
    for (const bag of bags) {
      const seal = await readSeal(bag.root, small, verifies);
      seal.problems.forEach(problem);
      found.bags.push({ root: bag.root, files: bag.expected.size, seal });
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    found.stopped = true;
  }
  if (!verifies) found.notes.push({ code: 'no-crypto', path: '' });
  return found;
}

async function one(path, file, expected, bags, found, problem, verifies, stopped, onBytes) {
  const isPdf = /\.pdf$/i.test(path);
  const inBag = bags.some((bag) => path.startsWith(bag.root));
  const algorithms = new Set(expected.flatMap(Object.keys));
  const isPage = /(^|\/)KIEM-TRA\.html$/.test(path);
  if (!inBag || isPage) algorithms.add('sha256');
  const whole = isPdf && verifies && file.size <= WHOLE_BYTES;
  let read;
  try {
    read = await readFile(file, [...algorithms], whole, onBytes, stopped);
  } catch (error) {
    if (error instanceof Stopped) throw error;
    problem(['unreadable', path]);
    return;
  }
  found.files += 1;
  for (const digests of expected) {
    if (Object.entries(digests).some(([name, digest]) => read.digests[name] !== digest)) problem(['changed', path]);
  }
  if (isPage) found.page = { path, sha256: read.digests.sha256 };
  else if (!inBag && !isOfSystem(path)) found.singles.push({ path, bytes: file.size, sha256: read.digests.sha256 });
  if (!isPdf || !verifies) return;
  if (!whole) { found.notes.push({ code: 'large-pdf', path }); return; }
  await onePdf(path, read.bytes, found, problem);
}

async function onePdf(path, bytes, found, problem) {
  const pdf = await pdfSignatures(bytes);
  found.pdfs.push({ path, ...pdf });
  if (pdf.signatures.some((one) => one.strange)) problem(['pdf-range', path]);
  if (pdf.signatures.some((one) => !one.strange && !one.intact)) problem(['pdf-signature', path]);
  const mustBeSigned = /(^|\/)(data\/ho-so\/[^/]+|niem-phong\/bien-ban)\.pdf$/i.test(path);
  if (!pdf.signatures.length && mustBeSigned) problem(['pdf-unsigned', path]);
  else if (pdf.signatures.length && pdf.uncovered > 0) found.notes.push({ code: 'pdf-uncovered', path, bytes: pdf.uncovered });
}
