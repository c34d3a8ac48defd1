import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENV_CATALOGUE } from './env-catalogue';
import { loadSettings } from './load-settings';

describe('loadSettings', () => {
  it('gives every setting its documented default', () => {
    const settings = loadSettings({});
    expect(settings.runtime).toMatchObject({ cell: 'main', offline: false, logLevel: 'info' });
    expect(settings.redis.url).toBeUndefined();
    expect(settings.storageDir).toBe(join(process.cwd(), '.leadgen', 'objects'));
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('names every problem at once and never a secret', () => {
    const load = (): unknown =>
      loadSettings({
        LEADGEN_CELL: 'No Spaces',
        REDIS_URL: 'http://user:hunter2@host',
        ORCHESTRATOR_OFFLINE: 'maybe',
      });
    expect(load).toThrow(/3 setting\(s\)[\s\S]*LEADGEN_CELL[\s\S]*ORCHESTRATOR_OFFLINE[\s\S]*REDIS_URL/);
    expect(load).not.toThrow(/hunter2/);
  });

  it('refuses a Redis password that everybody tries first, and does not print it', () => {
    for (const url of ['redis://:ChangeMe@redis:6379', 'redis://leadgen:password@redis:6379']) {
      expect(() => loadSettings({ REDIS_URL: url })).toThrow(/REDIS_URL=\[redacted\]: its password/);
    }
    expect(loadSettings({ REDIS_URL: 'redis://:k3jd82hs@redis:6379' }).redis.url).toContain('k3jd82hs');
  });

  it('takes Sentinels in place of a Redis, if it is told whose primary they shall name', () => {
    const load = (url: string): unknown => loadSettings({ REDIS_URL: url }).redis.url;
    const url = 'redis+sentinel://:k3jd82hs@one:26379/main?sentinel=two:26379';
    expect(load(url)).toBe(url);
    for (const bad of [
      'redis+sentinel://one',
      'redis+sentinel:///main',
      'redis+sentinel://one/main?sentinel=:',
    ])
      expect(() => load(bad)).toThrow(/REDIS_URL=\[redacted\]: must name the primary/);
    expect(() => load('redis+sentinel://:redis@one/main')).toThrow(/its password/);
  });

  it('takes an issuer’s keys over TLS or from this machine only, and names of hosts without ports', () => {
    const load = (env: Record<string, string>): unknown => loadSettings(env).access.oidcJwksUrl;
    expect(load({ LEADGEN_OIDC_JWKS_URL: 'https://login.example.com/keys' })).toContain('login');
    expect(load({ LEADGEN_OIDC_JWKS_URL: 'http://127.0.0.1:8080/keys' })).toContain('8080');
    for (const url of ['http://login.example.com/keys', 'file:///keys', 'keys']) {
      expect(() => load({ LEADGEN_OIDC_JWKS_URL: url })).toThrow(/LEADGEN_OIDC_JWKS_URL=.*https/);
    }
    const { api } = loadSettings({ LEADGEN_API_ALLOWED_HOSTS: 'Leads.example.com, [::2],10.0.0.7' });
    expect(api.allowedHosts).toEqual(['leads.example.com', '[::2]', '10.0.0.7']);
    expect(() => loadSettings({ LEADGEN_API_ALLOWED_HOSTS: 'leads.example.com:443' })).toThrow(
      /without ports/,
    );
  });

  it.each([
    ['LEADGEN_ENRICH_CONCURENCY', 'LEADGEN_ENRICH_CONCURRENCY'],
    ['ORCHESTRATOR_OFLINE', 'ORCHESTRATOR_OFFLINE'],
    ['LEADGEN_SUPPRESSION_KEY_FIEL', 'LEADGEN_SUPPRESSION_KEY_FILE'],
    ['VENDOR_HUNTER_APIKEY', 'VENDOR_HUNTER_API_KEY'],
  ])('warns of %s, which nobody reads', (typed, meant) => {
    const { warnings } = loadSettings({ [typed]: 's3cret' });
    expect(warnings).toEqual([`${typed} is not a setting and was ignored: did you mean ${meant}?`]);
  });

  it('warns of nothing that is read, of nobody else’s variables, and of none that only begin like ours', () => {
    const concerns = Object.values<Readonly<Record<string, { name: string }>>>(ENV_CATALOGUE);
    const names = concerns.flatMap((concern) => Object.values(concern).map(({ name }) => name));
    const unread = names.filter((name) => loadSettings({ [name]: '' }).warnings.length > 0);
    expect(unread).toEqual([]);
    const others = {
      PATH: '/bin',
      OTEL_SERVICE_NAM: 'x',
      LEADGEN_FAILPOINT: 'x',
      LEADGEN_FULL: '1',
      LEADGEN_HOME: '/opt',
      LEADGEN_ENV_FILE: 'my.env',
      LEADGEN_IMAGE: 'leadgen:1',
      LEADGEN_REDIS_SERVICE_HOST: '10.0.0.1',
      LEADGEN_REDIS_PORT_6379_TCP_PROTO: 'tcp',
      VENDOR_HUNTER_API_KEY_FILE: '/dev/null',
    };
    expect(loadSettings(others).warnings).toEqual([]);
  });

  it('treats an empty variable as not set', () => {
    expect(loadSettings({ LEADGEN_CELL: '', REDIS_URL: '' }).runtime.cell).toBe('main');
  });

  it('reads a secret from the file its _FILE variable names', () => {
    const dir = mkdtempSync(join(tmpdir(), 'settings-'));
    try {
      writeFileSync(join(dir, 'key'), 's3cret\n');
      const settings = loadSettings({ VENDOR_ACME_API_KEY_FILE: join(dir, 'key') });
      expect(settings.vendors).toEqual({ acme: { apiKey: 's3cret' } });
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  describe('reads the vendors’ plans from a file', () => {
    const load = (text: string): ReturnType<typeof loadSettings> => {
      const dir = mkdtempSync(join(tmpdir(), 'settings-'));
      try {
        writeFileSync(join(dir, 'vendors.json'), text);
        return loadSettings({ LEADGEN_VENDORS_FILE: join(dir, 'vendors.json') });
      } finally {
        rmSync(dir, { recursive: true });
      }
    };

    it('with money in micro-units', () => {
      const windows = [{ name: 'minute', limit: 20, length_ms: 60_000 }];
      const { vendorOverrides } = load(JSON.stringify({ acme: { windows, day_budget_usd: 2.5 } }));
      expect(vendorOverrides).toEqual({ acme: { windows, day_budget_micro: 2_500_000 } });
    });

    it('and names every problem in it', () => {
      const text = '{"acme":{"windows":[{"name":"minute","limit":0,"length_ms":1}],"colour":"red"},"No":{}}';
      expect(() => load(text)).toThrow(/acme.windows.0.limit[\s\S]*colour[\s\S]*a vendor id is/);
      expect(() => load('{')).toThrow(
        /LEADGEN_VENDORS_FILE=".*vendors.json": is not JSON .*correct the file/,
      );
      expect(() => load('\u0007\u001b[31m binary')).toThrow(/^[\P{Cc}\n]*is not JSON \P{Cc}*$/u);
      expect(() => loadSettings({ LEADGEN_VENDORS_FILE: '/nonexistent.json' })).toThrow(
        /"\/nonexistent\.json": cannot be read \(.*ENOENT.*give the path of a JSON file, or unset it/,
      );
    });
  });

  it('says which secret file cannot be read', () => {
    expect(() => loadSettings({ REDIS_URL_FILE: '/nonexistent/redis-url' })).toThrow(/REDIS_URL_FILE/);
  });
});
