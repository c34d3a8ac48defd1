import { IsDateString, IsInt, IsNumber, IsOptional, IsString, Length, Max, Min } from 'class-validator';

/** How long a person may close a vendor at once. */
const CLOSE_S_MAX = 31 * 86_400;

/** Either for so long or until then. */
export class CloseCapDto {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(CLOSE_S_MAX)
  for_s?: number;

  /** ISO 8601 with a zone. */
  @IsOptional()
  @IsDateString({ strict: true })
  until?: string;

  /** Shown to whoever waits. */
  @IsString()
  @Length(1, 120)
  why!: string;
}

export class SetLimitDto {
  @IsInt()
  @Min(1)
  @Max(10_000_000)
  limit!: number;
}

export class SetWeightDto {
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0.01)
  @Max(1_000)
  weight!: number;
}

/** Throws a sentence for a person if neither or both are said, or the time is past or too far. */
export function closureMs({ for_s: forS, until }: CloseCapDto, nowMs: number): number {
  if ((forS === undefined) === (until === undefined)) throw new RangeError('say either for_s or until');
  const ms = forS === undefined ? Date.parse(until ?? '') - nowMs : forS * 1_000;
  if (Number.isNaN(ms) || ms < 1_000 || ms > CLOSE_S_MAX * 1_000) {
    throw new RangeError('until must be between a second and 31 days from now');
  }
  return ms;
}
