/**
 * The promise itself, for whoever waits for it only later, or not at all once something else has gone wrong: until then its failure
 * must not end the process as one that nobody has heard of.
 */
export function heardLater<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}
