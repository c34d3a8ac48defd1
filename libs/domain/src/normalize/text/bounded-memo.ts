/**
 * The function with a memory of its answers, for columns in which few values recur in many rows. Forgets everything when
 * it holds `capacity` answers: cheaper than deciding what to forget, and recurring values are back at once.
 */
export function boundedMemo<T>(compute: (text: string) => T, capacity = 5_000): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    if (text.length > LENGTH_MAX) return compute(text);
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = compute(text);
    if (answers.size >= capacity) answers.clear();
    answers.set(text, answer);
    return answer;
  };
}

/** Longer texts hardly recur and would fill the memory. */
const LENGTH_MAX = 200;
