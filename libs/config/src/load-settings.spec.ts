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

  it('says which secret file cannot be read', () => {
    expect(() => loadSettings({ REDIS_URL_FILE: '/nonexistent/redis-url' })).toThrow(/REDIS_URL_FILE/);
  });
});
