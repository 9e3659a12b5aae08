import type { Action } from '../../../tokens/model/resolved';
import type { Probe } from '../../registry/push-probe';
import type { Pull, Upload } from '../../registry/repository';
import { ALL, type Rights } from '../../registry/scope';
import type { Grant } from '../../registry/token-service';

/** For each action what came of asking for it alone; nothing where it was not asked for. */
export type Grants = { readonly [action in Action]?: Grant };

/** The actions that a registry granted. */
export function grantedIn(grants: Grants): Action[] {
  return ALL.filter((action) => {
    const grant = grants[action];
    return grant?.kind === 'granted' && (grant.rights === undefined || grant.rights[action] === 'yes');
  });
}

/** Rights as tokens say them, or as they are tried where they say nothing: deleting cannot be tried without doing it. */
export async function rightsFrom(grants: Grants, pull: Pull, upload: () => Promise<Upload>): Promise<Rights> {
  const right = async (action: Action, tried: () => Promise<Rights[Action]>) => {
    const grant = grants[action];
    if (grant === undefined) return 'unknown';
    if (grant.kind !== 'granted') return 'no';
    return grant.rights?.[action] ?? tried();
  };
  return {
    pull: await right('pull', async () => proofIn(pull)),
    push: await right('push', async () => proofIn(await upload())),
    delete: await right('delete', async () => 'unknown'),
  };
}

/** A trial proves a right, unless there was nothing to try it at. */
function proofIn(tried: Pull | Upload): Rights[Action] {
  if (tried === 'absent') return 'unknown';
  return tried === 'refused' ? 'no' : 'yes';
}

/** Registries hide a repository from callers without a right to it: if one says that it does not exist, where others pulled from it, it refuses. */
export function seen<T extends string>(answer: T, exists: boolean): T | 'refused' {
  return answer === 'absent' && exists ? 'refused' : answer;
}

/** A probe proves the right: it used it. */
export function deleting(granted: Rights['delete'], probe?: Probe): Rights['delete'] {
  if (probe?.kind === 'deleted') return 'yes';
  return granted === 'unknown' && probe?.kind === 'left' ? probe.may : granted;
}
