import { BadRequestException } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { problemOf } from '../problem';

const DEPTH_MAX = 32;
const PROTOTYPE = '__proto__';
const NOT_THERE = 'must not be there';

/**
 * Refuses a JSON body that is nested deeper than 32 levels, has a member `__proto__` anywhere, or at its top one
 * of the kind of `constructor`, which validation would pass over as if it had not been sent. Before anything reads it.
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
  const passedOver = Object.keys(body).find((name) => name in Object.prototype || name === 'prototype');
  if (passedOver !== undefined) return { path: passedOver, message: NOT_THERE };
  const open: Place[] = [{ value: body, depth: 1, path: '' }];
  for (let place = open.pop(); place; place = open.pop()) {
    if (place.depth > DEPTH_MAX) {
      return {
        path: place.path.split('.')[0] ?? '',
        message: `must not be nested deeper than ${DEPTH_MAX} levels`,
      };
    }
    if (Object.hasOwn(place.value, PROTOTYPE)) {
      return { path: `${place.path}${PROTOTYPE}`, message: NOT_THERE };
    }
    for (const [name, value] of Object.entries(place.value) as [string, unknown][]) {
      if (typeof value !== 'object' || value === null) continue;
      open.push({ value, depth: place.depth + 1, path: `${place.path}${name}.` });
    }
  }
  return undefined;
}
