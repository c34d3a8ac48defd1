import type { CellKeys, LuaArgument } from '#libs/redis';
import { leaseOf, PLACEHOLDER_MS } from './acquire-call';
import type { CallRequest, CapWindow, Grant, Journal, Lesson, Settlement } from './gate.port';
import type { Purchase } from './purchase';
import { endingField, latencyField } from './vendor-usage';
import { keepCapMs, windowArguments, windowKeys } from './window-arguments';

/** Keys and arguments of settle-call-n.lua. */
export function settleCall(
  keys: CellKeys,
  request: CallRequest,
  purchase: Purchase,
  { grantNumber }: Grant,
  settlement: Settlement,
  journal: Journal,
): { keys: string[]; args: LuaArgument[] } {
  const { cap, maxCostMicro } = request;
  const { lesson } = settlement;
  const windows = cap.windows.filter((window) => window.units > 0 || concerns(lesson, window));
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
      ...outcomeArguments(settlement, request, purchase),
      grantNumber,
      maxCostMicro,
      request.from === 'lane' ? 1 : 0,
      ...lessonArguments(lesson),
      endingField(settlement),
      lesson?.tookMs === undefined ? '' : latencyField(lesson.tookMs),
      limitedBudgets(request, purchase),
      keepCapMs(windows, leaseOf(request)),
      PLACEHOLDER_MS,
      cap.id,
      purchase.doubtsKey,
      windows.length,
      ...windows.flatMap((window) => [
        ...windowArguments(window),
        lesson?.taken?.[window.name] ?? window.units,
        readingOf(lesson, window),
      ]),
      ...Object.entries(journal).flat(),
    ],
  };
}

/** Arguments 2 to 7: kind, text, ms, cost, vendor, sent. */
function outcomeArguments(
  settlement: Settlement,
  { vendor, maxCostMicro }: CallRequest,
  { held }: Purchase,
): LuaArgument[] {
  const { kind } = settlement;
  switch (kind) {
    case 'keep':
      return [kind, JSON.stringify(settlement.answer), settlement.ttlMs, settlement.costMicro, vendor, 1];
    case 'pending':
      return [kind, settlement.resume, Math.ceil(settlement.inMs), settlement.costMicro, vendor, 1];
    case 'free':
      return [kind, '', 0, 0, vendor, settlement.sent ? 1 : 0];
    case 'doubt':
      return [kind, held, 0, maxCostMicro, vendor, 1];
  }
}

/** Arguments 11 to 13: health, ms to close, why. */
function lessonArguments(lesson: Lesson | undefined): LuaArgument[] {
  return [lesson?.health ?? 'none', lesson?.close?.forMs ?? 0, lesson?.close?.why ?? ''];
}

/** Of run, tenant and vendor, those that are limited for this call. */
function limitedBudgets(request: CallRequest, purchase: Purchase): string {
  const run = request.maxCostMicro > 0 && request.budgets.run !== null ? 'r' : '';
  const tenant = purchase.tenantBudgetKey === null ? '' : 't';
  return run + tenant + (purchase.vendorBudgetKey === null ? '' : 'v');
}

function concerns(lesson: Lesson | undefined, { name }: CapWindow): boolean {
  return lesson?.taken?.[name] !== undefined || readingOf(lesson, { name }) !== '';
}

/** `limit:left:reset ms`, `-` for what was not said; '' for no reading of this window. */
function readingOf(lesson: Lesson | undefined, { name }: Pick<CapWindow, 'name'>): string {
  const reading = lesson?.readings?.find(({ window }) => window === name);
  if (!reading) return '';
  const { limit, left, resetInMs } = reading;
  return [limit, left, resetInMs].map((value) => (value === undefined ? '-' : Math.ceil(value))).join(':');
}
