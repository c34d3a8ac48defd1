import type { CompanyDocument, Lead, StepRecord } from '#libs/contracts';
import type { CompiledIcp } from '../icp/compiled-icp';
import { scoreLead } from '../score';
import { SIGNAL_FITS } from '../score/score-weights';
import { knownFacts, matchByFacts } from '../facts';
import {
  contactsWithVerdicts,
  isSkippedForBudget,
  isSkippedForWait,
  stepOutput,
  stepPosition,
} from '../walk';
import { leadProblems } from './lead-problems';
import { leadSources } from './lead-sources';
import { orderContacts } from './order-contacts';

export interface LeadContext {
  /** The run's ICP, for companies whose walk ended before they were scored. */
  icp: CompiledIcp;
  /** True if the run's vendors are the simulator: an empty answer of it is simulated, too, and leaves no fact to tell. */
  simulated: boolean;
}

export type UnrankedLead = Omit<Lead, 'rank'>;

/**
 * A company of a run as it is exported, whatever became of it: every candidate is listed exactly once.
 * Its contacts are ordered with the person to write to first. A suppressed company is listed without persons; one whose walk failed or never ended is listed as failed, with what
 * is known. The same document gives the same lead, whatever the order of its journal.
 */
export function toLead(document: CompanyDocument, context: LeadContext): UnrankedLead {
  const suppressed = document.state === 'suppressed';
  const website = stepOutput(document, 'website', 'crawl_website');
  const facts = knownFacts(document);
  const { employees, industry, industries, founded, country } = facts.company;
  const calls = [...document.steps, ...document.tried];
  return {
    status: leadStatus(document),
    company: document.company,
    facts: { employees, industry, industries, founded, country },
    sources: leadSources(document, facts),
    score: document.score ?? scoreLead(document, context.icp),
    match: matchByFacts(document, context.icp),
    website: website && { url: website.url, title: website.title, description: website.description },
    firmographics: stepOutput(document, 'firmographics', 'enrich_company'),
    profile: stepOutput(document, 'profile', 'read_profile'),
    signals: bestSignals(document),
    contacts: suppressed ? [] : orderContacts(contactsWithVerdicts(document), context.icp.titles),
    problems: leadProblems(document),
    cost_micro_usd: calls.reduce((sum, { cost_micro }) => sum + cost_micro, 0),
    vendors: answeringVendors(document),
    simulated: context.simulated || document.steps.some(({ simulated }) => simulated),
  };
}

/** The most telling first; among equals in the vendor's order. */
function bestSignals(document: CompanyDocument): Lead['signals'] {
  const { signals } = stepOutput(document, 'signals', 'find_signals') ?? { signals: [] };
  return signals.toSorted((a, b) => SIGNAL_FITS[b.kind] - SIGNAL_FITS[a.kind]);
}

function leadStatus({ state, steps }: CompanyDocument): Lead['status'] {
  if (state !== 'done') return 'failed';
  return steps.some(isBroken) ? 'partial' : 'complete';
}

function isBroken(record: StepRecord): boolean {
  const { status } = record;
  return (
    status === 'failed' || status === 'in_doubt' || isSkippedForBudget(record) || isSkippedForWait(record)
  );
}

/** Who answered, with facts or with nothing, in walk order; each once. Within a step by name: the journal has no times. */
function answeringVendors({ steps, tried }: CompanyDocument): string[] {
  const empty = tried.filter((t) => t.empty).map(({ step, vendor }) => ({ step, vendor, ended: 0 }));
  const found = steps
    .filter(({ status }) => status === 'found')
    .map(({ step, vendor }) => ({ step, vendor, ended: 1 }));
  const inOrder = [...empty, ...found].sort(
    (a, b) =>
      stepPosition(a.step) - stepPosition(b.step) ||
      a.ended - b.ended ||
      ((a.vendor ?? '') < (b.vendor ?? '') ? -1 : 1),
  );
  return [...new Set(inOrder.map(({ vendor }) => vendor).filter((vendor) => vendor !== null))];
}
