import { foldText } from '../text/fold-text';

const HOME_NATIONS = new Map([
  ['england', 'GB-ENG'],
  ['scotland', 'GB-SCT'],
  ['wales', 'GB-WLS'],
  ['northern ireland', 'GB-NIR'],
]);

/** The ISO 3166-2 code of a country of the United Kingdom, which people write where a state is asked for; else null. */
export function homeNation(text: string): string | null {
  return HOME_NATIONS.get(foldText(text)) ?? null;
}
