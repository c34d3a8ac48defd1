import { SourceOfData } from '../../data/source-of-data';

/** Four companies in five, and of their people four in five. */
export const KNOWN = new SourceOfData('apollo', { companies: 0.8, people: 0.8 });
