import { ERASED, type SubjectFinder } from './erasure-subject';

/**
 * JSON without the subject: an entry of a list that names it is dropped, whole if it is an object of its own; elsewhere the
 * text has `[erased]` in its place. The value itself if it does not have the subject.
 */
export function eraseFromJson<T>(value: T, finder: SubjectFinder): T {
  const cleaned = clean(value, finder);
  return (cleaned === DROPPED ? ERASED : cleaned) as T;
}

const DROPPED = Symbol('dropped');

function clean(value: unknown, finder: SubjectFinder, isEntry = false): unknown {
  if (typeof value === 'string') {
    if (!finder.isIn(value)) return value;
    return isEntry ? DROPPED : finder.without(value);
  }
  if (Array.isArray(value)) return cleanList(value, finder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (isEntry && entries.some(([, member]) => typeof member === 'string' && finder.isIn(member)))
    return DROPPED;
  const members = entries.map(([name, member]) => [finder.without(name), clean(member, finder)] as const);
  const same = members.every(([name, member], i) => name === entries[i]?.[0] && member === entries[i][1]);
  return same ? value : Object.fromEntries(members);
}

function cleanList(list: readonly unknown[], finder: SubjectFinder): unknown {
  const cleaned = list.map((entry) => clean(entry, finder, true)).filter((entry) => entry !== DROPPED);
  const same = cleaned.length === list.length && cleaned.every((entry, i) => entry === list[i]);
  return same ? list : cleaned;
}
