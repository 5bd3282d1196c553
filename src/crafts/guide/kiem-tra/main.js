// The page: buttons, progress, language. Everything else is in the other files.

import { check } from './checking.js';
import { offersFolders, ofFolder, ofInput } from './choosing.js';
import { Stopped } from './hashing.js';
import { put, show, size } from './showing.js';
import { LABELS } from './words.js';

const byId = (id) => document.getElementById(id);
let running = null;

function speak(language) {
  document.documentElement.lang = language;
  for (const one of ['vi', 'en']) byId(one).setAttribute('aria-pressed', String(one === language));
}

async function run(choose) {
  if (running) return;
  running = { stopped: false };
  const [progress, line, result] = [byId('progress'), byId('line'), byId('result')];
  let shown = 0;
  try {
    const files = await choose();
    if (!files.size) return;
    byId('working').hidden = false;
    result.replaceChildren();
    const found = await check(files, (path, bytes, total) => {
      const now = performance.now();
      if (now - shown < 100) return;
      shown = now;
      progress.max = total || 1;
      progress.value = bytes;
      line.replaceChildren();
      put(line, 'span', LABELS.reading(path));
      line.append(` · ${size(bytes)} / ${size(total)}`);
    }, () => running.stopped);
    show(result, found);
  } catch (error) {
    // Closing the chooser is no fault.
    if (error.name !== 'AbortError' && !(error instanceof Stopped)) {
      result.replaceChildren();
      put(result, 'h2', LABELS.failed, 'summary damage');
      put(result, 'p', String(error.message));
    }
  } finally {
    byId('working').hidden = true;
    running = null;
  }
}

byId('too-old').remove();
byId('tools').hidden = false;
byId('upload-words').hidden = offersFolders();
for (const language of ['vi', 'en']) byId(language).addEventListener('click', () => speak(language));
byId('choose-folder').addEventListener('click', () => {
  if (offersFolders()) run(async () => ofFolder(await globalThis.showDirectoryPicker({ mode: 'read' })));
  else byId('folder').click();
});
byId('choose-files').addEventListener('click', () => byId('files').click());
for (const id of ['folder', 'files']) {
  byId(id).addEventListener('change', ({ target }) => {
    const files = ofInput([...target.files]);
    target.value = '';
    run(async () => files);
  });
}
byId('stop').addEventListener('click', () => { if (running) running.stopped = true; });
