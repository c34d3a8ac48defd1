/** Goes up whenever the same run is shown otherwise than before: a tag of the release before must not match. */
const VIEW = 1;

/** The strong `ETag` of a run in this version. */
export function entityTag(version: string): string {
  return `"${VIEW}.${version}"`;
}

/** Whether `If-None-Match` names this tag, so that the client has what it asks for. Weak and strong tags compare alike (RFC 9110 §13.1.2). */
export function namesTag(ifNoneMatch: string, tag: string): boolean {
  return ifNoneMatch
    .split(',')
    .map((text) => text.trim().replace(/^W\//, ''))
    .some((named) => named === '*' || named === tag);
}
