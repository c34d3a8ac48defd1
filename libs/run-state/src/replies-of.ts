/** The replies of a pipeline or transaction, in order. Throws the first error among them, and for a transaction that was dropped. */
export function repliesOf(replies: readonly [error: Error | null, reply: unknown][] | null): unknown[] {
  if (replies === null) throw new Error('Redis dropped a transaction that watches nothing');
  return replies.map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}
