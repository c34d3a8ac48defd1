import { ApiProperty } from '@nestjs/swagger';
import type { DayUsage } from '#libs/run-state';

class UsageFiguresView {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Requests the vendor was sent.' })
  calls!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Answered from the ledger, without a request.' })
  cached!: number;

  @ApiProperty({ type: 'integer', description: 'Negative on a day on which more was taken back than spent.' })
  cost_micro_usd!: number;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: 'What the ledger’s answers had cost when they were bought.',
  })
  saved_micro_usd!: number;
}

class DayUsageView extends UsageFiguresView {
  @ApiProperty({ format: 'date', description: 'A UTC day.' })
  day!: string;

  @ApiProperty()
  vendor!: string;

  @ApiProperty({
    description: 'True: of offline runs. Nothing was paid: these are the prices of what would have been.',
  })
  simulated!: boolean;
}

/** What vendors did for a tenant. */
export class UsageView {
  @ApiProperty({ format: 'date' })
  from!: string;

  @ApiProperty({ format: 'date' })
  to!: string;

  @ApiProperty({
    type: [DayUsageView],
    description: 'By day, then vendor; a vendor that did nothing is not named.',
  })
  data!: DayUsageView[];

  @ApiProperty({ type: UsageFiguresView, description: 'Without what was simulated.' })
  total!: UsageFiguresView;

  @ApiProperty({ type: UsageFiguresView, description: 'Of what was simulated alone.' })
  simulated_total!: UsageFiguresView;
}

export function usageView(from: string, to: string, usage: readonly DayUsage[]): UsageView {
  const data = usage.map(({ day, vendor, simulated, calls, cached, costMicro, savedMicro }) => ({
    day,
    vendor,
    simulated,
    calls,
    cached,
    cost_micro_usd: costMicro,
    saved_micro_usd: savedMicro,
  }));
  return {
    from,
    to,
    data,
    total: totalOf(data.filter(({ simulated }) => !simulated)),
    simulated_total: totalOf(data.filter(({ simulated }) => simulated)),
  };
}

function totalOf(rows: readonly UsageFiguresView[]): UsageFiguresView {
  const total = { calls: 0, cached: 0, cost_micro_usd: 0, saved_micro_usd: 0 };
  for (const row of rows) {
    total.calls += row.calls;
    total.cached += row.cached;
    total.cost_micro_usd += row.cost_micro_usd;
    total.saved_micro_usd += row.saved_micro_usd;
  }
  return total;
}
