/** Ends and beginnings of turns, as models are trained to read them. */
const TURN_MARKS = /<\|[^|>]{0,40}\|>|\[\/?INST\]|<<\/?SYS>>/g;

/**
 * What a person sees of a text: control, invisible and tag characters dropped, also those that hide words from people and
 * not from models, any run of white space one space, marks of a chat's turns taken out.
 */
export function visibleText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}\u115F\u1160\u3164\uFFA0\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/gu, '')
    .replace(TURN_MARKS, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
