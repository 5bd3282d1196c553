// BagIt bags among the chosen files, also a bag within a bag: what each lists, what it must not hold besides.
// Source: RFC 8493.

const MANIFEST = /^(tag)?manifest-(sha256|sha512)\.txt$/;
const LINE = /^([0-9a-f]+) {1,2}\*?(.+)$/i;
const DIGITS = { sha256: 64, sha512: 128 };
// What seals a bag cannot be listed in what it seals.
const OF_SEAL = /^niem-phong\/(bien-ban\.pdf|so-theo-doi\.jsonl|(checkpoint|niem-phong)\.txt(\.p7s(\.tsr)?)?|thu-hoi\/[^/]+)$/;
// What operating systems put on a medium when they see it.
const OF_SYSTEM = /(^|\/)(System Volume Information|\$RECYCLE\.BIN|\.Spotlight-V100|\.fseventsd|\.Trashes|\.DS_Store|Thumbs\.db|desktop\.ini)(\/|$)/i;

export const isOfSystem = (path) => OF_SYSTEM.test(path);

const decoded = (name) => name.replace(/%0D/gi, '\r').replace(/%0A/gi, '\n').replace(/%25/g, '%');

/** Folders that hold a `bagit.txt`, outer ones first; the chosen folder itself is ''. */
export function bagRoots(paths) {
  const roots = paths.filter((path) => path === 'bagit.txt' || path.endsWith('/bagit.txt'));
  return roots.map((path) => path.slice(0, -'bagit.txt'.length)).sort((one, other) => one.length - other.length);
}

/** Lines of a manifest as `[name, digest]`; null when a line is none, or a name leads out of the bag. */
export function manifestLines(text, algorithm) {
  const entries = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    if (line === '') continue;
    const found = LINE.exec(line);
    if (!found || found[1].length !== DIGITS[algorithm]) return null;
    const name = decoded(found[2]).replace(/^\.\//, '');
    if (name.startsWith('/') || name.split('/').includes('..')) return null;
    entries.push([name, found[1].toLowerCase()]);
  }
  return entries;
}

/**
 * What a bag says of its files: `expected` maps path to `{sha256, sha512}`, `problems` are `[code, path]`.
 * `text` reads a small file.
 */
export async function readBag(root, files, text) {
  const inside = [...files.keys()].filter((path) => path.startsWith(root)).map((path) => path.slice(root.length));
  const expected = new Map();
  const problems = [];
  const kinds = { payload: new Map(), tag: new Map() };
  for (const name of inside) {
    const found = MANIFEST.exec(name);
    if (!found) continue;
    const [, tag, algorithm] = found;
    const entries = manifestLines(await text(root + name), algorithm);
    if (!entries) { problems.push(['manifest', root + name]); continue; }
    const kind = kinds[tag ? 'tag' : 'payload'];
    kind.set(algorithm, new Set(entries.map(([path]) => path)));
    for (const [path, digest] of entries) {
      const wanted = expected.get(root + path) ?? {};
      if (wanted[algorithm] && wanted[algorithm] !== digest) problems.push(['contradiction', root + path]);
      expected.set(root + path, { ...wanted, [algorithm]: digest });
    }
  }
  for (const [name, kind] of Object.entries(kinds)) {
    if (!kind.size) problems.push([name === 'tag' ? 'no-tagmanifest' : 'no-manifest', root]);
    // Every manifest of a kind lists the same files (RFC 8493, 2.1.3).
    const all = new Set([...kind.values()].flatMap((names) => [...names]));
    for (const [algorithm, names] of kind) {
      for (const path of all) if (!names.has(path)) problems.push(['unlisted', `${root}${path} (${algorithm})`]);
    }
  }
  for (const path of expected.keys()) if (!files.has(path)) problems.push(['missing', path]);
  for (const name of inside) {
    const free = name.startsWith('tagmanifest-') || OF_SEAL.test(name);
    if (expected.has(root + name) || (free && !name.startsWith('data/'))) continue;
    problems.push([isOfSystem(root + name) ? 'system' : 'extra', root + name]);
  }
  return { root, expected, problems };
}
