import { createHmac, randomBytes } from 'node:crypto';
import { hashOpsPassword, isOpsPassword } from './ops-password';
import type { OpsUser } from './ops-users';

/** A slow hash for every picture of a page would make the page slow. */
const REMEMBERED_MS = 300_000;

export interface BasicCredentials {
  name: string;
  password: string;
}

/** The credentials of an `Authorization: Basic` header (RFC 7617, UTF-8); undefined for any other. */
export function basicCredentials(header: string | undefined): BasicCredentials | undefined {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]{1,400}={0,2})$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [name, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return name === undefined || password.length === 0 ? undefined : { name, password: password.join(':') };
}

/** Who of the cell's operators somebody is, by name and password. */
export class OpsLogin {
  private readonly users: ReadonlyMap<string, OpsUser>;
  /** By keyed hash of right credentials: until when they are known to be right, ms of this process. */
  private readonly right = new Map<string, number>();
  private readonly secret = randomBytes(32);
  /** What a name that nobody has is checked against: it must take as long as a wrong password. */
  private readonly nobody: Promise<string>;

  constructor(users: readonly OpsUser[]) {
    this.users = new Map(users.map((user) => [user.name, user]));
    this.nobody = hashOpsPassword(randomBytes(16).toString('hex'));
  }

  /** Undefined: there is no such user, or it is not their password. */
  async verify({ name, password }: BasicCredentials): Promise<OpsUser | undefined> {
    const user = this.users.get(name);
    const proof = createHmac('sha256', this.secret).update(`${name}:${password}`).digest('hex');
    if ((this.right.get(proof) ?? 0) > performance.now()) return user;
    const isRight = await isOpsPassword(password, user?.passwordHash ?? (await this.nobody));
    if (!isRight) return undefined;
    this.right.set(proof, performance.now() + REMEMBERED_MS);
    return user;
  }
}
