// The seal of a bag: the statement names the digests of the tag manifests, the stamp's CMS is over the
// statement, the timestamp over the CMS. What is shown here is compared with the label by a person.

import { cms, timestampResponse } from './cms.js';
import { registerHolds } from './register.js';
import { digest } from './hashing.js';

const STATEMENT = 'niem-phong/niem-phong.txt';
const CHECKPOINT = 'niem-phong/checkpoint.txt';
const REGISTER = 'niem-phong/so-theo-doi.jsonl';
// Label of the statement, file it speaks of, algorithm.
const NAMED = [
  ['tagmanifest-sha256', 'tagmanifest-sha256.txt', 'sha256'],
  ['tagmanifest-sha512', 'tagmanifest-sha512.txt', 'sha512'],
  ['bien-ban-sha512', 'niem-phong/bien-ban.pdf', 'sha512'],
];

/** Key and value of each line up to the empty one; a medium names several deposits. */
export function statementLines(text) {
  const lines = text.split('\n\n')[0].split('\n').slice(1);
  return lines.map((line) => [line.split(': ', 1)[0], line.slice(line.indexOf(': ') + 2)]);
}

/** `{digest, lines, stamp, timestamp, problems}`; `read` gives the bytes of a file of the bag, or null. */
export async function readSeal(root, read, canVerify) {
  const problems = [];
  const statement = await read(root + STATEMENT);
  if (!statement) return { problems: [['no-seal', root + STATEMENT]] };
  const text = new TextDecoder().decode(statement);
  const lines = statementLines(text);
  const named = new Map(lines);
  const seal = { digest: digest('sha256', statement), lines, problems };
  for (const [key, name, algorithm] of NAMED) {
    if (!named.has(key)) {
      if (key.startsWith('tagmanifest')) problems.push(['statement', root + STATEMENT]);
      continue;
    }
    const bytes = await read(root + name);
    if (!bytes) problems.push(['missing', root + name]);
    else if (digest(algorithm, bytes) !== named.get(key)) problems.push(['not-sealed', root + name]);
  }
  await checkRegister(root, read, text, problems);
  if (!canVerify) return seal;
  seal.stamp = await signed(`${root}${STATEMENT}.p7s`, statement, cms, read, problems);
  await signed(`${root}${CHECKPOINT}.p7s`, await read(root + CHECKPOINT), cms, read, problems);
  const response = await read(`${root}${STATEMENT}.p7s.tsr`);
  const signature = await read(`${root}${STATEMENT}.p7s`);
  if (response && signature) {
    seal.timestamp = await timestampResponse(response.slice().buffer, signature.slice().buffer);
    if (!seal.timestamp?.intact) problems.push(['timestamp', `${root}${STATEMENT}.p7s.tsr`]);
  }
  return seal;
}

async function checkRegister(root, read, statement, problems) {
  const checkpoint = await read(root + CHECKPOINT);
  const register = await read(root + REGISTER);
  if (!checkpoint) { problems.push(['missing', root + CHECKPOINT]); return; }
  const text = new TextDecoder().decode(checkpoint);
  if (!statement.endsWith(`\n\n${text}`)) problems.push(['not-sealed', root + CHECKPOINT]);
  if (!register) { problems.push(['missing', root + REGISTER]); return; }
  let holds = false;
  try { holds = registerHolds(register, text); } catch { /* no JSON, no Base64: changed */ }
  if (!holds) problems.push(['register', root + REGISTER]);
}

async function signed(path, data, judge, read, problems) {
  const der = await read(path);
  if (!der) { problems.push(['missing', path]); return null; }
  const told = data ? await judge(der.slice().buffer, data.slice().buffer) : null;
  if (!told?.intact) problems.push(['seal-signature', path]);
  return told;
}
