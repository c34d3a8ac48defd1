/** The object that the text is as JSON; undefined if it is anything else. `NaN` and `Infinity`, as Python writes them, are null. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  const value = parsed(text) ?? (NOT_A_NUMBER.test(text) ? parsed(withoutNaN(text)) : undefined);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

const NOT_A_NUMBER = /\bNaN\b|\bInfinity\b/;

function withoutNaN(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) =>
    token.startsWith('"') ? token : 'null',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return undefined;
  }
}
