import { mkdir, mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { appError } from '#libs/contracts';
import { toError } from '#libs/kernel';

/** A folder for one rehearsal, below the data folder: another one, also one that was killed, is not in its way. */
export class RehearsalFolder {
  private constructor(
    readonly path: string,
    private readonly dataDir: string,
    private readonly madeDataDir: boolean,
  ) {}

  /** Throws `data_dir_unusable`. */
  static async make(dataDir: string): Promise<RehearsalFolder> {
    try {
      const made = await mkdir(dataDir, { recursive: true });
      return new RehearsalFolder(await mkdtemp(join(dataDir, 'rehearsal-')), dataDir, made !== undefined);
    } catch (error) {
      throw appError(
        'data_dir_unusable',
        `${dataDir} cannot be written (${toError(error).message}): set LEADGEN_DATA_DIR to a folder that can`,
        { cause: error },
      );
    }
  }

  /** Redis's packages, where the data folder may have them from a run; undefined: nowhere but in here. */
  get redisCacheDir(): string | undefined {
    return this.madeDataDir ? undefined : join(this.dataDir, 'redis-dist');
  }

  /** The data folder goes, too, if there was none before and nothing else is in it. */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    if (!this.madeDataDir) return;
    if ((await readdir(this.dataDir)).length === 0) await rmdir(this.dataDir);
  }
}
