import type { CompanyDocument, Operation, StepRecord } from '#libs/contracts';
import { isSkippedForBudget, isSkippedForWait, stepPosition, WAITED_TOO_LONG } from '../walk';

const DOING: Readonly<Record<Operation, string>> = {
  crawl_website: 'Looking at the website',
  enrich_company: 'Looking up firm data',
  read_profile: 'Reading the profile',
  find_email: 'Looking up an e-mail address',
  find_signals: 'Looking for news',
  find_contacts: 'Looking up contacts',
  verify_email: 'Verifying an e-mail address',
};

const SOUGHT: Readonly<Record<Operation, string>> = {
  crawl_website: 'the website',
  enrich_company: 'firm data',
  read_profile: 'the profile',
  find_contacts: 'contacts',
  find_email: 'e-mail addresses',
  verify_email: 'the check of e-mail addresses',
  find_signals: 'news',
};

/** What went wrong with a company, a sentence each, the worst first; empty where every step ended well. */
export function leadProblems({ state, failure, steps }: CompanyDocument): string[] {
  const ofSteps = steps
    .toSorted((a, b) => stepPosition(a.step) - stepPosition(b.step))
    .map(stepProblem)
    .filter((problem) => problem !== null);
  const problems = [...ofSteps, ...leftOut(steps)];
  return state === 'done' ? problems : [stateProblem(state, failure), ...problems];
}

/** What was not looked up for lack of money or of patience, a sentence for each cause. */
function leftOut(steps: readonly StepRecord[]): string[] {
  const inOrder = steps.toSorted((a, b) => stepPosition(a.step) - stepPosition(b.step));
  const budget = inOrder.filter(isSkippedForBudget);
  const wait = inOrder.filter(isSkippedForWait);
  return [
    ...[...new Set(budget.map(({ reason }) => reason))].map((reason) =>
      sentence(
        `Skipped, ${reason}`,
        budget.filter((record) => record.reason === reason),
      ),
    ),
    ...(wait.length > 0 ? [sentence(`Skipped, ${WAITED_TOO_LONG}`, wait)] : []),
  ];
}

function sentence(why: string, records: readonly StepRecord[]): string {
  return `${why}: ${[...new Set(records.map(({ op }) => SOUGHT[op]))].join(', ')}`;
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
