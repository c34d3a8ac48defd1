import type { CellKeys, LuaArgument } from '#libs/redis';
import { leaseOf, PLACEHOLDER_MS } from './acquire-terms';
import type { CallRequest, CapWindow, Grant, Journal, Lesson, Settlement } from './gate.port';
import type { CallShape } from './call-shape';
import type { CapShape } from './cap-shape';
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
  const { cap, shape } = purchase;
  const { tenantBudgetKey, vendorBudgetKey } = shape;
  const { lesson } = settlement;
  const given = windowsOf(keys, request, cap, lesson);
  const [ms, cost, most, sent] = outcomeTerms(settlement, request);
  const tookMs = lesson?.tookMs;
  const call = {
    keys: [
      purchase.ledgerKey,
      cap.leasesKey,
      shape.runKey,
      purchase.companyKey,
      cap.capKey,
      cap.eventsKey,
      ...given.keys,
    ],
    args: [
      request.callId,
      settlement.kind,
      keptText(settlement, shape),
      `${ms} ${cost} ${most} ${sent} ${request.from} ${lessonTerms(lesson)} ` +
        `${endingField(settlement) || '-'} ${tookMs === undefined ? '-' : latencyField(tookMs)} ` +
        `${shape.limited} ${given.keepMs} ${PLACEHOLDER_MS} ` +
        `${request.vendor} ${request.cap.id} ${given.windows.length}`,
      grantNumber,
      ...given.args,
    ],
  };
  if (tenantBudgetKey !== null) call.keys.push(tenantBudgetKey);
  if (vendorBudgetKey !== null) call.keys.push(vendorBudgetKey);
  for (const [field, value] of Object.entries(journal)) call.args.push(field, value);
  return call;
}

/** Those that the call takes something of, and those that its end taught something of. */
function windowsOf(
  keys: CellKeys,
  request: CallRequest,
  shape: CapShape,
  lesson: Lesson | undefined,
): { windows: readonly CapWindow[]; keys: readonly string[]; args: readonly string[]; keepMs: number } {
  const leaseMs = leaseOf(request);
  if (lesson?.readings === undefined && lesson?.taken === undefined) {
    const { windows, windowKeys: own } = shape;
    return { windows, keys: own, args: shape.windowArguments(), keepMs: shape.keepMs(leaseMs) };
  }
  const windows = request.cap.windows.filter((window) => window.units > 0 || concerns(lesson, window));
  return {
    windows,
    keys: windowKeys(keys, request.cap.id, windows),
    args: windows.map((window) => windowArgument(window, lesson)),
    keepMs: keepCapMs(windows, leaseMs),
  };
}

/** The script's third argument. */
function keptText(settlement: Settlement, { held }: CallShape): string {
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
function outcomeTerms(
  settlement: Settlement,
  { maxCostMicro }: CallRequest,
): readonly [ms: number, cost: number, most: number, sent: 0 | 1] {
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
function lessonTerms(lesson: Lesson | undefined): string {
  return `${lesson?.health ?? 'none'} ${Math.ceil(lesson?.close?.forMs ?? 0)} ${lesson?.close?.why ?? '-'}`;
}

function concerns(lesson: Lesson | undefined, { name }: CapWindow): boolean {
  const read = lesson?.readings?.some(({ window }) => window === name) ?? false;
  return read || lesson?.taken?.[name] !== undefined;
}
