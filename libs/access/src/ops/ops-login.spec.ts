import { hashOpsPassword, isOpsPassword } from './ops-password';
import { basicCredentials, OpsLogin } from './ops-login';
import { opsUserEntry, parseOpsUsers } from './ops-users';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('the login of whoever runs a cell', () => {
  it('knows its users by name and password, and nobody else', async () => {
    const passwordHash = await hashOpsPassword('correct horse: battery');
    const login = new OpsLogin([{ name: 'ada', role: 'viewer', passwordHash }]);
    const verify = async (text: string) => {
      const credentials = basicCredentials(basic(text));
      return credentials && login.verify(credentials);
    };
    expect(await verify('ada:correct horse: battery')).toMatchObject({ name: 'ada', role: 'viewer' });
    // The second time from memory, and a wrong one after a right one is as wrong as before.
    expect(await verify('ada:correct horse: battery')).toMatchObject({ name: 'ada' });
    expect(await verify('ada:correct horse: batterY')).toBeUndefined();
    expect(await verify('ada:')).toBeUndefined();
    expect(await verify('bob:correct horse: battery')).toBeUndefined();
  });

  it('keeps of a password a salted slow hash', async () => {
    const [one, two] = await Promise.all([hashOpsPassword('same'), hashOpsPassword('same')]);
    expect(one).not.toBe(two);
    expect(one).not.toContain('same');
    expect(await isOpsPassword('same', two)).toBe(true);
    expect(await isOpsPassword('same', 'scrypt$15$8$3$short$short')).toBe(false);
  });

  it.each(['Bearer lg_live_x', 'Basic', 'Basic !!!', basic('nocolon'), '', undefined])(
    'takes %p for no credentials',
    (header) => {
      expect(basicCredentials(header)).toBeUndefined();
    },
  );
});

describe('the list of those who run a cell', () => {
  it('is read back as it was written, with comments and empty lines passed over', async () => {
    const passwordHash = await hashOpsPassword('p');
    const users = [
      { name: 'ada', role: 'viewer', passwordHash },
      { name: 'grace.h', role: 'operator', passwordHash },
    ] as const;
    const text = `# who may\n${opsUserEntry(users[0])},\n\n${opsUserEntry(users[1])}\n`;
    expect(parseOpsUsers(text)).toEqual(users);
    expect(parseOpsUsers('')).toEqual([]);
  });

  it('names every entry to correct, and shows the text of none', async () => {
    const hash = await hashOpsPassword('p');
    const parse = () => parseOpsUsers(`ada:root:${hash}\nbob:viewer:hunter2\nsecret-without-colons`);
    expect(parse).toThrow(/the role of ada must be one of viewer, operator/);
    expect(parse).toThrow(/the hash of bob is none/);
    expect(parse).toThrow(/entry 3: must be name:role:hash/);
    expect(parse).not.toThrow(/hunter2|secret-without/);
    expect(() => parseOpsUsers(`ada:viewer:${hash},ada:operator:${hash}`)).toThrow(/ada is there twice/);
  });

  it('takes no hash that would take minutes to check', async () => {
    const hash = (await hashOpsPassword('p')).replace('scrypt$15$', 'scrypt$30$');
    expect(() => parseOpsUsers(`ada:viewer:${hash}`)).toThrow(/the hash of ada/);
  });
});
