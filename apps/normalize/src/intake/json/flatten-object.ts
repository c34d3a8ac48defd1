/** Members of an object inside an array that say what it is about. */
const TELLING_MEMBERS = ['name', 'title', 'label', 'value'];

/**
 * An object as named texts: a nested object's members one level down as `company.name`, arrays joined by `; `,
 * numbers and booleans as text, null as ''.
 */
export function flattenObject(object: Record<string, unknown>): Map<string, string> {
  const cells = new Map<string, string>();
  for (const [key, value] of Object.entries(object)) {
    if (isObject(value)) {
      for (const [member, inner] of Object.entries(value)) cells.set(`${key}.${member}`, textOf(inner));
    } else {
      cells.set(key, textOf(value));
    }
  }
  return cells;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    return value
      .map(itemText)
      .filter((text) => text !== '')
      .join('; ');
  }
  return isObject(value) ? JSON.stringify(value) : '';
}

function itemText(item: unknown): string {
  if (!isObject(item)) return textOf(item);
  const telling = TELLING_MEMBERS.find((member) => typeof item[member] === 'string');
  return textOf(telling === undefined ? JSON.stringify(item) : item[telling]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
