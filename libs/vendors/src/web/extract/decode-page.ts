import { errorCode } from '#libs/kernel';

/** A `<meta charset>` must stand in the first 1024 bytes (HTML standard, "Specifying the document's character encoding"). */
const META_CHARSET_WITHIN = 1_024;

/** A page's text, in the encoding that its header, else its own `<meta>`, names; UTF-8 where neither does or it is unknown. */
export function decodePage(body: Buffer, contentType: string): string {
  const head = body.subarray(0, META_CHARSET_WITHIN).toString('latin1');
  const label = charset(contentType) ?? metaCharset(head) ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(body);
  } catch (error) {
    if (errorCode(error) !== 'ERR_ENCODING_NOT_SUPPORTED') throw error;
    return body.toString('utf8');
  }
}

/** A page whose `<meta>` could be read is not UTF-16, whatever it says (same standard, "prescan a byte stream"). */
function metaCharset(head: string): string | undefined {
  const label = charset(head);
  return label && /^utf-?16/i.test(label) ? 'utf-8' : label;
}

function charset(text: string): string | undefined {
  return /charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(text)?.[1];
}
