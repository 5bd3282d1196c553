// Builds KIEM-TRA.html out of these files and the libraries of package-lock.json.
//
// usage: node build.mjs TARGET    (after `npm ci --ignore-scripts`; see scripts/kiem-tra)

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const [target] = process.argv.slice(2);
const bundled = await build({
  entryPoints: ['main.js'], bundle: true, minify: true, write: false, format: 'iife', target: 'es2022',
  charset: 'ascii', legalComments: 'none', metafile: true, logLevel: 'warning',
});
// Nothing that ends the element early; the digest is over what the browser sees.
const script = bundled.outputFiles[0].text.trim().replaceAll('</script', '<\\/script');
const style = readFileSync('style.css', 'utf8').trim();
const source = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = `default-src 'none'; script-src ${source(script)}; style-src ${source(style)}; base-uri 'none'; form-action 'none'`;

// Every package that esbuild took something from, with its own words.
const packages = new Set(Object.keys(bundled.metafile.inputs)
  .map((path) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
const licence = (folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const file of ['LICENSE', 'LICENSE.md', 'LICENSE.txt']) {
    try { return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`; } catch { /* the next name */ }
  }
  const own = join('licences', `${name.replace('/', '-')}.txt`);
  return `${name} ${version} (${license})\n\n${readFileSync(own, 'utf8').trim()}\n`;
};
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const licences = escaped([...packages].sort().map(licence).join('\n\n').replaceAll('\r\n', '\n'));

let page = readFileSync('page.html', 'utf8');
for (const [name, value] of Object.entries({ policy, style, script, licences })) {
  page = page.replace(`{{${name}}}`, () => value);
}
writeFileSync(target, page);
