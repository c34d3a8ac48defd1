import { mailboxVerdict, type MailboxVerdict } from '../../data/mailbox-verdict';
import { Seeded } from '../../data/seeded';
import type { VendorRequest, WorkedAnswer } from '../simulated-vendor.port';
import { wrongInput } from './failure';
import { sourcesOf } from './sources';

/** Addresses whose mail servers make the vendor wait: it answers 202 first. */
const SLOW_SHARE = 0.1;
/** Verifications that a client may leave unfinished before the oldest is forgotten. */
const UNFINISHED_MAX = 10_000;

/** `status`, the older `result`, and what a score is at most. */
const STATUSES: Readonly<Record<MailboxVerdict, readonly [string, string, number]>> = {
  valid: ['valid', 'deliverable', 100],
  invalid: ['invalid', 'undeliverable', 10],
  bad_syntax: ['invalid', 'undeliverable', 0],
  catch_all: ['accept_all', 'risky', 70],
  unknown: ['unknown', 'risky', 50],
  role: ['valid', 'deliverable', 90],
  do_not_mail: ['disposable', 'undeliverable', 10],
  abuse: ['valid', 'deliverable', 80],
};
/** Skipped ones are not counted (help.hunter.io, article 1911617). */
const UNCOUNTED: readonly string[] = ['unknown', 'disposable', 'webmail'];

/** By key and address: answered 202, and not asked for again since. */
const unfinished = new Set<string>();

/**
 * Whether an address takes mail. Some take a while: the first ask is answered 202 and counts nothing, the next one has
 * the answer and counts once.
 */
export function emailVerifier({ query, headers }: VendorRequest): WorkedAnswer {
  const email = query.get('email')?.trim().toLowerCase() ?? '';
  if (email === '') return wrongInput('wrong_params', 'You are missing the email parameter');
  const verdict = mailboxVerdict(email);
  if (verdict === 'bad_syntax') return wrongInput('invalid_email', 'The email is invalid');
  const asker = `${query.get('api_key') ?? headers['x-api-key'] ?? ''}\n${email}`;
  const meta = { params: { email } };
  if (isSlow(email) && !unfinished.delete(asker)) {
    remember(asker);
    return { status: 202, json: { data: null, meta }, purchase: { input: { email }, units: 0 } };
  }
  const [status] = STATUSES[verdict];
  return {
    status: 200,
    json: { data: dataOn(email, verdict), meta },
    purchase: { input: { email }, units: UNCOUNTED.includes(status) ? 0 : 1 },
  };
}

function isSlow(email: string): boolean {
  return new Seeded(email).chance('slow mail server', SLOW_SHARE);
}

function remember(asker: string): void {
  unfinished.add(asker);
  const [oldest] = unfinished;
  if (unfinished.size > UNFINISHED_MAX && oldest !== undefined) unfinished.delete(oldest);
}

function dataOn(email: string, verdict: MailboxVerdict): Record<string, unknown> {
  const [status, result, scoreMax] = STATUSES[verdict];
  const isReached = status === 'valid' || status === 'accept_all';
  return {
    status,
    result,
    score: new Seeded(email).between('verifier score', Math.max(0, scoreMax - 10), scoreMax),
    email,
    regexp: true,
    gibberish: false,
    disposable: status === 'disposable',
    webmail: false,
    mx_records: true,
    smtp_server: status !== 'unknown',
    smtp_check: isReached,
    accept_all: status === 'accept_all',
    block: false,
    sources: status === 'valid' ? sourcesOf(email.slice(email.indexOf('@') + 1)) : [],
  };
}
