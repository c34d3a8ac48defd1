import { RequestMethod, type INestApplication } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer } from '@nestjs/core';
import type { Scope } from '#libs/contracts';
import { REQUIRED_SCOPE } from '../src/access/require-scope.decorator';

export interface ApiRoute {
  method: string;
  /** As Nest knows it: `/api/orchestrations/:id`. */
  path: string;
  /** Undefined: nobody said who may use it. */
  access: Scope | 'public' | undefined;
}

type Handler = (...args: unknown[]) => unknown;
type Controller = abstract new (...args: never[]) => object;

/** Every route of every controller that the application has, with whom its decorators let in. */
export function routesOf(app: INestApplication): ApiRoute[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) =>
    [...module.controllers.values()].map(({ metatype }) => metatype as Controller),
  );
  return [...new Set(controllers)].flatMap(routesOfController);
}

export function routesOfController(controller: Controller): ApiRoute[] {
  const prefix = pathOf(controller);
  const handlers = Object.getOwnPropertyNames(controller.prototype)
    .map((name) => Object.getOwnPropertyDescriptor(controller.prototype, name)?.value as unknown)
    .filter((value): value is Handler => typeof value === 'function');
  return handlers.flatMap((handler) => {
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const path = `/${prefix}/${pathOf(handler)}`.replaceAll(/\/+/g, '/').replace(/\/$/, '');
    const access = accessOf(handler) ?? accessOf(controller);
    return [{ method: RequestMethod[method], path, access }];
  });
}

function pathOf(target: object): string {
  return (Reflect.getMetadata(PATH_METADATA, target) as string | undefined) ?? '';
}

function accessOf(target: object): ApiRoute['access'] {
  return Reflect.getMetadata(REQUIRED_SCOPE, target) as ApiRoute['access'];
}
