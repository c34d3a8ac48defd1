export { countryOfEntity } from './dirty-entity';
export { HEADER_STYLES, type DirtyLayout } from './dirty-layout';
export { encodeDirty } from './encode-dirty';
export * from './generate-dirty-companies';
export { seededRandom, type SeededRandom } from './seeded-random';
