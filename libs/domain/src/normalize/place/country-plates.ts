/** Single letters of the international vehicle registration codes; the longer ones are ISO codes, or mean another country as such. */
const PLATES: ReadonlyMap<string, string> = new Map(
  ['A AT', 'B BE', 'D DE', 'E ES', 'F FR', 'H HU', 'I IT', 'L LU', 'N NO', 'P PT', 'S SE'].map((pair) => [
    pair.slice(0, 1),
    pair.slice(2),
  ]),
);

/** The country of a letter in a column that is known to hold countries, as lists in German have it (`D`, `A`, `CH`), or null. */
export function countryOfPlate(text: string): string | null {
  return PLATES.get(text.trim()) ?? null;
}
