/** Shorter blocks are menus, buttons and captions. */
const BLOCK_LENGTH_MIN = 40;

/** The blocks of a page's text, one a line, that are long enough to be sentences. */
export function prose(text: string): string {
  return text
    .split('\n')
    .map((block) => block.trim())
    .filter((block) => block.length >= BLOCK_LENGTH_MIN)
    .join(' ');
}
