import { Module, type DynamicModule } from '@nestjs/common';

/** The routes of the admin port, beside the board. They share nothing with the tenants' routes. */
@Module({})
export class AdminModule {
  static forProcess(): DynamicModule {
    return { module: AdminModule, controllers: [] };
  }
}
