import { applyDecorators, SetMetadata, type CustomDecorator } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { Scope } from '#libs/contracts';

export const REQUIRED_SCOPE = 'leadgen:scope';

/** What a key must be allowed to call this route. A route without it, and without `Public`, is refused to everybody. */
export function RequireScope(scope: Scope): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(REQUIRED_SCOPE, scope), ApiSecurity('bearer', [scope]));
}

/** Opens a route to anybody: health and the API's own description. */
export function Public(): CustomDecorator {
  return SetMetadata(REQUIRED_SCOPE, 'public');
}
