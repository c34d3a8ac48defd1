const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];
const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const WHITE = new Set(Buffer.from(' \t\r\n'));
/** What stands around a list is some words about it. */
const AROUND_BYTES_MAX = 64 * 1024;

/** A list of objects that is a member of an object, in bytes of the text: behind its opening bracket and at its closing one. */
export interface ListMember {
  name: string;
  from: number;
  /** Undefined: the text ends within the list, or something in it is broken so that its end cannot be told. */
  to: number | undefined;
}

/** Reads a text's bytes once, in chunks, for whether it is one object with one list of objects among its members. */
export class EnvelopeScan {
  /** The text without what is in the list. */
  readonly around: number[] = [];
  list: ListMember | undefined;
  private at = -1;
  private depth = 0;
  private isKey = false;
  private quoted = false;
  private escaped = false;
  private word: number[] = [];
  /** The member whose value is a list that has begun, until its first item is seen. */
  private begun: ListMember | undefined;

  /** False as soon as the text is something else. `isListName`: what a list is called that may be empty. */
  add(chunk: Buffer, isListName: (name: string) => boolean): boolean {
    for (const byte of chunk) {
      this.at += 1;
      if (!this.step(byte, isListName)) return false;
      if (!this.isInList() && this.around.push(byte) > AROUND_BYTES_MAX) return false;
    }
    return true;
  }

  private isInList(): boolean {
    return this.list !== undefined && this.list.to === undefined && this.at >= this.list.from;
  }

  private step(byte: number, isListName: (name: string) => boolean): boolean {
    if (this.quoted) {
      this.inString(byte);
      return true;
    }
    if (WHITE.has(byte)) return true;
    if (this.depth === 0) return this.openText(byte);
    if (this.begun && !this.firstItem(byte, isListName)) return false;
    this.structure(byte);
    return true;
  }

  /** The text is one object: nothing stands before it, and nothing behind. */
  private openText(byte: number): boolean {
    if (byte !== OPEN || this.around.some((before) => !WHITE.has(before))) return false;
    this.depth = 1;
    this.isKey = true;
    return true;
  }

  /** The first thing in a list tells what it is of. A second list of objects: nobody knows which is meant. */
  private firstItem(byte: number, isListName: (name: string) => boolean): boolean {
    const begun = this.begun as ListMember;
    this.begun = undefined;
    const isList = byte === OPEN || (byte === CLOSE_LIST && isListName(begun.name));
    if (!isList) return true;
    if (this.list) return false;
    this.list = begun;
    return true;
  }

  private structure(byte: number): void {
    if (byte === QUOTE) {
      this.quoted = true;
      this.word = [];
    } else if (byte === OPEN || byte === OPEN_LIST) this.open(byte);
    else if (byte === CLOSE || byte === CLOSE_LIST) this.close();
    else if (this.depth === 1 && byte === COLON) this.isKey = false;
    else if (this.depth === 1 && byte === COMMA) this.isKey = true;
  }

  private open(byte: number): void {
    this.depth += 1;
    if (this.depth !== 2 || byte !== OPEN_LIST || this.isKey) return;
    this.begun = { name: Buffer.from(this.word).toString(), from: this.at + 1, to: undefined };
  }

  private close(): void {
    this.depth -= 1;
    if (this.depth === 1 && this.list && this.list.to === undefined) this.list.to = this.at;
  }

  private inString(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) this.quoted = false;
    if (this.quoted && this.depth === 1 && this.isKey) this.word.push(byte);
  }
}
