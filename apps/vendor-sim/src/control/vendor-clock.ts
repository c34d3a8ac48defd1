/** The clock of all vendors, in milliseconds since 1970: the wall's when the process began, and never set back since. */
export function vendorNowMs(): number {
  return performance.timeOrigin + performance.now();
}
