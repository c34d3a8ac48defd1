import type { VendorDescriptor } from '../vendor.port';
import { withOverride } from './with-override';

const SONAR: VendorDescriptor = {
  id: 'sonar',
  title: 'Sonar',
  docsUrl: 'https://sonar.example',
  auth: 'bearer',
  defaultBaseUrl: 'https://api.sonar.example',
  cap: {
    concurrency: 10,
    windows: [
      { name: 'minute', kind: 'anchored', limit: 100, lengthMs: 60_000, ops: ['find_email'] },
      { name: 'day', kind: 'calendar', unit: 'day', zone: 'UTC', limit: 1_000, lengthMs: 86_400_000 },
    ],
  },
  deadlineMs: 1_000,
  services: [
    {
      op: 'find_email',
      order: 1,
      costPerUnitMicro: 10_000,
      inDoubt: 'surface',
      freshness: { foundMs: 1, emptyMs: 1 },
    },
    {
      op: 'find_contacts',
      order: 1,
      costPerUnitMicro: 0,
      inDoubt: 'retry',
      freshness: { foundMs: 1, emptyMs: 1 },
    },
  ],
};

describe('a plan that differs from the descriptor', () => {
  it('changes the limit of a window and keeps how it counts', () => {
    const windows = [
      { name: 'minute', limit: 20, length_ms: 10_000 },
      { name: 'day', limit: 50, length_ms: 86_400_000 },
    ];
    expect(withOverride(SONAR, { windows }).cap.windows).toEqual([
      { name: 'minute', kind: 'anchored', limit: 20, lengthMs: 10_000, ops: ['find_email'] },
      { name: 'day', kind: 'calendar', unit: 'day', zone: 'UTC', limit: 50, lengthMs: 86_400_000 },
    ]);
  });

  it('adds a window of its own, which slides unless it says otherwise', () => {
    const { windows } = withOverride(SONAR, {
      windows: [{ name: 'second', limit: 2, length_ms: 1_000 }],
    }).cap;
    expect(windows).toHaveLength(3);
    expect(windows[2]).toEqual({ name: 'second', kind: 'sliding', limit: 2, lengthMs: 1_000 });
  });

  it('may put its windows in place of all others', () => {
    const override = {
      only_these_windows: true,
      windows: [{ name: 'minute', limit: 5, length_ms: 1_000, kind: 'fixed' as const }],
    };
    expect(withOverride(SONAR, override).cap).toEqual({
      concurrency: 10,
      windows: [{ name: 'minute', kind: 'fixed', limit: 5, lengthMs: 1_000, ops: ['find_email'] }],
    });
  });

  it('has its own price per unit, and what is free stays free', () => {
    const { services } = withOverride(SONAR, { price_per_unit_micro: 7, concurrency: 1 });
    expect(services.map(({ costPerUnitMicro }) => costPerUnitMicro)).toEqual([7, 0]);
  });

  it('that says nothing changes nothing', () => {
    expect(withOverride(SONAR, {})).toEqual(SONAR);
  });
});
