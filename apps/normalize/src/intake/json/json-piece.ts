/** A piece of text that should be one JSON object. */
export interface JsonPiece {
  text: Buffer;
  /** Longer than a row may be, and cut. */
  tooLong: boolean;
}
