import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORAGE } from '#libs/cell';
import { companySchema, exclusionSchema, rejectSchema, type Exclusion, type RunPlan } from '#libs/contracts';
import { compileExclusions, type ExclusionFinder } from '#libs/domain';
import { objectKeys, type ObjectStorage, type RunFile } from '#libs/object-storage';
import { CompanyRepository, type RunRef } from '#libs/run-state';
import { invalidCursor } from '../paging/cursor';
import { linesFrom } from './lines-from';
import {
  standingOfCandidate,
  standingOfOther,
  standingOfReject,
  type JudgedRow,
  type StandingTerms,
} from './company-standing';

/** What normalizing left of every row, read in this order. */
export const INPUT_PARTS = ['companies', 'rejects'] as const;
export type InputPart = (typeof INPUT_PARTS)[number];

/** Where the reading of a run's input stands: a byte of a file. */
export interface InputPlace {
  part: InputPart;
  at: number;
}

const FILE: Readonly<Record<InputPart, RunFile>> = {
  companies: 'normalized.jsonl',
  rejects: 'rejects.jsonl',
};

/** The rows of a run's input, from any place on, and what became of each. */
@Injectable()
export class InputRows {
  constructor(
    private readonly companies: CompanyRepository,
    @Inject(OBJECT_STORAGE) private readonly storage: ObjectStorage,
  ) {}

  /** The next `size` rows of a part; `next`: where to go on, null at the part's end. */
  async read(
    run: RunRef,
    { part, at }: InputPlace,
    size: number,
    terms: StandingTerms,
  ): Promise<{ rows: JudgedRow[]; next: number | null }> {
    const lines: string[] = [];
    let next: number | null = null;
    for await (const { text, end } of this.lines(run, FILE[part], at)) {
      lines.push(text);
      next = end;
      if (lines.length === size) break;
    }
    const rows = await Promise.all(lines.map((line) => this.judge(run, part, line, terms)));
    return { rows, next: lines.length < size ? null : next };
  }

  /** The exclusion list as it was when the run was planned. */
  async exclusions(run: RunRef, plan: RunPlan): Promise<ExclusionFinder> {
    const entries: Exclusion[] = [];
    if (plan.exclusions !== undefined) {
      for await (const { text } of this.lines(run, 'exclusions.jsonl', 0)) {
        entries.push(exclusionSchema.parse(JSON.parse(text)));
      }
    }
    return compileExclusions(entries);
  }

  private async judge(run: RunRef, part: InputPart, line: string, terms: StandingTerms): Promise<JudgedRow> {
    const json: unknown = JSON.parse(line);
    if (part === 'rejects') return standingOfReject(rejectSchema.parse(json));
    const company = companySchema.parse(json);
    const candidate = await this.companies.find(run, company.company_id);
    return candidate ? standingOfCandidate(candidate, terms) : standingOfOther(company, terms);
  }

  /** None of a file that is not there (any more). */
  private async *lines(run: RunRef, file: RunFile, from: number): ReturnType<typeof linesFrom> {
    const key = objectKeys.runFile(run.tenantId, run.runId, file);
    if (!(await this.storage.exists(key))) return;
    try {
      yield* linesFrom((byte) => this.storage.open(key, { from: byte }), from);
    } catch (error) {
      if (error instanceof RangeError) throw invalidCursor(error);
      throw error;
    }
  }
}
