import { setTimeout as delay } from 'node:timers/promises';
import { appError } from '#libs/contracts';
import { suppressedSubject, type ErasureSubject } from '#libs/domain';
import type { ErasureReceipt, Erasures } from '#libs/erasure';
import type { ActorOptions } from '../audit/actor';
import type { CommandContext } from '../command-context';
import type { Outcome, Verb } from '../output/verb';
import { durationMs } from '../typed/duration';
import { typedTenant } from '../typed/tenant-id';
import { withTenancy } from './tenancy-cell';

/** What may be typed behind the verb, not checked yet. */
export interface EraseOptions extends ActorOptions {
  json?: boolean;
  tenantId?: string;
  email?: string;
  domain?: string;
  receipt?: string;
  wait?: string;
}

const WAIT = { min: '1s', max: '1d' };
const LOOK_EVERY_MS = 500;

/** Asks for an erasure, or looks at one; with `--wait` it is followed for so long. */
export const erase: Verb<EraseOptions> = (options, context) => {
  const tenantId = typedTenant(options.tenantId);
  const waitMs = options.wait === undefined ? 0 : durationMs('--wait', options.wait, WAIT);
  const subject = subjectOf(options);
  return withTenancy(context, options, async ({ erasures, suppressions, audit, actor, asleep }) => {
    let erasureId = options.receipt ?? '';
    if (subject) {
      // First: nobody asks about them while they are erased, nor after.
      await (await suppressions()).add(tenantId, [subject]);
      erasureId = await erasures.request(tenantId, subject);
      const details = { kind: subject.kind };
      await audit.record({ tenantId, actor, action: 'erasure.requested', target: erasureId, details });
    }
    // Where nobody works, waiting would be in vain.
    const receipt = await followed(erasures, { tenantId, erasureId }, asleep ? 0 : waitMs, context);
    return outcomeOf(tenantId, erasureId, receipt, asleep);
  });
};

/** Null: an earlier one is looked at. */
function subjectOf({ email, domain, receipt }: EraseOptions): ErasureSubject | null {
  if ([email, domain, receipt].filter((given) => given !== undefined).length !== 1) {
    throw appError(
      'usage',
      'whom? pass one of --email <address>, --domain <domain> or, for an earlier one, --receipt <id>',
    );
  }
  const [kind, value] = email === undefined ? (['domain', domain] as const) : (['email', email] as const);
  if (value === undefined) return null;
  const read = suppressedSubject(kind, value);
  if ('problem' in read) throw appError('usage', `--${kind}: ${read.problem}`);
  return { kind, value: read.subject };
}

async function followed(
  erasures: Erasures,
  ref: { tenantId: string; erasureId: string },
  waitMs: number,
  { signal }: CommandContext,
): Promise<ErasureReceipt> {
  const deadline = performance.now() + waitMs;
  let receipt = await erasures.receipt(ref);
  while (receipt.state !== 'done' && performance.now() < deadline && !signal.aborted) {
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    receipt = await erasures.receipt(ref);
  }
  return receipt;
}

function outcomeOf(tenantId: string, erasureId: string, receipt: ErasureReceipt, asleep: boolean): Outcome {
  const { state, kind, requested_at: requestedAt, finished_at: finishedAt = null } = receipt;
  const { companies, purchases, records, files } = receipt;
  const swept = `${companies} companies, ${purchases} purchases, ${records} records, ${files} files`;
  const message =
    state === 'done'
      ? `Erasure ${erasureId} is done: ${swept} changed`
      : `Erasure ${erasureId} is ${state}; leadgen erase --tenant-id ${tenantId} --receipt ${erasureId} says how far it is` +
        (asleep ? '. Nobody works there now: the next leadgen run does' : '');
  return {
    text: message,
    message,
    tenant_id: tenantId,
    receipt: erasureId,
    erasure: {
      state,
      kind,
      requested_at: requestedAt,
      finished_at: finishedAt,
      swept: { companies, purchases, records, files },
    },
  };
}
