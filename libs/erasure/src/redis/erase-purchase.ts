import { OPERATIONS, type Contact, type Operation } from '#libs/contracts';
import { eraseAnswer, namesIn, type ErasedName } from '#libs/domain';
import type { KeptAnswer } from '#libs/vendor-gate';
import type { Sought } from '../known-persons';
import type { Hash, HashChange } from './changed-hash';
import { eraseText } from './erase-text';

/** What is left of an answer that was about the subject alone: it was bought, and is not bought again while it is fresh. */
const TOMBSTONE: KeptAnswer = { kind: 'empty' };

/** The names that go with the subject's addresses in a purchase of contacts. */
export function namesInPurchase(hash: Hash, op: string, { finder }: Sought): ErasedName[] {
  return namesIn(contactsOf(hash, op), finder);
}

/** A purchase without the subject: when it was made and what it cost stays. */
export function erasePurchase(hash: Hash, op: string, sought: Sought): HashChange {
  const change: Record<string, string> = {};
  for (const [field, text] of Object.entries(hash)) {
    const now = field === 'result' ? eraseResult(text, op, sought) : eraseText(text, sought);
    if (now !== text) change[field] = now;
  }
  return change;
}

function eraseResult(text: string, op: string, sought: Sought): string {
  const answer = JSON.parse(text) as KeptAnswer;
  if (answer.kind !== 'ok') return eraseText(text, sought);
  if (!isOperation(op)) return eraseText(text, sought);
  const value = eraseAnswer(op, answer.value, sought);
  if (value === answer.value) return text;
  return JSON.stringify(value === null ? TOMBSTONE : { ...answer, value });
}

function contactsOf(hash: Hash, op: string): readonly Contact[] {
  if (op !== 'find_contacts' || hash.result === undefined) return [];
  const { kind, value } = JSON.parse(hash.result) as KeptAnswer;
  return kind === 'ok' ? (value as { contacts: Contact[] }).contacts : [];
}

function isOperation(op: string): op is Operation {
  return Object.hasOwn(OPERATIONS, op);
}
