import { ApiProperty } from '@nestjs/swagger';
import { operationSchema, type Operation } from '#libs/contracts';
import { askerOf, type Doubt, type DoubtVerdict } from '#libs/vendor-gate';

export const DOUBT_ID = /^dbt_[a-z2-7]{26}$/;
export const DOUBT_OUTCOMES = ['charged', 'not_charged'] as const;
export type DoubtOutcome = (typeof DOUBT_OUTCOMES)[number];

export const VERDICT_OF_OUTCOME: Readonly<Record<DoubtOutcome, DoubtVerdict>> = {
  charged: 'bought',
  not_charged: 'not_bought',
};
export const OUTCOME_OF_VERDICT: Readonly<Record<DoubtVerdict, DoubtOutcome>> = {
  bought: 'charged',
  not_bought: 'not_charged',
};

/** A call that was sent and whose outcome nobody knows. */
export class DoubtView {
  @ApiProperty({ pattern: DOUBT_ID.source })
  doubt_id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The run that made the call.' })
  run_id!: string | null;

  @ApiProperty({ type: String, nullable: true })
  company_id!: string | null;

  @ApiProperty()
  vendor!: string;

  @ApiProperty({ enum: operationSchema.options })
  operation!: Operation;

  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'What it may have cost; it is charged at that until it is resolved.',
  })
  max_cost_micro_usd!: number;

  @ApiProperty({ description: 'True: the vendor is the simulator.' })
  simulated!: boolean;
}

export class DoubtPageView {
  @ApiProperty({ type: [DoubtView], description: 'Oldest first.' })
  data!: DoubtView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'A page may hold fewer than asked for; the last one has null here.',
  })
  next_cursor!: string | null;
}

export class ResolvedDoubtView {
  @ApiProperty({ pattern: DOUBT_ID.source })
  doubt_id!: string;

  @ApiProperty({ enum: DOUBT_OUTCOMES })
  outcome!: DoubtOutcome;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Taken back: it is not charged.' })
  refunded_micro_usd!: number;
}

export function doubtView(doubt: Doubt): DoubtView {
  const { runId, companyId } = askerOf(doubt.callId);
  return {
    doubt_id: doubt.doubtId,
    run_id: runId,
    company_id: companyId,
    vendor: doubt.vendor,
    operation: operationSchema.parse(doubt.op),
    since: new Date(doubt.since).toISOString(),
    max_cost_micro_usd: doubt.maxCostMicro,
    simulated: doubt.simulated,
  };
}
