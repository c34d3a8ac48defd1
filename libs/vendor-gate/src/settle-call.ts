import type { CellKeys, LuaArgument } from '#libs/redis';
import { leaseOf, PLACEHOLDER_MS } from './acquire-call';
import type { CallRequest, CapWindow, Grant, Journal, Lesson, Settlement } from './gate.port';
import type { Purchase } from './purchase';
import { endingField, latencyField } from './vendor-usage';
import { keepCapMs, windowArgument, windowKeys } from './window-arguments';

/** Keys and arguments of settle-call-n.lua. */
export function settleCall(
  keys: CellKeys,
  request: CallRequest,
  purchase: Purchase,
  { grantNumber }: Grant,
  settlement: Settlement,
  journal: Journal,
): { keys: string[]; args: LuaArgument[] } {
  const { cap } = request;
  const { lesson } = settlement;
  const windows = cap.windows.filter((window) => window.units > 0 || concerns(lesson, window));
  const terms = [
    ...outcomeTerms(settlement, request),
    request.from,
    ...lessonTerms(lesson),
    endingField(settlement) || '-',
    lesson?.tookMs === undefined ? '-' : latencyField(lesson.tookMs),
    ...[limitedBudgets(request, purchase), keepCapMs(windows, leaseOf(request)), PLACEHOLDER_MS],
    ...[request.vendor, cap.id, windows.length],
  ];
  return {
    keys: [
      purchase.ledgerKey,
      keys.leases(cap.id),
      purchase.runKey,
      purchase.companyKey,
      keys.cap(cap.id),
      keys.capEvents(),
      ...windowKeys(keys, cap.id, windows),
      ...[purchase.tenantBudgetKey, purchase.vendorBudgetKey].filter((key) => key !== null),
    ],
    args: [
      request.callId,
      settlement.kind,
      keptText(settlement, purchase),
      terms.join(' '),
      grantNumber,
      ...windows.map((window) => windowArgument(window, lesson)),
      ...Object.entries(journal).flat(),
    ],
  };
}

/** The script's third argument. */
function keptText(settlement: Settlement, { held }: Purchase): string {
  switch (settlement.kind) {
    case 'keep':
      return JSON.stringify(settlement.answer);
    case 'pending':
      return settlement.resume;
    case 'free':
      return '';
    case 'doubt':
      return held;
  }
}

/** Ms, cost, most, sent. */
function outcomeTerms(settlement: Settlement, { maxCostMicro }: CallRequest): LuaArgument[] {
  switch (settlement.kind) {
    case 'keep':
      return [settlement.ttlMs, settlement.costMicro, maxCostMicro, 1];
    case 'pending':
      return [Math.ceil(settlement.inMs), settlement.costMicro, maxCostMicro, 1];
    case 'free':
      return [0, 0, maxCostMicro, settlement.sent ? 1 : 0];
    case 'doubt':
      return [0, maxCostMicro, maxCostMicro, 1];
  }
}

/** Health, ms to close, why. */
function lessonTerms(lesson: Lesson | undefined): LuaArgument[] {
  return [lesson?.health ?? 'none', Math.ceil(lesson?.close?.forMs ?? 0), lesson?.close?.why ?? '-'];
}

/** Of run, tenant and vendor, those that are limited for this call. */
function limitedBudgets(request: CallRequest, purchase: Purchase): string {
  const run = request.maxCostMicro > 0 && request.budgets.run !== null ? 'r' : '';
  const tenant = purchase.tenantBudgetKey === null ? '' : 't';
  return run + tenant + (purchase.vendorBudgetKey === null ? '' : 'v') || '-';
}

function concerns(lesson: Lesson | undefined, { name }: CapWindow): boolean {
  const read = lesson?.readings?.some(({ window }) => window === name) ?? false;
  return read || lesson?.taken?.[name] !== undefined;
}
