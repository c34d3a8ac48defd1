import { OPERATIONS, type Contact, type Operation } from '#libs/contracts';
import { eraseFromJson, isErasedPerson, namesIn, type ErasedName } from '#libs/domain';
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
  const contacts = op === 'find_contacts' ? (answer.value as { contacts: Contact[] }).contacts : [];
  const left = contacts.filter((contact) => !isErasedPerson(contact, sought));
  const isHit = sought.finder.isIn(text);
  if (!isHit && left.length === contacts.length) return text;
  const value = eraseFromJson(op === 'find_contacts' ? { contacts: left } : answer.value, sought.finder);
  const isAnswer =
    op !== 'find_email' &&
    op !== 'verify_email' &&
    !(op === 'find_contacts' && left.length === 0) &&
    isOperation(op) &&
    OPERATIONS[op].output.safeParse(value).success;
  return JSON.stringify(isAnswer ? { ...answer, value } : TOMBSTONE);
}

function contactsOf(hash: Hash, op: string): readonly Contact[] {
  if (op !== 'find_contacts' || hash.result === undefined) return [];
  const { kind, value } = JSON.parse(hash.result) as KeptAnswer;
  return kind === 'ok' ? (value as { contacts: Contact[] }).contacts : [];
}

function isOperation(op: string): op is Operation {
  return Object.hasOwn(OPERATIONS, op);
}
