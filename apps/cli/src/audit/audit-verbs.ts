import type { AuditEntry } from '#libs/audit';
import { appError } from '#libs/contracts';
import { counted } from '#libs/kernel';
import { plainTable } from '../output/plain-table';
import { printable } from '../output/printable';
import type { Verb } from '../output/verb';
import { withTenancy } from '../tenancy/tenancy-cell';
import { typedTenant } from '../typed/tenant-id';

/** What may be typed behind the verbs, not checked yet. */
export interface AuditOptions {
  json?: boolean;
  tenantId?: string;
  limit?: string;
  before?: string;
}

const LIMIT = { max: 500, otherwise: 50 };

/** What was done, newest first. */
export const read: Verb<AuditOptions> = (options, context) => {
  const tenantId = options.tenantId === undefined ? undefined : typedTenant(options.tenantId);
  const limit =
    options.limit === undefined ? LIMIT.otherwise : wholeNumber('--limit', options.limit, LIMIT.max);
  const beforeSeq =
    options.before === undefined
      ? undefined
      : wholeNumber('--before', options.before, Number.MAX_SAFE_INTEGER);
  return withTenancy(context, {}, async ({ audit }) => {
    const entries: AuditEntry[] = [];
    let next: number | null | undefined = beforeSeq;
    // A page of one tenant may be short and not be the last.
    do {
      const page = await audit.read({
        limit: limit - entries.length,
        ...(tenantId !== undefined && { tenantId }),
        ...(typeof next === 'number' && { beforeSeq: next }),
      });
      entries.push(...page.entries);
      next = page.next;
    } while (next !== null && entries.length < limit);
    const message = counted(entries.length, 'entry', 'entries');
    const more = next === null ? '' : `\nOlder ones: --before ${next}`;
    return {
      text: entries.length === 0 ? message : auditTable(entries) + more,
      message,
      entries: entries.map(entryLine),
      next_before: next,
    };
  });
};

/** Whether the log is as it was written. Throws `audit_broken`. */
export const verify: Verb<AuditOptions> = (_options, context) =>
  withTenancy(context, {}, async ({ audit }) => {
    const verdict = await audit.verify();
    if (!verdict.intact) {
      throw appError(
        'audit_broken',
        `the audit log is broken at entry ${verdict.brokenSeq}: ${verdict.reason}`,
        {
          context: { seq: verdict.brokenSeq },
        },
      );
    }
    const { entries, lastSeq, lastHash } = verdict;
    const message = `The audit log is whole: ${counted(entries, 'entry', 'entries')}`;
    const text = lastSeq === 0 ? message : `${message}; keep somewhere else: entry ${lastSeq} is ${lastHash}`;
    return { text, message, entries, last_seq: lastSeq, last_hash: lastHash };
  });

function wholeNumber(flag: string, text: string, max: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= max) return number;
  throw appError('usage', `${flag} ${JSON.stringify(text)}: give a whole number from 1 to ${max}`);
}

function auditTable(entries: readonly AuditEntry[]): string {
  return plainTable(
    ['entry', 'at', 'who', 'did', 'to', 'of tenant', 'details'],
    entries.map(({ seq, at, actor, action, target, tenantId, details }) => [
      seq,
      at,
      printable(actor),
      action,
      printable(target),
      tenantId ?? '–',
      printable(
        Object.entries(details)
          .map(([name, value]) => `${name} ${String(value)}`)
          .join('\n'),
      ),
    ]),
    [0],
  );
}

function entryLine({ seq, at, actor, action, target, tenantId, details, hash }: AuditEntry): object {
  return { seq, at, actor, action, target, tenant_id: tenantId, details, hash };
}
