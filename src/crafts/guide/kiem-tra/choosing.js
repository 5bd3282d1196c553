// The files a person chooses, as a map from path to a function that opens it. Nothing is read yet.

export const offersFolders = () => typeof globalThis.showDirectoryPicker === 'function';

/** Files below a folder that the browser lets us walk through. */
export async function ofFolder(folder) {
  const files = new Map();
  const waiting = [['', folder]];
  while (waiting.length) {
    const [path, handle] = waiting.pop();
    for await (const [name, entry] of handle.entries()) {
      if (entry.kind === 'directory') waiting.push([`${path}${name}/`, entry]);
      else files.set(path + name, () => entry.getFile());
    }
  }
  return files;
}

/** Files of an `<input>`; those of a folder lose the name of the folder itself. */
export function ofInput(list) {
  const files = new Map();
  for (const file of list) {
    const path = file.webkitRelativePath ? file.webkitRelativePath.replace(/^[^/]+\//, '') : file.name;
    files.set(path, async () => file);
  }
  return files;
}
