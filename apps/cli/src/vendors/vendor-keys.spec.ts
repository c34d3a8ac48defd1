import { loadSettings } from '#libs/config';
import { noKeyNote, vendorKeys } from './vendor-keys';

describe('the keys of vendors', () => {
  it('are told apart by whether they are there; who needs none is in neither list', async () => {
    const { usable, lacking } = await vendorKeys(loadSettings({ VENDOR_HUNTER_API_KEY: 'key' }));
    expect(usable).toEqual(['hunter']);
    expect(lacking).toContain('zerobounce');
    expect([...usable, ...lacking]).not.toContain('web');
  });

  it('that are all missing are told to whoever starts a cell, with both ways out', async () => {
    await expect(noKeyNote(loadSettings({}))).resolves.toMatch(
      /^No vendor has a key: .*VENDOR_<ID>_API_KEY.*ORCHESTRATOR_OFFLINE=1/,
    );
  });

  it.each([{ VENDOR_HUNTER_API_KEY: 'key' }, { ORCHESTRATOR_OFFLINE: '1' }])(
    'are no matter with %j',
    async (env) => {
      await expect(noKeyNote(loadSettings(env))).resolves.toBeUndefined();
    },
  );
});
