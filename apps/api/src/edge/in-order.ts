import type { NextFunction, Request, Response } from 'express';

/** Middleware that has called `next`, or answered, or sees to it itself: nobody waits for a promise of it. */
type Step = (request: Request, response: Response, next: NextFunction) => void;

/**
 * One middleware that is these, one after the other until one refuses. Express matches the path of every middleware that it knows of
 * with every request, which costs more than most of ours do.
 */
export function inOrder(...steps: readonly Step[]): Step {
  return (request, response, next) => {
    const from = (at: number): void => {
      const step = steps[at];
      if (!step) {
        next();
        return;
      }
      step(request, response, (refusal?: unknown) => {
        if (refusal === undefined) from(at + 1);
        else next(refusal);
      });
    };
    from(0);
  };
}
