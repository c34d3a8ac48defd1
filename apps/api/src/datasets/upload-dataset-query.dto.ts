import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { DATASET_FORMATS, DATASET_NAME_LENGTH_MAX, type DatasetFormat } from '#libs/contracts';

/** What a body does not say of itself. */
export class UploadDatasetQueryDto {
  @ApiPropertyOptional({
    enum: DATASET_FORMATS,
    description: 'Needed where neither the media type nor the file name tells.',
  })
  @IsOptional()
  @IsIn(DATASET_FORMATS)
  format?: DatasetFormat;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: DATASET_NAME_LENGTH_MAX,
    description: 'What to call the dataset in messages; the name of the uploaded file where there is one.',
  })
  @IsOptional()
  @IsString()
  @Length(1, DATASET_NAME_LENGTH_MAX)
  name?: string;
}
