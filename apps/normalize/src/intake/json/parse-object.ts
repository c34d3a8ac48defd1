/** The object that the text is as JSON; undefined if it is anything else. `NaN` and `Infinity`, as Python writes them, are null. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  const value =
    parsed(text) ?? parsed(text.replaceAll(/([:,[]\s*)(?:NaN|-?Infinity)(?=\s*[,\]}])/g, '$1null'));
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return undefined;
  }
}
