import 'reflect-metadata';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CellKeys, createRedis, producerConnectionOptions } from '#libs/redis';
import { Lease } from '#libs/run-state';

const LEASE_MS = 60_000;
const redis = createRedis(process.argv[2] ?? '', producerConnectionOptions());
const lease = new Lease(redis, new CellKeys('bench'), 'bare', 'me');

/** What a Nest route costs that does one Lua call and nothing else. */
@Controller('bare')
class BareController {
  @Get()
  async read(): Promise<{ taken: boolean }> {
    return { taken: await lease.take(LEASE_MS) };
  }

  @Post()
  async write(): Promise<{ taken: boolean }> {
    return { taken: await lease.take(LEASE_MS) };
  }
}

@Module({ controllers: [BareController] })
class BareModule {}

async function main(): Promise<void> {
  await redis.connect();
  const app = await NestFactory.create(BareModule, { logger: false });
  await app.listen(0, '127.0.0.1');
  process.send?.({ url: await app.getUrl() });
}

void main();
