import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import busboy, { type Busboy, type FileInfo } from 'busboy';
import type { IncomingHttpHeaders } from 'node:http';
import { appError } from '#libs/contracts';
import { AppError, toError } from '#libs/kernel';

export interface MultipartFile {
  /** As the sender calls it, without folders; may be empty. */
  fileName: string;
  mediaType: string;
  /** To be read to its end: what is wrong behind the file is thrown there. */
  content: AsyncIterable<Buffer>;
}

const PART_HEADERS_MAX = 20;

/**
 * The one file of a `multipart/form-data` body, as it comes. Throws `invalid_request` for a body that is malformed, or
 * holds anything but one file, and what the body throws; some of it only while the file is read.
 */
export async function multipartFile(
  headers: IncomingHttpHeaders,
  body: AsyncIterable<Buffer>,
): Promise<MultipartFile> {
  const parser = createParser(headers);
  const found = firstFile(parser);
  // Never rejects: whoever reads the file, or waits for it, is told.
  const ended = pipeline(body, parser).then(
    () => undefined,
    (error: unknown) => asProblem(error),
  );
  const first = await Promise.race([found, ended]);
  if (first === undefined) {
    throw invalid('the form has no file: send one part with a file name, e.g. curl -F file=@companies.csv');
  }
  if (first instanceof Error) throw first;
  const { file, info } = first;
  return {
    fileName: info.filename ?? '',
    mediaType: info.mimeType,
    content: fileContent(file, parser, ended),
  };
}

async function* fileContent(
  file: Readable,
  parser: Busboy,
  ended: Promise<Error | undefined>,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of file) yield chunk as Buffer;
  } catch (error) {
    throw asProblem(error);
  } finally {
    // A parser whose file nobody reads would wait for ever.
    if (!file.readableEnded) parser.destroy();
  }
  const problem = await ended;
  if (problem) throw problem;
}

function createParser(headers: IncomingHttpHeaders): Busboy {
  let parser: Busboy;
  try {
    // A file name is UTF-8 nowadays, whatever the header's encoding was once.
    parser = busboy({
      headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 0, headerPairs: PART_HEADERS_MAX },
    });
  } catch (error) {
    throw asProblem(error);
  }
  const refuse = (message: string) => (): void => {
    parser.destroy(invalid(message));
  };
  parser.on('filesLimit', refuse('the form has more than one file: upload each by itself'));
  parser.on(
    'fieldsLimit',
    refuse('the form has a part that is no file: send one file, and format and name in the query'),
  );
  return parser;
}

function firstFile(
  parser: Busboy,
): Promise<{ file: Readable; info: Partial<FileInfo> & { mimeType: string } }> {
  return new Promise((resolve) => {
    parser.once('file', (_field, file, info) => {
      // Until it is read, an error of it has nobody else who listens; its reader meets it again.
      file.on('error', () => undefined);
      resolve({ file, info });
    });
  });
}

function asProblem(thrown: unknown): Error {
  if (thrown instanceof AppError) return thrown;
  return invalid(`the multipart body is malformed: ${toError(thrown).message}`, thrown);
}

function invalid(message: string, cause?: unknown): Error {
  return appError('invalid_request', message, { cause });
}
