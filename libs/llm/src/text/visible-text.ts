/** Ends and beginnings of turns, as models are trained to read them. */
const TURN_MARKS = /<\|[^|>]{0,40}\|>|\[\/?INST\]|<<\/?SYS>>/g;

/**
 * What a person sees of a text: control, invisible and tag characters dropped, also those that hide words from people and
 * not from models, any run of white space one space, marks of a chat's turns taken out.
 */
export function visibleText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(TURN_MARKS, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}
