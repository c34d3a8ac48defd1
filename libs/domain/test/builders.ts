import type {
  Company,
  CompanyProfile,
  Contact,
  Firmographics,
  IcpMatch,
  Signal,
  StepRecord,
  WalkPlan,
  WalkState,
  WebsiteFacts,
} from '#libs/contracts';
import { shortHash } from '#libs/kernel';

/** A company with everything known, so that a test names only what it is about. */
export function aCompany(overrides: Partial<Company> = {}): Company {
  const domain = overrides.domain === undefined ? 'acme.example' : overrides.domain;
  return {
    company_id: `c_${shortHash(domain ?? overrides.name ?? 'acme', 16)}`,
    name: 'Acme',
    social: null,
    country: 'DE',
    region: null,
    city: 'Berlin',
    industry: 'software',
    industries: ['software'],
    employees: { min: 51, max: 200 },
    founded: 2010,
    description: 'Analytics for warehouses',
    source_rows: [1],
    ...overrides,
    domain,
  };
}

export function aMatch(overrides: Partial<IcpMatch> = {}): IcpMatch {
  return { matched: true, pre_score: 80, reasons: [], ...overrides };
}

export function aWalkState(overrides: Partial<WalkState> = {}): WalkState {
  return { company: aCompany(), match: aMatch(), steps: [], tried: [], ...overrides };
}

export function aWalkPlan(overrides: Partial<WalkPlan> = {}): WalkPlan {
  return {
    waterfalls: { crawl_website: ['crawler'], find_contacts: ['finder'], verify_email: ['verifier'] },
    titles: ['CEO'],
    max_verifications: 3,
    max_email_finds: 2,
    policies: {},
    ...overrides,
  };
}

export function aContact(overrides: Partial<Contact> = {}): Contact {
  return {
    first_name: 'Ada',
    last_name: 'Byron',
    title: 'CEO',
    email: 'ada@acme.example',
    confidence: 90,
    ...overrides,
  };
}

export function someWebsiteFacts(overrides: Partial<WebsiteFacts> = {}): WebsiteFacts {
  return {
    url: 'https://acme.example/',
    title: 'Acme',
    description: 'Analytics for warehouses',
    emails: ['hello@acme.example'],
    phones: ['+49 30 123456'],
    socials: [],
    technologies: [],
    excerpt: null,
    ...overrides,
  };
}

export function someFirmographics(overrides: Partial<Firmographics> = {}): Firmographics {
  return {
    name: 'Acme GmbH',
    employees: { min: 120, max: 120 },
    industry: 'Computer Software',
    founded: 2011,
    country: 'DE',
    city: 'Berlin',
    description: null,
    linkedin: 'https://linkedin.example/company/acme',
    revenue_usd: 12_000_000,
    technologies: [],
    ...overrides,
  };
}

export function someProfile(overrides: Partial<CompanyProfile> = {}): CompanyProfile {
  return {
    summary: 'Acme makes analytics for warehouses.',
    products: ['Warehouse analytics'],
    sells_to: 'businesses',
    quotes: ['Analytics for warehouses'],
    ...overrides,
  };
}

export function aSignal(overrides: Partial<Signal> = {}): Signal {
  return {
    kind: 'funding',
    title: 'Acme raises 10 million',
    url: 'https://news.example/acme',
    date: '2026-01-02',
    ...overrides,
  };
}

export function aFoundStep(step: string, op: StepRecord['op'], output: unknown): StepRecord {
  return { step, op, status: 'found', vendor: `${op}-vendor`, output, cost_micro: 1_000, simulated: false };
}

/** A step that nobody is set up for. */
export function aStepNotSetUp(step: string, op: StepRecord['op']): StepRecord {
  const reason = 'no vendor is set up for this step';
  return { step, op, status: 'skipped', vendor: null, reason, cost_micro: 0, simulated: false };
}

/** A walk in which everything was found that was asked for: website, contacts, a verdict per address; and what is named. */
export function aWalkedState(
  overrides: Partial<WalkState> & {
    website?: Partial<WebsiteFacts>;
    firmographics?: Partial<Firmographics>;
    profile?: Partial<CompanyProfile>;
    signals?: Signal[];
    contacts?: Contact[];
    verdicts?: ('valid' | 'invalid' | 'catch_all' | 'unknown' | 'do_not_mail')[];
  } = {},
): WalkState {
  const { website = {}, contacts = [aContact()], verdicts = ['valid'], ...others } = overrides;
  const { firmographics, profile, signals, ...state } = others;
  return aWalkState({
    steps: [
      aFoundStep('website', 'crawl_website', someWebsiteFacts(website)),
      aFoundStep('contacts', 'find_contacts', { contacts }),
      firmographics
        ? aFoundStep('firmographics', 'enrich_company', someFirmographics(firmographics))
        : aStepNotSetUp('firmographics', 'enrich_company'),
      profile
        ? aFoundStep('profile', 'read_profile', someProfile(profile))
        : aStepNotSetUp('profile', 'read_profile'),
      aStepNotSetUp('find_email_1', 'find_email'),
      signals ? aFoundStep('signals', 'find_signals', { signals }) : aStepNotSetUp('signals', 'find_signals'),
      ...verdicts.map((verdict, i) =>
        aFoundStep(`email_${i + 1}`, 'verify_email', { email: contacts[i]?.email ?? '', verdict }),
      ),
    ],
    ...state,
  });
}
