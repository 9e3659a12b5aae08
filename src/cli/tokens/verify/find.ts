import type { VerifyFacts } from './facts';
import type { Held } from './gather';
import type { Source } from './sources/source';
import type { Subject } from './subjects';

/** What a source has of all that is declared. */
export interface Finds {
  readonly held: Held[];
  readonly missing: string[];
  readonly notAsked: VerifyFacts['notAsked'][number][];
}

/**
 * Looks for credentials.
 *
 * @param source where
 * @param subjects what is declared
 */
export async function findAll(source: Source, subjects: readonly Subject[]): Promise<Finds> {
  const finds: Finds = { held: [], missing: [], notAsked: [] };
  for (const subject of subjects) {
    const { label } = subject;
    const { found, missing, excused } = await source.find(subject);
    for (const { credential, where } of found) {
      finds.held.push({ subject, credential, label: found.length > 1 ? `${label} (${where})` : label });
    }
    const optional = subject.kind !== 'current' && !source.hasPrevious;
    const why = excused ?? (optional ? 'not asked: it was not handed in' : undefined);
    if (why !== undefined && found.length === 0) finds.notAsked.push({ label, why });
    else finds.missing.push(...missing.map((reason) => `could not be asked: no token for ${label}: ${reason}`));
  }
  return finds;
}
