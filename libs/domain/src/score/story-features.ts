import type { CompanyProfile, ScoreFeature, Signal, StepRecord, WalkState } from '#libs/contracts';
import { isNotSetUp, stepOutput, stepRecord } from '../walk';
import { known, unknown } from './scored-feature';
import { SELLS_TO_FITS, SIGNAL_FITS } from './score-weights';

/**
 * The small features of what a company tells and of what is told about it. A step that nobody is set up for has no feature:
 * a deployment without such a vendor must not look unsure of every lead.
 */
export function storyFeatures(state: WalkState): ScoreFeature[] {
  const profile = stepRecord(state, 'profile');
  const signals = stepRecord(state, 'signals');
  return [
    ...(profile && isNotSetUp(profile) ? [] : [profileFeature(stepOutput(state, 'profile', 'read_profile'))]),
    ...(signals && isNotSetUp(signals) ? [] : [signalsFeature(state, signals)]),
  ];
}

const SELLS_TO_TEXTS = {
  businesses: 'By its own words it sells to businesses',
  both: 'By its own words it sells to businesses and consumers',
  consumers: 'By its own words it sells to consumers',
} as const;

function profileFeature(profile: CompanyProfile | null): ScoreFeature {
  const sellsTo = profile?.sells_to ?? null;
  if (sellsTo === null) return unknown('profile', 'Whom it sells to is not told');
  return known('profile', SELLS_TO_FITS[sellsTo], SELLS_TO_TEXTS[sellsTo]);
}

const SIGNAL_TEXTS = {
  funding: 'It raised money lately',
  hiring: 'It is hiring',
  expansion: 'It is expanding',
  product: 'It launched something lately',
  news: 'It was in the news lately',
} as const;

function signalsFeature(state: WalkState, record: StepRecord | undefined): ScoreFeature {
  if (record?.status === 'empty') return known('signals', SIGNAL_FITS.none, 'No news of it was found');
  const signals = stepOutput(state, 'signals', 'find_signals')?.signals ?? [];
  const [best] = signals.toSorted((a, b) => SIGNAL_FITS[b.kind] - SIGNAL_FITS[a.kind]);
  if (!best) return unknown('signals', 'News of it was not looked for');
  return known('signals', SIGNAL_FITS[best.kind], signalText(best));
}

function signalText({ kind, title }: Signal): string {
  return `${SIGNAL_TEXTS[kind]}: ${title}`;
}
