import { appError } from '#libs/contracts';

const SEQUENCE = /^\d{1,15}$/;

/** After which event a client wants to go on; 0: from the start. Throws `invalid_request` if this run never had that event. */
export function lastEventId(text: string | undefined, newestId: number): number {
  if (text === undefined || text === '') return 0;
  if (!SEQUENCE.test(text)) {
    throw appError(
      'invalid_request',
      'Last-Event-ID: send the id of the last event you have, a whole number, or leave it out to get all',
    );
  }
  const id = Number(text);
  if (id > newestId) {
    throw appError(
      'invalid_request',
      `Last-Event-ID: this run’s last event is ${newestId}, there is no ${id} to go on after; leave it out to get all`,
    );
  }
  return id;
}
