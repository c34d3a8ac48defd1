// Writes a file of dirty companies that do not exist, and what is true of each of its rows:
//   node scripts/make-dirty-companies.mjs --rows 20000 --seed 1 --out dirty.csv [--truth truth.jsonl]
//     [--format csv|jsonl] [--delimiter ';'] [--encoding windows-1252] [--line-end crlf]
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import './with-build.mjs';

const { generateDirtyCompanies, encodeDirty } = createRequire(import.meta.url)(
  '../dist/libs/testing/src/index.js',
);

const LINE_ENDS = { lf: '\n', crlf: '\r\n', cr: '\r', mixed: 'mixed' };

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    truth: { type: 'string' },
    format: { type: 'string', default: 'csv' },
    delimiter: { type: 'string', default: ',' },
    encoding: { type: 'string', default: 'utf-8' },
    'line-end': { type: 'string', default: 'lf' },
  },
});
if (values.out === undefined) {
  console.error('--out FILE is missing: where to write the companies');
  process.exit(2);
}

const layout = {
  format: values.format,
  delimiter: values.delimiter,
  encoding: values.encoding,
  lineEnd: LINE_ENDS[values['line-end']],
};
const lines = () => generateDirtyCompanies({ seed: Number(values.seed), rows: Number(values.rows), layout });

function* companies() {
  let isFirst = true;
  for (const { text } of lines()) {
    yield encodeDirty(text, layout.encoding, isFirst);
    isFirst = false;
  }
}

function* truths() {
  for (const { row } of lines()) {
    if (row) yield `${JSON.stringify({ row: row.number, ...row.truth })}\n`;
  }
}

await pipeline(Readable.from(companies()), createWriteStream(values.out));
if (values.truth !== undefined) await pipeline(Readable.from(truths()), createWriteStream(values.truth));
