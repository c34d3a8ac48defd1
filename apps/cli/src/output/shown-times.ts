import { durationText } from '#libs/domain';

/** An ISO time as a person reads it: UTC, to the second. */
export function shownTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** From one ISO time to another, in words. */
export function shownSpan(from: string, to: string): string {
  return durationText(Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000)));
}
