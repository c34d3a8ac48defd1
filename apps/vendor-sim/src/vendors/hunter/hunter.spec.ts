import { askVendor } from '../../../test/ask-vendor';
import { companyStaff } from '../../data/company-staff';
import { hunter } from './hunter';

const DOMAINS = Array.from({ length: 400 }, (_, i) => `company-${i}.com`);
const find = (domain: string, first: string, last: string) =>
  askVendor(hunter, 'GET', `/v2/email-finder?domain=${domain}&first_name=${first}&last_name=${last}`);
const verify = (email: string, key = 'simulated-hunter') =>
  askVendor(hunter, 'GET', `/v2/email-verifier?email=${encodeURIComponent(email)}&api_key=${key}`);

describe('the e-mail finder', () => {
  it('has the address of everybody whom the domain search lists, for one credit', () => {
    const staff = DOMAINS.slice(0, 50).flatMap((domain) =>
      companyStaff(domain).map((member) => ({ domain, ...member })),
    );
    for (const { domain, firstName, lastName, email, role } of staff) {
      expect(find(domain, firstName, lastName)).toMatchObject({
        status: 200,
        json: { data: { email, position: role.title, domain }, meta: { params: { first_name: firstName } } },
        purchase: { units: 1 },
      });
    }
  });

  it('guesses for some strangers, with less confidence, and has nothing for the rest, for nothing', () => {
    const answers = DOMAINS.map((domain) => find(domain, 'Ada', 'Example')) as {
      json: { data: { email: string | null; score: number | null } };
      purchase: { units: number };
    }[];
    const guesses = answers.filter(({ json }) => json.data.email !== null);
    expect(guesses.length / answers.length).toBeCloseTo(0.35, 1);
    for (const { json, purchase } of answers) {
      const { email, score } = json.data;
      expect([email === null, score === null]).toEqual(email === null ? [true, true] : [false, false]);
      expect(purchase.units).toBe(email === null ? 0 : 1);
      if (email !== null) expect(email).toMatch(/^(ada|ada\.example|aexample)@company-\d+\.com\.invalid$/);
      expect(score ?? 0).toBeLessThanOrEqual(60);
    }
  });

  it.each(['domain=a.com', 'first_name=A&last_name=B', 'domain=a.com&first_name=A'])(
    'refuses %s as too little, for nothing',
    (query) => {
      expect(askVendor(hunter, 'GET', `/v2/email-finder?${query}`)).toMatchObject({
        status: 400,
        json: { errors: [{ id: 'wrong_params' }] },
        purchase: null,
      });
    },
  );
});

describe('the e-mail verifier', () => {
  const addresses = DOMAINS.map((domain) => `somebody@${domain}.invalid`);

  it('lets some wait: 202 for nothing, then the answer for one credit, and so again', () => {
    const slow = addresses.filter((email) => verify(email).status === 202);
    expect(slow.length / addresses.length).toBeCloseTo(0.1, 1);
    for (const email of slow) {
      expect(verify(email)).toMatchObject({ status: 200, json: { data: { email } } });
      expect(verify(email)).toMatchObject({ status: 202, purchase: { units: 0 } });
      expect(verify(email)).toMatchObject({ status: 200 });
    }
  });

  it('lets each account wait for itself', () => {
    const slow = addresses.find((email) => verify(email).status === 202) ?? '';
    expect(verify(slow, 'simulated-hunter-acme').status).toBe(202);
    expect([verify(slow).status, verify(slow, 'simulated-hunter-acme').status]).toEqual([200, 200]);
  });

  it('counts what it could find out, and not what it skips', () => {
    const counts = new Map<string, Set<number>>();
    for (const email of addresses) {
      let answer = verify(email);
      if (answer.status === 202) answer = verify(email);
      const { json, purchase } = answer as unknown as {
        json: { data: { status: string } };
        purchase: { units: number };
      };
      counts.set(json.data.status, (counts.get(json.data.status) ?? new Set()).add(purchase.units));
    }
    expect(Object.fromEntries(counts)).toEqual({
      valid: new Set([1]),
      invalid: new Set([1]),
      accept_all: new Set([1]),
      unknown: new Set([0]),
      disposable: new Set([0]),
    });
  });

  it.each(['', 'nobody', 'a b@c.example'])('refuses %j as no address', (email) => {
    expect(verify(email)).toMatchObject({ status: 400, purchase: null });
  });
});
