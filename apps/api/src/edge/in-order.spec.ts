import type { NextFunction, Request, Response } from 'express';
import { inOrder } from './in-order';

describe('middleware as one', () => {
  /** The names of the steps that ran, then what `next` was called with. */
  function passed(...steps: [name: string, act: (next: NextFunction) => void][]): unknown[] {
    const heard: unknown[] = [];
    const one = inOrder(
      ...steps.map(([name, act]) => (_request: Request, _response: Response, next: NextFunction) => {
        heard.push(name);
        act(next);
      }),
    );
    one({} as Request, {} as Response, (...refusals: unknown[]) => heard.push(refusals));
    return heard;
  }
  const goOn = (next: NextFunction): void => next();

  it('runs each in its turn, and then what comes after', () => {
    expect(passed(['first', goOn], ['second', goOn])).toEqual(['first', 'second', []]);
  });

  it('hands on what a step refuses with, and runs none after it', () => {
    const error = new Error('not this one');
    expect(passed(['first', (next) => next(error)], ['second', goOn])).toEqual(['first', [error]]);
  });

  it('ends with a step that answers', () => {
    expect(passed(['first', () => undefined], ['second', goOn])).toEqual(['first']);
  });

  it('lets through what a step throws', () => {
    const thrown = (): void => {
      throw new Error('torn');
    };
    expect(() => passed(['first', thrown])).toThrow('torn');
  });
});
