import { ApiProperty } from '@nestjs/swagger';
import { PHASES, RUN_EVENT_TYPES, RUN_STATES, type RunEvent, type RunEventType } from '#libs/contracts';

/** The `data` of one event of a run's stream. */
export class RunEventView {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    description: 'Counts from 1 without gaps; also the `id` of the event.',
  })
  id!: number;

  @ApiProperty({ type: String })
  run_id!: string;

  @ApiProperty({ enum: RUN_EVENT_TYPES })
  type!: RunEventType;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: RUN_STATES, description: 'The run’s state from this event on.' })
  state!: string;

  @ApiProperty({ enum: PHASES })
  phase!: string;

  @ApiProperty({ type: String })
  message!: string;
}

export function runEventView(runId: string, { id, type, at, state, phase, message }: RunEvent): RunEventView {
  return { id, run_id: runId, type, at, state, phase, message };
}
