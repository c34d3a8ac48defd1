/** So many of a kind are remembered; more say nothing new. */
const KNOWN_MAX = 200;
const ID = /(^|_)id$/;

/** Ids and cursors the API has answered, to be asked for again. */
export class KnownIds {
  private readonly byKind = new Map<string, string[]>();

  /** Any of a kind, chosen by a number; undefined while there is none. */
  pick(kind: string, by: number): string | undefined {
    const known = this.byKind.get(kind) ?? [];
    return known[by % Math.max(1, known.length)];
  }

  /** Takes every id of an answer, by its name and by the collection it came from, and where the next page begins. */
  learn(answer: unknown, { path, operationId }: { path: string; operationId: string }): void {
    if (typeof answer !== 'object' || answer === null) return;
    for (const [name, member] of Object.entries(answer)) {
      if (typeof member !== 'string') this.learn(member, { path, operationId });
      else if (name === 'next_cursor') this.add(cursorOf(operationId), member);
      else if (ID.test(name)) {
        this.add(name, member);
        this.add(collectionOf(path), member);
      }
    }
  }

  private add(kind: string, id: string): void {
    const known = this.byKind.get(kind) ?? [];
    if (known.length < KNOWN_MAX && !known.includes(id)) this.byKind.set(kind, [...known, id]);
  }
}

/** What a path is about, up to its first parameter. */
export function collectionOf(path: string): string {
  return path.replace(/\/?\{.*$/, '');
}

export function cursorOf(operationId: string): string {
  return `cursor of ${operationId}`;
}
