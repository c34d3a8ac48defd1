// Lints texts as if they stood in existing files: [{ path, text }] as JSON on stdin, eslint's messages of each on stdout.
// A process of its own, because eslint's configuration is an ES module and jest's are not.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';

const eslint = new ESLint();
const answers = [];
for (const { path, text: code } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(code, { filePath: path });
  answers.push(result.messages);
}
process.stdout.write(JSON.stringify(answers));
