import type { EstimateTerms } from '#libs/domain';
import type { Operation } from '#libs/contracts';
import type { VendorRegistry } from './vendor-registry';

/** A vendor's terms as the estimate reads them. Windows that count something else than requests are left out. */
export function estimateTerms(
  vendors: Pick<VendorRegistry, 'descriptor' | 'service'>,
  vendor: string,
  op: Operation,
): EstimateTerms {
  const { cap } = vendors.descriptor(vendor);
  const { costPerUnitMicro, unitsMax = 1 } = vendors.service(vendor, op);
  return {
    costPerUnitMicro,
    unitsMax,
    concurrency: cap.concurrency,
    windows: cap.windows.filter(
      ({ measure, ops }) => measure === undefined && (ops === undefined || ops.includes(op)),
    ),
  };
}
