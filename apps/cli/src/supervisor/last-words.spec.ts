import { lastWords } from './last-words';

const line = (level: string, msg: string): string => JSON.stringify({ level, service: 'orchestrator', msg });

describe('the last words of a process', () => {
  it('are its last error line, without the JSON around it', () => {
    const log = [
      line('error', 'first'),
      line('error', 'api cannot start: port 3000 is in use'),
      line('info', 'bye'),
    ];
    expect(lastWords(`${log.join('\n')}\n`)).toBe('api cannot start: port 3000 is in use');
  });

  it('are what it threw, not the foot of Node’s report', () => {
    const log = `node:internal/modules/cjs/loader:1568\n  throw err;\n  ^\n\nError: Cannot find module './x'\nRequire stack:\n- /a.js\n    at b {\n  code: 'MODULE_NOT_FOUND'\n}\n\nNode.js v24.21.0\n`;
    expect(lastWords(log)).toBe("Error: Cannot find module './x'\nRequire stack:\n- /a.js");
  });

  it('are its last lines when there is neither', () => {
    expect(lastWords('cut off"}\n{"half\na\n\nb\nc\n')).toBe('a\nb\nc');
  });

  it('are empty for a process that said nothing', () => {
    expect(lastWords('')).toBe('');
  });
});
