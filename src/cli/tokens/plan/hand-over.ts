import type { Spelling } from '../../../stack/spelling';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import * as commands from './shell-commands';

/** What a token is handed over with. */
interface HandOver {
  readonly token: ResolvedToken;
  readonly previous: string;
  readonly spelling: Spelling;
}

/** How a new token reaches the cluster, CI and developers: proved first, and the old one kept. */
export function handingOver({ token, previous, spelling }: HandOver): { what: string[]; commands: string[] } {
  const { namespaces, kind, secret, externalSecret: external, usedBy } = token;
  const { workflows, developers } = usedBy;
  const what = ['Prove it before anything uses it.'];
  const lines = commands.provingFirst(token, spelling);
  if (namespaces.length > 0 && kind === 'pull') {
    what.push(`Then keep the old Secret as ${previous}, so that pods have both.`);
    lines.push(...commands.keepingOld(token, previous, spelling));
  }
  if (namespaces.length > 0 && external !== undefined) {
    const { store, storeKind, key, property } = external;
    what.push(`Write the value to ${key}, property ${property}, of ${storeKind} ${store}; then have it read.`);
    lines.push(...commands.refreshing(token, spelling));
  } else if (namespaces.length > 0) {
    what.push(`Make the Secret ${secret} anew in ${namespaces.join(', ')}.`);
    lines.push(...commands.makingSecrets(token, spelling));
  }
  if (workflows.length > 0) {
    what.push(`Set GitHub's secret for ${workflows.join(', ')}; for other CI, its own.`);
    lines.push(...commands.settingGithub(token));
  }
  if (developers.length > 0 && kind === 'pull') {
    const command = spelling.tokens('docker-config', '--purpose', token.purpose);
    what.push(`Give it to ${developers.join(', ')} by your password store. Each pipes it into: ${command}`);
  }
  return { what, commands: lines };
}
