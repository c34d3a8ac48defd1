import type { LuaArgument } from '#libs/redis';
import type { AcquireAnswer, CallRequest, DenyReason, Grant, KeptAnswer, WaitReason } from './gate.port';
import { acquireTerms, SEND_BY_MS } from './acquire-terms';
import type { Purchase } from './purchase';

/**
 * Keys and arguments of acquire-call-n.lua. `names`: whom the call is about, as the tenant's suppression list may name them;
 * null: not told yet, the script answers `listed` where the tenant has a list.
 */
export function acquireCall(
  request: CallRequest,
  purchase: Purchase,
  names: readonly string[] | null,
): { keys: string[]; args: LuaArgument[] } {
  const { cap, shape } = purchase;
  const { tenantBudgetKey, vendorBudgetKey } = shape;
  const call = {
    keys: [shape.runKey, purchase.ledgerKey, cap.capKey, cap.leasesKey, ...cap.windowKeys],
    args: [
      request.callId,
      shape.held,
      names === null ? shape.unnamedTerms : acquireTerms(request, cap, names.length),
      ...cap.windowArguments(),
    ],
  };
  if (names?.length !== 0) call.keys.push(shape.suppressedKey);
  if (tenantBudgetKey !== null) call.keys.push(tenantBudgetKey);
  if (vendorBudgetKey !== null) call.keys.push(vendorBudgetKey);
  if (request.from === 'inline') call.keys.push(cap.lanePrefix);
  if (names) call.args.push(...names);
  return call;
}

/** A number is a grant of which there is nothing more to say. */
export type AcquireReply =
  | number
  | readonly [kind: string, detail: string | number, reason?: string | null, flag?: number, paid?: string];

/** The tenant has a suppression list, and the call did not say whom it is about. */
export function isListed(reply: AcquireReply): boolean {
  return typeof reply !== 'number' && reply[0] === 'listed';
}

/** A lease of the cap is over and nobody has repaired it: what it holds may be what the call waits for. */
export function isBlockedByTheDead(reply: AcquireReply): boolean {
  return typeof reply !== 'number' && reply[0] === 'wait' && reply[3] === 1;
}

/** Throws `TypeError` for what the script never answers. */
export function acquireAnswer(reply: AcquireReply, leaseMs: number): AcquireAnswer {
  if (typeof reply === 'number') return granted(reply, leaseMs);
  const [kind, detail, reason, flag, paid] = reply;
  switch (kind) {
    case 'granted':
      return {
        ...granted(Number(detail), leaseMs),
        resume: reason ?? null,
        resumesRun: flag === 1,
        paidMicro: Number(paid ?? 0),
      };
    case 'cached':
      return { kind, answer: JSON.parse(String(detail)) as KeptAnswer, costMicro: Number(reason) };
    case 'in_flight':
      return { kind, inMs: Number(detail) };
    case 'wait':
      return { kind, inMs: Number(detail), reason: reason as WaitReason };
    case 'denied':
      return { kind, reason: String(detail) as DenyReason };
    case 'stop':
      return { kind, why: detail === 'paused' ? 'paused' : 'cancelled' };
    case 'in_doubt':
      return { kind, callId: String(detail) };
    default:
      throw new TypeError(`the acquire script answered ${JSON.stringify(reply)}`);
  }
}

function granted(grantNumber: number, leaseMs: number): Grant {
  return {
    kind: 'granted',
    inMs: 0,
    sendByMs: SEND_BY_MS,
    leaseMs,
    grantNumber,
    resume: null,
    resumesRun: false,
    paidMicro: 0,
  };
}
