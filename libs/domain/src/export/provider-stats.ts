import { OPERATIONS, type CompanyDocument, type Operation, type ProviderStats } from '#libs/contracts';
import { contactsWithVerdicts, foundContacts, stepOperation, stepOutput } from '../walk';

type Counter = Exclude<keyof ProviderStats, 'vendor' | 'op'>;

/** Folds a run's companies into what each vendor's answers were worth; holds a line per vendor and operation, nothing more. */
export interface ProviderTally {
  add(document: CompanyDocument): void;
  /** In the walk's order of operations, then by vendor. */
  result(): ProviderStats[];
}

const OP_ORDER = Object.keys(OPERATIONS) as Operation[];

export function createProviderTally(): ProviderTally {
  const lines = new Map<string, ProviderStats>();
  const count = (vendor: string, op: Operation, counter: Counter, by = 1): void => {
    const key = `${op} ${vendor}`;
    const line = lines.get(key) ?? newLine(vendor, op);
    lines.set(key, line);
    line[counter] += by;
  };
  return {
    add: (document) => {
      countTried(document, count);
      countEnded(document, count);
      countFoundAddresses(document, count);
    },
    result: () =>
      [...lines.values()].sort(
        (a, b) => OP_ORDER.indexOf(a.op) - OP_ORDER.indexOf(b.op) || (a.vendor < b.vendor ? -1 : 1),
      ),
  };
}

type Count = (vendor: string, op: Operation, counter: Counter, by?: number) => void;

/** Vendors that did not end their step. */
function countTried({ tried }: CompanyDocument, count: Count): void {
  for (const { step, vendor, empty, asked, cost_micro: cost } of tried) {
    const op = stepOperation(step);
    if (op === undefined) continue;
    if (asked === false) {
      count(vendor, op, 'passed_over');
      continue;
    }
    count(vendor, op, 'tried');
    count(vendor, op, empty ? 'empty' : 'failed');
    count(vendor, op, 'cost_micro', cost);
  }
}

/** Vendors whose answer ended its step, or never came. A step that ended empty was ended by one that was tried. */
function countEnded(document: CompanyDocument, count: Count): void {
  for (const { step, op, status, vendor, cost_micro: cost } of document.steps) {
    if (vendor === null || (status !== 'found' && status !== 'in_doubt')) continue;
    count(vendor, op, 'tried');
    count(vendor, op, status);
    count(vendor, op, 'cost_micro', cost);
    if (op === 'verify_email' && stepOutput(document, step, op)?.verdict === 'valid') {
      count(vendor, op, 'verified');
    }
  }
}

/** Addresses that turned out valid, for whoever gave them; an address that several contacts share counts once. */
function countFoundAddresses(document: CompanyDocument, count: Count): void {
  const named = foundContacts(document);
  const counted = new Set<string>();
  for (const [i, { email, email_source: source, verdict }] of contactsWithVerdicts(document).entries()) {
    if (verdict !== 'valid' || email === null || source === null || counted.has(email.toLowerCase()))
      continue;
    counted.add(email.toLowerCase());
    count(source, named[i]?.email?.trim() ? 'find_contacts' : 'find_email', 'verified');
  }
}

function newLine(vendor: string, op: Operation): ProviderStats {
  const none = { tried: 0, found: 0, empty: 0, failed: 0, in_doubt: 0, passed_over: 0, verified: 0 };
  return { vendor, op, ...none, cost_micro: 0 };
}
