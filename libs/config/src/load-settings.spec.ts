import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
      expect(() => load('{')).toThrow(/LEADGEN_VENDORS_FILE=".*vendors.json": .*JSON/);
      expect(() => loadSettings({ LEADGEN_VENDORS_FILE: '/nonexistent.json' })).toThrow(/ENOENT/);
    });
  });

  it('says which secret file cannot be read', () => {
    expect(() => loadSettings({ REDIS_URL_FILE: '/nonexistent/redis-url' })).toThrow(/REDIS_URL_FILE/);
  });
});
