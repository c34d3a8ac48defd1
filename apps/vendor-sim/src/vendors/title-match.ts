/** Whether a title is one of those wanted: the same, or, unless `isStrict`, with a word of weight in common. */
export function titleMatches(title: string, wanted: readonly string[], isStrict: boolean): boolean {
  if (wanted.length === 0) return true;
  const words = weighty(title);
  return wanted.some((one) => {
    if (one.trim().toLowerCase() === title.toLowerCase()) return true;
    return !isStrict && weighty(one).some((word) => words.includes(word));
  });
}

const LIGHT = ['of', 'the', 'and', 'head', 'chief', 'officer', 'senior', 'vp', 'manager', 'director'];
/** Words for the same job. */
const SAME: Readonly<Record<string, string>> = {
  cto: 'technology',
  cfo: 'financial',
  cmo: 'marketing',
  coo: 'operating',
};

function weighty(title: string): string[] {
  return title
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '' && !LIGHT.includes(word))
    .map((word) => SAME[word] ?? word);
}
