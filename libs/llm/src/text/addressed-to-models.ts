/**
 * Sentences that no company writes for its customers, in the languages they are mostly seen in. Nobody can list them all:
 * the bounds on what an answer may be hold without this one.
 */
const ADDRESSES: readonly RegExp[] = [
  /\b(?:ignor|disregard|forget|overrid|bypass)\w*\b.{0,60}\b(?:instruction|prompt|rule|previous|prior|above|earlier|context|polic)\w*/i,
  /\b(?:ignorier|vergiss|missachte)\w*\b.{0,60}\b(?:anweisung|vorherig|obig|regel)\w*/i,
  /\b(?:ignore[zr]?|oublie[zr]?)\b.{0,60}\b(?:instructions|consignes|précédent)/i,
  /\b(?:ignora|olvida|omite)\w*\b.{0,60}\b(?:instrucciones|anteriores|previas|istruzioni|precedenti)/i,
  /忽略.{0,20}(?:指令|指示|提示)|無視して/,
  /игнорируй|забудь.{0,30}инструкц/i,
  /\b(?:system|developer) (?:prompt|message|override|note)\b|\byou are (?:now|an? (?:ai|assistant|language model))\b|\bas an? (?:ai|llm|language model)\b/i,
  /\b(?:ai|llm|language model|assistant|crawler|chatbot|gpt)s?\b.{0,40}\b(?:must|should|reading this|please|note to|are to|required)\b/i,
  /\bnote to (?:ai|llm|assistant|model)/i,
  /^\s*(?:system|assistant|user|human)\s*:/i,
  /\b(?:respond|reply|answer|output|print) (?:only |exactly |with )/i,
];
const SENTENCE_END = /(?<=[.!?。！？])\s+/;

/** Whether a text speaks to whoever reads it by machine. */
export function isAddressedToModels(text: string): boolean {
  return ADDRESSES.some((address) => address.test(text));
}

/** The text up to the first sentence that speaks to models: nothing behind it is the company's own word. */
export function beforeAddress(text: string): string {
  const sentences = text.split(SENTENCE_END);
  const first = sentences.findIndex((sentence) => isAddressedToModels(sentence));
  return first === -1 ? text : sentences.slice(0, first).join(' ');
}
