import type { KubeObject } from './kube-object';

/** What must hold of everything that the chart makes. */
export interface Policy {
  /** As a sentence that holds. */
  name: string;
  /** Which objects it does not hold of, and why. */
  complaints: (objects: readonly KubeObject[]) => string[];
}
