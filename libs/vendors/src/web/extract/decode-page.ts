/** A `<meta charset>` must stand in the first 1024 bytes (HTML standard, "Specifying the document's character encoding"). */
const META_CHARSET_WITHIN = 1_024;

/** A page's text, in the encoding that its header, else its own `<meta>`, names; UTF-8 where neither does or it is unknown. */
export function decodePage(body: Buffer, contentType: string): string {
  const head = body.subarray(0, META_CHARSET_WITHIN).toString('latin1');
  const label = charset(contentType) ?? charset(head) ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(body);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return body.toString('utf8');
  }
}

function charset(text: string): string | undefined {
  return /charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(text)?.[1];
}
