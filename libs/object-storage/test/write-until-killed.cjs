// Run by the crash test: writes an object without end, and says so once bytes are on the disk.
// Loads the TypeScript sources through the same compiler as jest does.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const swc = require('@swc/core');

Module._extensions['.ts'] = (module, filename) => {
  const { code } = swc.transformSync(readFileSync(filename, 'utf8'), {
    filename,
    swcrc: false,
    jsc: { target: 'es2024', parser: { syntax: 'typescript', decorators: true } },
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};

const { FileObjectStorage } = require(join(__dirname, '../src/index.ts'));

async function main() {
  const writer = await new FileObjectStorage(process.argv[2]).createWriter('runs/acme/run_1/leads.csv');
  const chunk = Buffer.alloc(512 * 1024, 'x');
  await writer.write(chunk);
  process.send('writing');
  for (;;) {
    await writer.write(Buffer.from('x'));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

void main();
