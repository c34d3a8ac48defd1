const LINES = 3;

/**
 * Why a process ended, from the end of its log: the message of its last error line, else what it threw, else its last
 * lines.
 */
export function lastWords(log: string): string {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const logged = lines.map(loggedError).findLast((message) => message !== undefined);
  if (logged !== undefined) return logged;
  const thrown = lines.findLastIndex((line) => /^(\w*Error\b|Uncaught )/.test(line));
  return (thrown === -1 ? lines.slice(-LINES) : lines.slice(thrown, thrown + LINES)).join('\n');
}

function loggedError(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { level, msg } = JSON.parse(line) as { level?: unknown; msg?: unknown };
    const isError = level === 'error' || level === 'fatal';
    return isError && typeof msg === 'string' ? msg : undefined;
  } catch {
    // Cut off at the start of the tail, or not JSON after all.
    return undefined;
  }
}
