import { Client } from '../../registry/client';
import { writeJunitFile } from '../../shared/junit-file';
import { asJson, print } from '../../shared/table';
import { readInput } from '../input';
import { findAll } from './find';
import { gather } from './gather';
import { asJunit } from './junit';
import { openSource, type VerifyOptions } from './options';
import { subjectsOf } from './subjects';
import { asText, asValue } from './text';
import { verdictOf } from './verdict';

/**
 * Proves what tokens may do.
 *
 * @param options what the user chose
 * @param signal ends it early
 * @returns 0 when all is as declared, 1 when something is wrong, 2 when something could not be asked
 */
export async function verify(options: VerifyOptions, signal: AbortSignal): Promise<number> {
  const { cluster, today } = readInput(options);
  const { subjects, byProvider } = subjectsOf(cluster, options.purpose);
  const { source, end } = await openSource(options, subjects, signal);
  try {
    const { held, missing, notAsked } = await findAll(source, subjects);
    const credentials = await gather(held, options.pushProbe === true, new Client(signal));
    const provided = byProvider.map((label) => ({ label, why: 'by credential provider, not asked' }));
    const verdict = verdictOf({ today, credentials, missing, notAsked: [...notAsked, ...provided] });
    if (options.junit !== undefined) writeJunitFile(options.junit, asJunit(verdict));
    print(options.json ? asJson(asValue(verdict, today)) : asText(verdict, today));
    return verdict.code;
  } finally {
    await end();
  }
}
