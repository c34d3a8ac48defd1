/** The key that the simulator hands out for a vendor; the same after every restart. */
export function simulatorKey(vendorId: string): string {
  return `simulated-${vendorId}`;
}

/**
 * Whether a vendor here takes the key: the one handed out, or that with a suffix (`simulated-<id>-acme`), so that tests of
 * several tenants have accounts of their own. A key of the real vendor is refused, and with it a mix-up noticed.
 */
export function isSimulatorKey(vendorId: string, key: string): boolean {
  const own = simulatorKey(vendorId);
  return key === own || key.startsWith(`${own}-`);
}
