import { ApiProperty } from '@nestjs/swagger';
import type { RetryPrice } from '#libs/run-retry';
import { OrchestrationView } from '../orchestrations/orchestration.view';

const COUNT = { type: 'integer', minimum: 0 } as const;

class RetryVendorCallsView {
  @ApiProperty({ type: String, minLength: 1 })
  vendor!: string;

  @ApiProperty({ ...COUNT, description: 'Calls to be expected.' })
  calls!: number;
}

class RetryCostView {
  @ApiProperty(COUNT)
  low!: number;

  @ApiProperty(COUNT)
  expected!: number;

  @ApiProperty(COUNT)
  high!: number;
}

/** What walking the companies again would take. */
class RetryEstimateView {
  @ApiProperty({
    ...COUNT,
    description: 'Companies to be walked again; one may be both failed and in doubt.',
  })
  companies!: number;

  @ApiProperty(COUNT)
  failed!: number;

  @ApiProperty(COUNT)
  in_doubt!: number;

  @ApiProperty({
    ...COUNT,
    description:
      'Of those in doubt the ones that stay so: a doubtful call is not made again before somebody has said how it ended.',
  })
  stays_in_doubt!: number;

  @ApiProperty({ type: [RetryVendorCallsView] })
  calls!: RetryVendorCallsView[];

  @ApiProperty(COUNT)
  calls_total!: number;

  @ApiProperty({ type: RetryCostView })
  cost_micro_usd!: RetryCostView;

  @ApiProperty({ ...COUNT, description: 'Within the vendors’ caps.' })
  seconds!: number;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    nullable: true,
    description: 'What the run may spend in all, what it has spent included; null: without a limit.',
  })
  budget_micro_usd!: number | null;
}

export class RetryView {
  @ApiProperty()
  dry_run!: boolean;

  @ApiProperty()
  estimate!: RetryEstimateView;

  @ApiProperty({ description: 'The run as it is now.' })
  run!: OrchestrationView;
}

export function retryView(price: RetryPrice, dryRun: boolean, run: OrchestrationView): RetryView {
  const { companies, failed, inDoubt, staysInDoubt, estimate } = price;
  return {
    dry_run: dryRun,
    estimate: {
      companies,
      failed,
      in_doubt: inDoubt,
      stays_in_doubt: staysInDoubt,
      calls: estimate.calls.map(({ vendor, calls }) => ({ vendor, calls })),
      calls_total: estimate.calls_total,
      cost_micro_usd: {
        low: estimate.cost_micro.low,
        expected: estimate.cost_micro.expected,
        high: estimate.cost_micro.high,
      },
      seconds: estimate.seconds,
      budget_micro_usd: estimate.budget_micro,
    },
    run,
  };
}
