import { ApiProperty } from '@nestjs/swagger';
import {
  DATASET_FORMATS,
  DATASET_ID,
  DATASET_NAME_LENGTH_MAX,
  type Dataset,
  type DatasetFormat,
} from '#libs/contracts';

/** A dataset as the API shows it. */
export class DatasetView {
  @ApiProperty({ pattern: DATASET_ID.source, description: 'For `dataset_id` of POST /api/orchestrations.' })
  dataset_id!: string;

  @ApiProperty({ minLength: 1, maxLength: DATASET_NAME_LENGTH_MAX })
  name!: string;

  @ApiProperty({ enum: DATASET_FORMATS })
  format!: DatasetFormat;

  @ApiProperty({ type: 'integer', minimum: 1 })
  bytes!: number;

  @ApiProperty({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the content.' })
  sha256!: string;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;
}

export class DatasetPageView {
  @ApiProperty({ type: [DatasetView], description: 'Newest first.' })
  data!: DatasetView[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor!: string | null;
}

export function datasetView({ dataset_id, name, format, bytes, sha256, created_at }: Dataset): DatasetView {
  return { dataset_id, name, format, bytes, sha256, created_at };
}
