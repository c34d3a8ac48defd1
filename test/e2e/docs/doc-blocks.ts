/** One fenced block of a document. */
export interface DocBlock {
  file: string;
  /** Of the fence, from 1. */
  line: number;
  /** First word behind the fence; empty if there is none. */
  language: string;
  /** What else stands there: `skip="why"`, `full="why"`, `server`. */
  marks: Readonly<Partial<Record<string, string>>>;
  text: string;
}

const FENCE = /^(`{3,})(\S*)\s*(.*)$/;
const MARK = /([a-z]+)(?:="([^"]*)")?/g;

/** All fenced blocks of a document, in order. */
export function blocksOf(file: string, markdown: string): DocBlock[] {
  const blocks: DocBlock[] = [];
  let open: { fence: string; block: DocBlock } | undefined;
  for (const [i, line] of markdown.split('\n').entries()) {
    if (open) {
      if (line.trim() === open.fence) open = undefined;
      else open.block.text += `${line}\n`;
      continue;
    }
    const [, fence, language = '', rest = ''] = FENCE.exec(line) ?? [];
    if (fence === undefined) continue;
    const marks = Object.fromEntries([...rest.matchAll(MARK)].map(([, name, value = '']) => [name, value]));
    open = { fence, block: { file, line: i + 1, language, marks, text: '' } };
    blocks.push(open.block);
  }
  return blocks;
}
