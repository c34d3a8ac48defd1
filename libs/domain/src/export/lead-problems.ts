import type { CompanyDocument, Operation, StepRecord } from '#libs/contracts';
import { stepPosition } from '../walk';

const DOING: Readonly<Record<Operation, string>> = {
  crawl_website: 'Looking at the website',
  enrich_company: 'Looking up firm data',
  read_profile: 'Reading the profile',
  find_email: 'Looking up an e-mail address',
  find_signals: 'Looking for news',
  find_contacts: 'Looking up contacts',
  verify_email: 'Verifying an e-mail address',
};

/** What went wrong with a company, a sentence each, the worst first; empty where every step ended well. */
export function leadProblems({ state, failure, steps }: CompanyDocument): string[] {
  const ofSteps = steps
    .toSorted((a, b) => stepPosition(a.step) - stepPosition(b.step))
    .map(stepProblem)
    .filter((problem) => problem !== null);
  if (state === 'done') return ofSteps;
  return [stateProblem(state, failure), ...ofSteps];
}

function stateProblem(state: Exclude<CompanyDocument['state'], 'done'>, failure: string | null): string {
  const reason = failure === null ? '' : `: ${failure}`;
  if (state === 'suppressed') return `On the suppression list, must not be contacted${reason}`;
  if (state === 'failed') return `Enrichment failed${reason}`;
  return `Enrichment did not finish${reason}`;
}

function stepProblem({ op, status, vendor, reason }: StepRecord): string | null {
  const why = reason === undefined ? '' : ` (${reason})`;
  if (status === 'failed') return `${DOING[op]} failed${why}`;
  if (status === 'in_doubt') {
    return `${DOING[op]} is in doubt: ${vendor ?? 'the vendor'} was asked, and its answer never came${why}`;
  }
  return null;
}
