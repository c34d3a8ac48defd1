/** Makes a `switch` over a union exhaustive: a new member fails the build here, not a customer's run. */
export function assertNever(value: never): never {
  throw new TypeError(`unhandled case: ${JSON.stringify(value)}`);
}
