import { chooseMapping, isUsableMapping } from '#libs/domain';
import type { InputText } from '../text/input-text';
import { EnvelopeScan, type ListMember } from './envelope-scan';
import { flattenObject } from './flatten-object';
import { parseObject } from './parse-object';

/** What a list is called that can only be of companies. */
const LIST_NAMES = new Set([
  'accounts',
  'companies',
  'firms',
  'leads',
  'organisations',
  'organizations',
  'prospects',
]);

const isListName = (name: string): boolean => LIST_NAMES.has(name.toLowerCase());

/**
 * The list of companies in a text that is one object around it, e.g. `{"total":2,"companies":[{…},{…}]}`; undefined for any
 * other text. An object with a name or a website is a company itself that has a list of something, and is left as it is, unless
 * that list is called as one of companies.
 */
export async function findEnvelope(text: InputText): Promise<ListMember | undefined> {
  const scan = new EnvelopeScan();
  for await (const chunk of text.chunks()) {
    await text.pacer.breathe();
    if (!scan.add(chunk, isListName)) return undefined;
  }
  const { list, around } = scan;
  if (!list) return undefined;
  return isListName(list.name) || !isCompany(Buffer.from(around).toString()) ? list : undefined;
}

function isCompany(text: string): boolean {
  // A text that ends within its list has an object around it that is not closed.
  const object = parseObject(text) ?? parseObject(`${text}]}`) ?? {};
  const cells = flattenObject(object);
  return isUsableMapping(chooseMapping([...cells.keys()], [[...cells.values()]]));
}

/** What is in the list, as a text of its own. */
export function listText(text: InputText, { from, to }: ListMember): InputText {
  return {
    ...text,
    chunks: async function* () {
      let at = 0;
      for await (const chunk of text.chunks()) {
        const part = chunk.subarray(
          Math.max(0, from - at),
          to === undefined ? undefined : Math.max(0, to - at),
        );
        at += chunk.length;
        if (part.length > 0) yield part;
        if (to !== undefined && at >= to) return;
      }
    },
  };
}
