/** Top-level domains that links in texts mostly have; a name with a point in it (`Node.js`) is no link. */
const LINK =
  /\b(?:https?|ftp|mailto|javascript|data):|\bwww\.|[a-z0-9-]{1,63}\.(?:com|org|net|edu|gov|io|co|ai|app|dev|info|biz|me|eu|us|uk|de|fr|es|it|nl|pl|ru|cn|in|jp|xyz|top|shop|site|online|link|click|example|test|invalid|local|onion)\b/i;
const PHONE = /\+?\d[\d\s()./-]{7,30}\d/;
const PHONE_DIGITS_MIN = 9;

/** Whether a text tells where to go, write or call: what nobody asked a model for. */
export function hasContactDetails(text: string): boolean {
  if (text.includes('@') || LINK.test(text)) return true;
  const digits = PHONE.exec(text)?.[0].replace(/\D/g, '') ?? '';
  return digits.length >= PHONE_DIGITS_MIN;
}
