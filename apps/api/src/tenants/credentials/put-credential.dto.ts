import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

/** What a header can carry. */
const KEY = /^[\x21-\x7e]{1,512}$/;

/** Body of `PUT …/vendors/{vendor}/credential`. It is never answered again. */
export class PutCredentialDto {
  @ApiProperty({ type: String, pattern: '^[!-~]{1,512}$', writeOnly: true })
  @Matches(KEY, { message: 'must be 1–512 visible ASCII characters, without blanks' })
  api_key!: string;
}
