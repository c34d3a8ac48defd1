import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';

export class EventsQueryDto {
  @ApiPropertyOptional({
    type: String,
    pattern: '^[0-9]{1,15}$',
    description: 'For clients that cannot send the header `Last-Event-ID`, which wins over this.',
  })
  @IsOptional()
  @IsString()
  last_event_id?: string;
}
