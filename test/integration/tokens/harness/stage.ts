import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isByProvider, userAtRegistry } from '../../../../src/tokens/model/registries';
import { Authority } from '../../harness/certificates';
import { CommandSession, type Outcome } from './command-session';
import { Compiled } from './compiled';
import { DECLARED, NAMES, type Name, NIGHTLY, ORGANIZATION, RELEASE, stackText } from './declared';
import type { Personality } from './personality';
import { PlayedRegistry } from './played-registry';
import { Signer } from './signer';
import { type Account, newToken, type Rights } from './token-service';

/** What is other than declared: of a token, of the token before, or of the shared account. */
export type Changes = { readonly [name in Name | 'nightly-old' | 'team']?: Partial<Account> };

/** The command before played registries. */
export class Stage {
  private readonly folder = mkdtempSync(join(tmpdir(), 'stage-'));
  private readonly authority = new Authority();
  private readonly signer = new Signer(this.authority);
  private readonly compiled = new Compiled();
  private readonly session: CommandSession;
  private folders = 0;

  public constructor() {
    const ca = join(this.folder, 'ca.crt');
    writeFileSync(ca, this.authority.certificate);
    this.session = new CommandSession(join(dirname(this.compiled.main), 'program.js'), ca);
  }

  public stop(): void {
    this.session.end();
    this.compiled.remove();
    rmSync(this.folder, { recursive: true });
  }

  /**
   * Runs `tokens verify` with the four tokens, the one before the nightly pull token, and a shared account that has no right at all.
   *
   * @param personality how the registry answers
   * @param changes what is other than declared
   * @param args further arguments
   * @param repositories those that are there
   * @param source where the tokens are; a docker configuration has the nightly pull token and the shared account alone
   */
  public async verify(
    personality: Personality,
    changes: Changes,
    args: string[],
    repositories = [RELEASE, NIGHTLY],
    source: 'folder' | 'docker configuration' = 'folder',
  ): Promise<Outcome & { readonly registry: PlayedRegistry }> {
    const registry = await PlayedRegistry.start(personality, this.authority, this.signer);
    for (const repository of repositories) registry.shelf.repositories.add(repository);
    const declared: { readonly [name: string]: Omit<Account, 'token'> } = {
      ...Object.fromEntries(NAMES.map((name) => [name, { user: userAt(personality, name), rights: rightsOf(name) }])),
      'nightly-old': { user: userAt(personality, PULL), rights: rightsOf(PULL) },
      team: { user: 'team', rights: {} },
    };
    registry.accounts = Object.entries(declared).map(([name, account]) => {
      const { rights, ...rest } = { ...account, ...changes[name as Name], token: newToken() };
      return { ...rest, rights: personality.administers ? administering(rights) : rights };
    });
    const folder = this.newFolder();
    const accounts = new Map(Object.keys(declared).map((name, index) => [name, registry.accounts[index]]));
    for (const [name, account] of accounts) writeFileSync(join(folder, name), `${account?.token}\n`, { mode: 0o600 });
    const config = join(folder, 'config.json');
    const auths = {
      [`${registry.host}/${NIGHTLY}`]: entryOf(accounts.get(PULL)),
      [registry.host]: entryOf(accounts.get('team')),
    };
    writeFileSync(config, JSON.stringify({ auths }), { mode: 0o600 });
    const stack = join(this.newFolder(), 'stack.yaml');
    const sharedAccount = { user: 'team', secret: 'team', retireBy: '2025-06-15' };
    const pull = isByProvider(personality.driver)
      ? Object.fromEntries(NAMES.map((name) => [name, { credentialProvider: 'ecr-credential-provider' }]))
      : { [PULL]: { previousSecret: 'nightly-old' } };
    const organization = { driver: personality.driver, sharedAccount };
    writeFileSync(stack, stackText({ host: registry.host, pull, organization }));
    const from = source === 'folder' ? ['--from-dir', folder] : ['--docker-config', config];
    const all = ['tokens', 'verify', '-f', stack, ...from, '--json', ...args];
    const run = await this.session.run(all);
    registry.stop();
    return { ...run, registry };
  }

  private newFolder(): string {
    this.folders += 1;
    const folder = join(this.folder, `${this.folders}`);
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  }
}

const PULL = 'nightly-ingress-controller-pull';

function userAt({ driver }: Personality, name: Name): string {
  return userAtRegistry(driver, ORGANIZATION, name);
}

function entryOf(account?: Account): object {
  return { auth: Buffer.from(`${account?.user}:${account?.token}`).toString('base64') };
}

function rightsOf(name: Name): Rights {
  return { [DECLARED[name].repository]: [...DECLARED[name].actions] };
}

/** Who may delete administers. */
function administering(rights: Rights): Rights {
  const of = (actions: string[]) => actions.map((action) => (action === 'delete' ? '*' : action));
  return Object.fromEntries(Object.entries(rights).map(([repository, actions]) => [repository, of(actions)]));
}
