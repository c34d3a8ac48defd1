import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Writes generated files, formatted as everything else is; with `--check` among `args` only compares, and answers 1, naming
 * the files and the `script` to run, if one of them differs. `files` maps a path below `root` to its text.
 */
export async function publishGenerated(files, { script, args = process.argv.slice(2), root = ROOT }) {
  const stale = [];
  for (const [path, text] of Object.entries(files)) {
    const wanted = await formatted(join(root, path), text);
    const present = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
    if (present === wanted) continue;
    stale.push(path);
    if (!args.includes('--check')) writeFileSync(join(root, path), wanted);
  }
  if (!args.includes('--check')) {
    console.log(stale.length === 0 ? 'nothing to change' : `wrote ${stale.join(', ')}`);
    return 0;
  }
  if (stale.length === 0) return 0;
  console.error(`${stale.join(', ')}: not what the code says. Run: npm run build && node scripts/${script}`);
  return 1;
}

const PARSERS = { '.md': 'markdown', '.json': 'json', '.ts': 'typescript' };

async function formatted(path, text) {
  const parser = PARSERS[extname(path)];
  if (parser === undefined) return text;
  return format(text, { ...(await resolveConfig(path)), parser });
}

/** A Markdown table. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
