import { Module } from '@nestjs/common';
import { LeadSinks } from './lead-sinks';

@Module({ providers: [LeadSinks], exports: [LeadSinks] })
export class ExportModule {}
