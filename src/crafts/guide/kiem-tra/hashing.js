// Digests of files of any size: read in pieces, so that a disc of 4 GB needs no more memory than one piece.
// WebCrypto has no streaming digest; @noble/hashes is audited and needs no WebAssembly, which a strict policy
// would have to allow by 'wasm-unsafe-eval'.

import { sha256, sha512 } from '@noble/hashes/sha2.js';

const PIECE_BYTES = 1024 * 1024;
// A PDF up to this length is read once, for digests and signatures alike.
export const WHOLE_BYTES = 64 * 1024 * 1024;

const ALGORITHMS = { sha256, sha512 };

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
export const digest = (algorithm, bytes) => hex(ALGORITHMS[algorithm](bytes));
export const sha256Bytes = (bytes) => sha256(bytes);

/** Reads `file` once; the digests asked for by name, and its bytes when `whole` is asked for. */
export async function readFile(file, algorithms, whole, onBytes, stopped) {
  const hashes = algorithms.map((name) => ALGORITHMS[name].create());
  const kept = whole ? new Uint8Array(file.size) : null;
  for (let at = 0; at < file.size; at += PIECE_BYTES) {
    if (stopped()) throw new Stopped();
    const piece = new Uint8Array(await file.slice(at, at + PIECE_BYTES).arrayBuffer());
    // A medium that breaks off must not look like a shorter file.
    if (piece.length !== Math.min(PIECE_BYTES, file.size - at)) throw new Error('short read');
    for (const hash of hashes) hash.update(piece);
    if (kept) kept.set(piece, at);
    onBytes(piece.length);
  }
  const digests = {};
  algorithms.forEach((name, index) => { digests[name] = hex(hashes[index].digest()); });
  return { digests, bytes: kept };
}

export class Stopped extends Error {}
