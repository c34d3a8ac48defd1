import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { RUN_MODES, SINKS, type RunMode, type SinkName } from '#libs/contracts';

/** Body of `POST /api/orchestrations`; whose run it is, the key says. */
export class CreateOrchestrationDto {
  @IsString()
  @Length(1, 4000)
  input!: string;

  @IsOptional()
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, {
    message: 'must be 1–128 letters, digits, ".", "-" or "_"',
  })
  thread_id?: string;

  @IsOptional()
  @IsString()
  @Length(1, 128)
  user_id?: string;

  /** The ideal-customer profile; checked further by the ICP's own rules. */
  @IsOptional()
  @IsObject()
  icp_payload?: Record<string, unknown>;

  @IsOptional()
  @IsIn(RUN_MODES)
  run_mode?: RunMode;

  /** Companies as records, in any usual spelling of the fields. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @IsObject({ each: true })
  companies?: Record<string, unknown>[];

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  limit?: number;

  /** Most the run may spend; the tenant's own budget counts where it is smaller. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  budget_micro_usd?: number;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @IsIn(SINKS, { each: true })
  export?: SinkName[];
}
