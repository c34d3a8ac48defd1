const PATTERNS: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [redacted]'],
  [/\bsk-[A-Za-z0-9_-]{8,}/g, '[redacted]'],
  [/\blg_[a-z]+_[A-Za-z0-9]+_[A-Za-z0-9_-]{8,}/g, '[redacted]'],
  [/(\bapi_?key["']?\s*[=:]\s*["']?)[^"'&\s,}]+/gi, '$1[redacted]'],
  [/(rediss?:\/\/[^:@/\s"]*:)[^@/\s"]+@/gi, '$1[redacted]@'],
  // The first letter and the domain stay: enough to recognise one's own test address, too little to write to it.
  [/\b([A-Za-z0-9])[A-Za-z0-9._%+-]{0,63}@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})\b/g, '$1***@$2'],
];

/** Masks bearer tokens, keys, passwords in URLs and e-mail addresses in a line of text. */
export function maskSecrets(line: string): string {
  return PATTERNS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}
