import type { LeadContact, Operation, ScoreFeature, StepRecord, WalkState } from '#libs/contracts';
import { contactsWithVerdicts, isSkippedForBudget, isSkippedForWait, stepOutput, stepRecord } from '../walk';
import { REACH_FITS } from './score-weights';
import { known, unknown } from './scored-feature';
import { storyFeatures } from './story-features';
import { titleFit } from './title-fit';

/** The features that the walk's findings decide; a step that did not answer leaves its features unknown. */
export function enrichmentFeatures(state: WalkState, wantedTitles: readonly string[]): ScoreFeature[] {
  const contacts = contactsWithVerdicts(state);
  return [
    websiteFeature(state),
    websiteContactFeature(state),
    contactsFeature(state, contacts),
    titleFeature(contacts, wantedTitles),
    reachFeature(state, contacts),
    ...storyFeatures(state),
  ];
}

function websiteFeature(state: WalkState): ScoreFeature {
  switch (stepRecord(state, 'website')?.status) {
    case 'found':
      return known('website', 1, 'The website is alive');
    case 'empty':
      return known('website', 0, 'The website does not answer');
    default:
      return unknown('website', 'The website was not looked at');
  }
}

function websiteContactFeature(state: WalkState): ScoreFeature {
  const facts = stepOutput(state, 'website', 'crawl_website');
  if (!facts) return unknown('website_contact', 'No look at the website for ways to get in touch');
  const [email, phone] = [facts.emails.length > 0, facts.phones.length > 0];
  if (email && phone)
    return known('website_contact', 1, 'The website names an e-mail address and a phone number');
  if (email) return known('website_contact', 0.7, 'The website names an e-mail address');
  if (phone) return known('website_contact', 0.5, 'The website names a phone number');
  return known('website_contact', 0, 'The website names neither an e-mail address nor a phone number');
}

function contactsFeature(state: WalkState, contacts: readonly LeadContact[]): ScoreFeature {
  const status = stepRecord(state, 'contacts')?.status;
  if (status !== 'found' && status !== 'empty') return unknown('contacts', 'Contacts were not looked up');
  const count = contacts.length;
  if (count === 0) return known('contacts', 0, 'No contacts were found');
  const fit = [0.6, 0.8][count - 1] ?? 1;
  return known('contacts', fit, count === 1 ? 'One contact was found' : `${count} contacts were found`);
}

function titleFeature(contacts: readonly LeadContact[], wantedTitles: readonly string[]): ScoreFeature {
  const titles = contacts.map(({ title }) => title).filter((title) => title !== null);
  const [first, ...others] = titles.map((title) => ({ title, ...titleFit(title, wantedTitles) }));
  if (!first) return unknown('title_fit', 'No contact’s job title is known');
  const best = others.reduce((a, b) => (b.fit > a.fit ? b : a), first);
  if (best.wanted !== null)
    return known('title_fit', best.fit, `A contact has a title you look for: ${best.title}`);
  if (wantedTitles.length === 0)
    return known('title_fit', best.fit, `The most senior contact is ${best.title}`);
  return known('title_fit', best.fit, `No contact has a title you look for; the nearest is ${best.title}`);
}

/**
 * The best way to reach somebody. That there is none, or only a poor one, is known too, unless a lookup failed that
 * might have found a better one: a vendor's bad day must not lower a lead's score.
 */
function reachFeature(state: WalkState, contacts: readonly LeadContact[]): ScoreFeature {
  const has = (...verdicts: LeadContact['verdict'][]) =>
    contacts.some(({ email, verdict }) => email !== null && verdicts.includes(verdict));
  if (has('valid')) return known('reach', REACH_FITS.valid, 'A contact’s e-mail address is verified');
  const broken = state.steps.some(mightHaveReached);
  if (broken || !stepRecord(state, 'contacts')) {
    return unknown('reach', 'The best way to reach somebody could not be looked up');
  }
  if (has('catch_all')) {
    return known('reach', REACH_FITS.catch_all, 'A contact’s e-mail server accepts every address');
  }
  if (has('unknown', null)) {
    return known('reach', REACH_FITS.unverified, 'A contact’s e-mail address is known, but not verified');
  }
  const facts = stepOutput(state, 'website', 'crawl_website');
  if (facts?.emails.length)
    return known('reach', REACH_FITS.website_email, 'Reached by the website’s address only');
  if (facts?.phones.length)
    return known('reach', REACH_FITS.website_phone, 'Reached by the website’s phone only');
  return known('reach', REACH_FITS.none, 'No way to reach anybody was found');
}

/** Operations that find a way to reach somebody. */
const REACHING: ReadonlySet<Operation> = new Set<Operation>([
  'crawl_website',
  'find_contacts',
  'find_email',
  'verify_email',
]);

function mightHaveReached(record: StepRecord): boolean {
  const { op, status } = record;
  if (!REACHING.has(op)) return false;
  return (
    status === 'failed' || status === 'in_doubt' || isSkippedForBudget(record) || isSkippedForWait(record)
  );
}
