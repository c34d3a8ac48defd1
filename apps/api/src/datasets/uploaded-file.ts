import { extname } from 'node:path';
import type { Request } from 'express';
import { appError, DATASET_NAME_LENGTH_MAX, type DatasetFormat } from '#libs/contracts';
import type { DatasetUpload } from '#libs/datasets';
import { multipartFile } from './multipart-file';
import type { UploadDatasetQueryDto } from './upload-dataset-query.dto';

const FORMAT_OF_MEDIA_TYPE: Readonly<Record<string, DatasetFormat>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'csv',
  'application/x-ndjson': 'jsonl',
  'application/jsonl': 'jsonl',
};
const FORMAT_OF_EXTENSION: Readonly<Record<string, DatasetFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.json': 'jsonl',
};
const MULTIPART = 'multipart/form-data';
const BYTES = 'application/octet-stream';

/** What a body may be: the OpenAPI document says the same. */
export const UPLOAD_MEDIA_TYPES = [MULTIPART, ...Object.keys(FORMAT_OF_MEDIA_TYPE), BYTES];

/**
 * The file in a request's body: the one part of a form, or the body itself. Compressed bodies are refused: who compresses
 * decides what they become. Throws `unsupported_media_type` and `invalid_request`.
 */
export async function uploadedFile(
  request: Request,
  body: AsyncIterable<Buffer>,
  { format, name }: UploadDatasetQueryDto,
): Promise<DatasetUpload> {
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding !== 'identity') throw unsupported('a compressed body is not taken: send it uncompressed');
  const mediaType = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (mediaType !== MULTIPART) {
    return {
      name: name ?? 'the uploaded companies',
      format: format ?? formatOf(mediaType, ''),
      content: body,
    };
  }
  const { fileName, mediaType: partType, content } = await multipartFile(request.headers, body);
  return {
    name: name ?? (printable(fileName) || 'the uploaded companies'),
    format: format ?? formatOf(partType, fileName),
    content,
  };
}

function formatOf(mediaType: string, fileName: string): DatasetFormat {
  const extension = extname(fileName).toLowerCase();
  const found =
    (Object.hasOwn(FORMAT_OF_MEDIA_TYPE, mediaType) ? FORMAT_OF_MEDIA_TYPE[mediaType] : undefined) ??
    (Object.hasOwn(FORMAT_OF_EXTENSION, extension) ? FORMAT_OF_EXTENSION[extension] : undefined);
  if (found) return found;
  throw unsupported(
    mediaType === BYTES || fileName !== ''
      ? 'is it CSV or JSON lines? Say ?format=csv or ?format=jsonl'
      : `send the companies as one of ${UPLOAD_MEDIA_TYPES.join(', ')}`,
  );
}

/** Of a name that somebody else chose, what can be shown in a line. */
function printable(fileName: string): string {
  return fileName
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, DATASET_NAME_LENGTH_MAX);
}

function unsupported(message: string): Error {
  return appError('unsupported_media_type', message);
}
