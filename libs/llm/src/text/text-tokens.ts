/** English has four to a token, Chinese and Japanese two to three; a text of signs alone comes near this. */
const BYTES_PER_TOKEN_MIN = 2;

/** About the most tokens a text is cut into, before any model has seen it: for reserving, not for paying. */
export function textTokensMax(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN_MIN);
}
