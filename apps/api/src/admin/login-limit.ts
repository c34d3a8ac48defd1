import { RateLimiterMemory } from 'rate-limiter-flexible';

const WITHIN_S = 300;

/**
 * How many wrong passwords an address may send: ten for one name, thirty in all, within five minutes, by this process's own
 * count. A right one is not heard either until then, so that guessing is slow and locking somebody else out takes their address.
 */
export class LoginLimit {
  private readonly ofName = new RateLimiterMemory({ points: 10, duration: WITHIN_S });
  private readonly ofAddress = new RateLimiterMemory({ points: 30, duration: WITHIN_S });

  /** Seconds until credentials are looked at again; 0: now. */
  async retryAfterS(address: string, name: string): Promise<number> {
    const [byName, byAddress] = await Promise.all([
      this.ofName.get(key(address, name)),
      this.ofAddress.get(address),
    ]);
    const used = [byName, byAddress].filter((state) => state !== null && state.remainingPoints <= 0);
    return Math.ceil(Math.max(0, ...used.map((state) => state?.msBeforeNext ?? 0)) / 1_000);
  }

  async countWrong(address: string, name: string): Promise<void> {
    await Promise.all([this.ofName.penalty(key(address, name)), this.ofAddress.penalty(address)]);
  }
}

function key(address: string, name: string): string {
  return `${address} ${name.slice(0, 64)}`;
}
