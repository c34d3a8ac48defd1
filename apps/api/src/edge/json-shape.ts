import { BadRequestException } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { problemOf } from '../problem';

const DEPTH_MAX = 32;
const NOT_THERE = 'must not be there';

/**
 * Refuses a JSON body that is nested deeper than 32 levels, or has a member anywhere of the kind of `__proto__` and
 * `constructor`, which validation would pass over as if it had not been sent. Before anything reads it.
 */
export function limitJsonShape(request: Request, _response: Response, next: NextFunction): void {
  const wrong = whatIsWrong(request.body);
  if (wrong) {
    next(new BadRequestException(problemOf('invalid_request', `${wrong.path}: ${wrong.message}`, [wrong])));
  } else {
    next();
  }
}

interface Finding {
  path: string;
  message: string;
}
interface Place {
  value: object;
  depth: number;
  path: string;
}

/** A loop and not a recursion: the body decides how deep it would go. */
function whatIsWrong(body: unknown): Finding | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const open: Place[] = [{ value: body, depth: 1, path: '' }];
  for (let place = open.pop(); place; place = open.pop()) {
    if (place.depth > DEPTH_MAX) {
      return {
        path: place.path.split('.')[0] ?? '',
        message: `must not be nested deeper than ${DEPTH_MAX} levels`,
      };
    }
    for (const [name, value] of Object.entries(place.value) as [string, unknown][]) {
      if (isPassedOver(name)) return { path: `${place.path}${name}`, message: NOT_THERE };
      if (typeof value !== 'object' || value === null) continue;
      open.push({ value, depth: place.depth + 1, path: `${place.path}${name}.` });
    }
  }
  return undefined;
}

/** What every object has anyway: class-validator and class-transformer take it for something of their own. */
function isPassedOver(name: string): boolean {
  return name in Object.prototype || name === 'prototype';
}
