import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DEFLATED = 8;
/** The end record, with the longest comment it can have. */
const END_BYTES_MAX = 22 + 65_535;

/** The bytes of one file in a zip archive. Throws if it is not in there, or packed in another way than zip's usual two. */
export function unzipEntry(archive, name) {
  const found = directoryEntry(archive, name);
  const start =
    found.offset + 30 + archive.readUInt16LE(found.offset + 26) + archive.readUInt16LE(found.offset + 28);
  const packed = archive.subarray(start, start + found.packedBytes);
  if (found.method === 0) return packed;
  if (found.method !== DEFLATED)
    throw new Error(`${name} is packed by method ${found.method}, which is not known here`);
  return inflateRawSync(packed);
}

function directoryEntry(archive, name) {
  const end = endOfDirectory(archive);
  const names = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) break;
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      archive.readUInt16LE(at + field),
    );
    const entry = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    if (entry === name) {
      return {
        method: archive.readUInt16LE(at + 10),
        packedBytes: archive.readUInt32LE(at + 20),
        offset: archive.readUInt32LE(at + 42),
      };
    }
    names.push(entry);
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  throw new Error(`the archive has no ${name}, but ${names.join(', ')}`);
}

function endOfDirectory(archive) {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - END_BYTES_MAX); at -= 1) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error('this is no zip archive');
}
