import { ApiProperty } from '@nestjs/swagger';
import { operationSchema, type Operation } from '#libs/contracts';
import type { Cap, CapExplanation } from '#libs/vendor-gate';
import type { VendorDescriptor } from '#libs/vendors';

const WINDOW_KINDS = ['sliding', 'fixed', 'anchored', 'calendar'] as const;
const CREDENTIALS = ['own', 'platform'] as const;
const BREAKER_STATES = ['closed', 'open', 'half_open'] as const;

class VendorWindowView {
  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: WINDOW_KINDS, description: 'How the vendor counts.' })
  kind!: (typeof WINDOW_KINDS)[number];

  @ApiProperty({ type: 'integer', minimum: 1, description: 'A calendar window: its longest day or month.' })
  length_ms!: number;

  @ApiProperty({
    type: Number,
    minimum: 0,
    description: 'What holds now, also by what the vendor’s answers say.',
  })
  limit!: number;

  @ApiProperty({ type: Number, minimum: 0, description: 'By everybody whose calls this cap carries.' })
  used!: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When a unit becomes free; null: there is one.',
  })
  free_at!: string | null;
}

class InFlightView {
  @ApiProperty({ type: 'integer', minimum: 0 })
  used!: number;

  @ApiProperty({ type: 'integer', minimum: 0 })
  limit!: number;
}

export class VendorView {
  @ApiProperty()
  vendor!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty({
    enum: operationSchema.options,
    isArray: true,
    description: 'What it is asked for this tenant.',
  })
  operations!: Operation[];

  @ApiProperty({ description: 'True: the vendor is the simulator.' })
  simulated!: boolean;

  @ApiProperty({
    enum: CREDENTIALS,
    description:
      'Whose key the calls are made with: the tenant’s own, whose cap nobody shares, or the platform’s.',
  })
  credential!: (typeof CREDENTIALS)[number];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Nobody is let through until then.',
  })
  closed_until!: string | null;

  @ApiProperty({ type: String, nullable: true })
  closed_why!: string | null;

  @ApiProperty({
    enum: BREAKER_STATES,
    description: '`open`: it failed too often, and is tried from time to time.',
  })
  breaker!: CapExplanation['breaker'];

  @ApiProperty({ type: InFlightView, description: 'Calls under way.' })
  in_flight!: InFlightView;

  @ApiProperty({ type: [VendorWindowView] })
  windows!: VendorWindowView[];

  @ApiProperty({ type: 'integer', minimum: 0, description: 'The tenant’s own companies that wait for it.' })
  waiting!: number;
}

export class DayBudgetView {
  @ApiProperty({ type: 'integer', minimum: 0 })
  limit_micro_usd!: number;

  @ApiProperty({ type: 'integer' })
  spent_micro_usd!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Held for calls under way.' })
  reserved_micro_usd!: number;
}

/** The vendors that serve a tenant, and what it may spend with them today. */
export class VendorsView {
  @ApiProperty({ type: [VendorView], description: 'By id.' })
  data!: VendorView[];

  @ApiProperty({
    type: DayBudgetView,
    nullable: true,
    description: 'Of this UTC day; null: without a limit.',
  })
  day_budget!: DayBudgetView | null;
}

export interface LookedAtVendor {
  descriptor: VendorDescriptor;
  operations: readonly Operation[];
  simulated: boolean;
  credential: VendorView['credential'];
  cap: Cap;
  explained: CapExplanation;
  waiting: number;
}

export function vendorView(looked: LookedAtVendor, nowMs: number): VendorView {
  const { descriptor, operations, simulated, credential, cap, explained, waiting } = looked;
  const { closedForMs, closedWhy, breaker, concurrency, windows } = explained;
  return {
    vendor: descriptor.id,
    title: descriptor.title,
    operations: [...operations],
    simulated,
    credential,
    closed_until: momentIn(closedForMs, nowMs),
    closed_why: closedForMs > 0 ? closedWhy : null,
    breaker,
    in_flight: { used: concurrency.used, limit: concurrency.limit },
    windows: cap.windows.map(({ name, kind, lengthMs, limit: declared }, i) => {
      const { limit, used, freesInMs } = windows[i] ?? { limit: declared, used: 0, freesInMs: 0 };
      return { name, kind, length_ms: lengthMs, limit, used, free_at: momentIn(freesInMs, nowMs) };
    }),
    waiting,
  };
}

/** Null: at once. */
function momentIn(ms: number, nowMs: number): string | null {
  return ms <= 0 ? null : new Date(nowMs + ms).toISOString();
}
