import type { SeededRandom } from './seeded-random';

const SYLLABLES = (
  'ba be bo da de di do fa fi fo ga go ha ka ke ki ko la le li lo lu ma me mi mo mu na ne ni no pa pe ' +
  'pi po ra re ri ro ru sa se so ta te ti to va ve vi vo wa we xa ya yo za ze zi zo'
).split(' ');
const SECOND_WORDS = (
  'Labs Works Robotics Foods Energy Analytics Health Logistics Studio Games Learning Mobility Optics ' +
  'Dental Travel Motors Security Payments Insurance Textiles Materials Media Instruments Coffee'
).split(' ');
const THIRD_WORDS = ['', '', '', 'North', 'South', 'Digital', '& Sons', 'One', 'Plus', 'Nova'];
/** Of each letter: one with an accent that Latin-1 and therefore every encoding here can write. */
const ACCENTS: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'ï', o: 'ö', u: 'ü', n: 'ñ', c: 'ç' };
/** No common factor with the number of stems, so that all of them come before one comes again. */
const STRIDE = 7_919;

export interface DirtyName {
  /** Without a legal form, as the company writes it. */
  name: string;
  /** For a domain or a page. */
  slug: string;
}

/** The name of brand `index`: no two are the same, and each differs from a neighbour in its second word only. */
export function brandName(index: number): DirtyName {
  const base = SYLLABLES.length;
  const stems = base ** 3;
  const pair = Math.floor(index / 2);
  const spread = (pair * STRIDE) % stems;
  const places = [spread % base, Math.floor(spread / base) % base, Math.floor(spread / base ** 2)];
  const stem = places.map((place) => SYLLABLES[place] ?? '').join('') + 'x'.repeat(Math.floor(pair / stems));
  const second = SECOND_WORDS[index % SECOND_WORDS.length] ?? '';
  const third = THIRD_WORDS[index % THIRD_WORDS.length] ?? '';
  const name = [capital(stem), second, third].filter((word) => word !== '').join(' ');
  return { name, slug: `${stem}${second}${third.replace('& ', 'and')}`.toLowerCase() };
}

/** The name with an accent on every vowel it can have one on. */
export function accented(name: string): string {
  return name.replaceAll(/[aeioun](?=[a-z])/g, (letter) => ACCENTS[letter] ?? letter);
}

/** The same name as other people write it: legal form, case, punctuation, blanks. */
export function respelled(name: string, legalForms: readonly string[], random: SeededRandom): string {
  let spelled = name;
  if (random.chance(0.5)) spelled += joined(random.pick(legalForms));
  if (random.chance(0.04)) spelled = `The ${spelled}`;
  spelled = spelled.replace('&', random.pick(['&', '&', 'and', '&amp;', '+']));
  const dress = random.below(12);
  if (dress === 0) spelled = spelled.toUpperCase();
  if (dress === 1) spelled = spelled.toLowerCase();
  if (dress === 2) spelled = spelled.replaceAll(' ', '  ');
  if (dress === 3) spelled = ` ${spelled} `;
  if (dress === 4) spelled = spelled.replace(' ', '\u00a0');
  if (dress === 5) spelled = spelled.normalize('NFD');
  if (dress === 6) spelled = withoutAccents(spelled);
  if (dress === 7) spelled = spelled.replace(' ', random.pick([' - ', '-', ', ', ' / ']));
  if (dress === 8) spelled = decodedTwice(spelled);
  return spelled;
}

function joined(legalForm: string): string {
  return legalForm.startsWith(',') ? legalForm : ` ${legalForm}`;
}

/** `Café` as `CafÃ©`: written as UTF-8, read as Latin-1 and written again. */
function decodedTwice(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function withoutAccents(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
