/** Common abbreviations, spelt out on both sides before comparing. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  ceo: 'chief executive officer',
  cto: 'chief technology officer',
  cfo: 'chief financial officer',
  coo: 'chief operating officer',
  cmo: 'chief marketing officer',
  cro: 'chief revenue officer',
  cio: 'chief information officer',
  cpo: 'chief product officer',
  vp: 'vice president',
  svp: 'senior vice president',
  evp: 'executive vice president',
  hr: 'human resources',
  md: 'managing director',
  cofounder: 'cofounder founder',
};

/** How near a job is to the decision, by words of its title; the first line that fits counts. */
const SENIORITY: readonly { fit: number; words: ReadonlySet<string> }[] = [
  { fit: 0.3, words: new Set(['assistant', 'intern', 'trainee', 'student', 'junior']) },
  // Before the first rank: a vice president is a president by word only.
  { fit: 0.8, words: new Set(['vice', 'deputy']) },
  {
    fit: 1,
    words: new Set(['chief', 'founder', 'owner', 'president', 'partner', 'managing', 'geschaftsfuhrer']),
  },
  { fit: 0.8, words: new Set(['head', 'director', 'vorstand', 'leiter', 'leiterin']) },
  { fit: 0.5, words: new Set(['manager', 'lead', 'principal', 'senior']) },
];
/** Words that turn a title into another job: the assistant to the CEO is not the CEO. */
const OTHER_JOB = new Set(['assistant', 'former', 'ex', 'intern', 'trainee', 'student', 'deputy', 'vice']);
const JUNIOR_FIT = 0.3;
/** A wanted title at the end of the tenant's list is worth this much of one at its head. */
const LAST_WANTED_FIT = 0.6;
/** A senior person with a title nobody asked for. */
const UNWANTED_FACTOR = 0.4;

export interface TitleFit {
  /** 0–1. */
  fit: number;
  /** The wanted title that the contact has, or null. */
  wanted: string | null;
}

/**
 * How well a contact's job title fits the titles a tenant looks for, best first: all words of a wanted title must
 * occur in the contact's (`Head of Sales` fits `Global Head of Sales, EMEA`; `CEO` fits `Chief Executive Officer`).
 * With no wanted titles the seniority counts instead.
 */
export function titleFit(title: string, wantedTitles: readonly string[]): TitleFit {
  const words = new Set(titleWords(title));
  const index = wantedTitles.findIndex((wanted) => isSameJob(words, new Set(titleWords(wanted))));
  if (index !== -1) {
    const decline = wantedTitles.length === 1 ? 0 : index / (wantedTitles.length - 1);
    return { fit: 1 - (1 - LAST_WANTED_FIT) * decline, wanted: wantedTitles[index] ?? null };
  }
  const seniority = seniorityFit(words);
  return { fit: wantedTitles.length === 0 ? seniority : seniority * UNWANTED_FACTOR, wanted: null };
}

function isSameJob(words: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  if (wanted.size === 0 || !wanted.isSubsetOf(words)) return false;
  return words.difference(wanted).isDisjointFrom(OTHER_JOB);
}

function seniorityFit(words: ReadonlySet<string>): number {
  return SENIORITY.find((line) => !line.words.isDisjointFrom(words))?.fit ?? JUNIOR_FIT;
}

const FILLERS = new Set(['of', 'the', 'and', 'for', 'a']);

function titleWords(title: string): string[] {
  const folded = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('co-founder', 'cofounder');
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? [])
    .flatMap((word) => (ABBREVIATIONS[word] ?? word).split(' '))
    .filter((word) => !FILLERS.has(word));
}
