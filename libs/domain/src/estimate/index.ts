export { durationText } from './cap-load';
export { estimateRun, type EstimateInput, type EstimateTerms } from './estimate-run';
export { estimateText } from './estimate-text';
