import { Module, type Provider } from '@nestjs/common';
import { REDIS } from '#libs/cell';
import { Erasures } from '#libs/erasure';
import { CellKeys, type RedisClient } from '#libs/redis';
import { ExclusionLists, SuppressionLists, TenantDocuments } from '#libs/tenancy';
import { SuppressionNames } from '#libs/vendor-gate';
import { VendorsModule } from '../vendors/vendors.module';
import { WebhooksModule } from '../webhooks/webhooks.module';
import { CredentialsController } from './credentials/credentials.controller';
import { CredentialsService } from './credentials/credentials.service';
import { ErasuresController } from './erasures/erasures.controller';
import { ExclusionsController } from './stored/exclusions.controller';
import { IcpController } from './stored/icp.controller';
import { ProfileController } from './stored/profile.controller';
import { SuppressionsController } from './suppressions/suppressions.controller';
import { TenantWebhookController } from './webhook/tenant-webhook.controller';

/** A repository that needs Redis and its keys. */
function stored<Repository>(
  repository: new (redis: RedisClient, keys: CellKeys) => Repository,
): Provider<Repository> {
  return {
    provide: repository,
    useFactory: (redis: RedisClient, keys: CellKeys) => new repository(redis, keys),
    inject: [REDIS, CellKeys],
  };
}

/** `/api/tenants/me/…`: what the caller's tenant has stored. */
@Module({
  imports: [VendorsModule, WebhooksModule],
  controllers: [
    IcpController,
    ProfileController,
    ExclusionsController,
    SuppressionsController,
    ErasuresController,
    CredentialsController,
    TenantWebhookController,
  ],
  providers: [
    stored(TenantDocuments),
    stored(ExclusionLists),
    {
      provide: SuppressionLists,
      useFactory: (redis: RedisClient, keys: CellKeys, names: SuppressionNames) =>
        new SuppressionLists(redis, keys, names),
      inject: [REDIS, CellKeys, SuppressionNames],
    },
    stored(Erasures),
    CredentialsService,
  ],
  exports: [SuppressionLists],
})
export class TenantsModule {}
