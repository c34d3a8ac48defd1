import { distance } from 'fastest-levenshtein';

/** Whose names are ours; anybody else's variables are none of our business. */
const OURS = /^(LEADGEN|ORCHESTRATOR|VENDOR)_/;
/** So many letters apart, at most, one name is the other, misspelt; of a short name a third. */
const SLIP_MAX = 2;

/**
 * Variables that nobody reads, and whose names are a slip away from one that is read: each as a sentence that says what was
 * meant. `known`: names that are read. Names far from all of ours are let be: Kubernetes, for one, tells every container
 * the addresses of the services beside it, in variables that begin with ours.
 */
export function misspeltSettings(names: readonly string[], known: ReadonlySet<string>): string[] {
  return names.flatMap((name) => {
    const [ours = ''] = OURS.exec(name) ?? [];
    if (ours === '' || known.has(name)) return [];
    const most = Math.min(SLIP_MAX, Math.floor((name.length - ours.length) / 3));
    const near = [...known]
      .map((meant) => ({ meant, apart: distance(name, meant) }))
      .filter(({ apart }) => apart <= most)
      .sort((a, b) => a.apart - b.apart)[0];
    return near ? [`${name} is not a setting and was ignored: did you mean ${near.meant}?`] : [];
  });
}
