import { rightsOf } from '../../../tokens/ledger/words';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import { expiryFor } from '../../../tokens/model/rotation';
import type { RegistryDriver } from '../../../tokens/props/organization-tokens-props';

/** What is done at a registry, in sentences: its own ways differ. */
interface RegistryWords {
  /** Where its tokens are. */
  readonly place: (token: ResolvedToken) => string;
  /** Who may make one, beside its owner. */
  readonly maker?: (token: ResolvedToken) => string;
  /** What else its maker must know. */
  readonly making: string;
  /** How one is made invalid, and what that means. */
  readonly revoking: string;
  /** How it is removed. */
  readonly deleting: string;
}

const GENERIC: RegistryWords = {
  place: ({ registry, organization }) => `At ${registry}, among the tokens of ${organization}`,
  making: 'Give it these rights and no others.',
  revoking: 'Deactivate the old one, if the registry can: that can be taken back. Otherwise revoke it.',
  deleting: 'Delete the old one at the registry, if that is not done.',
};

const ROBOT: RegistryWords = {
  ...GENERIC,
  place: ({ registry, organization }) => `At ${registry}, among the robot accounts of ${organization}`,
  making:
    'A robot account has one secret, and a new one ends the old at once. Make another robot account, and write its name as `user` into stack.yaml.',
};

const WORDS: Partial<Record<RegistryDriver, RegistryWords>> = {
  'docker-hub': {
    place: ({ organization }) => `At app.docker.com, organisation ${organization}, Identity & auth > Access tokens`,
    maker: ({ organization }) => `an owner of the organisation ${organization}`,
    making:
      'Choose each repository, not all, and leave "Read public repositories" out. The value is shown once; the expiry cannot be changed later.',
    revoking:
      'Deactivate the old one; it has the same label, so look at when it was made and last used. It can be activated again.',
    deleting: 'Delete the old one: until then it counts against what the organisation may have.',
  },
  ghcr: {
    ...GENERIC,
    place: ({ user }) => `At github.com as ${user}, Settings > Developer settings > Tokens (classic)`,
    making: 'Choose read:packages (or write:packages, delete:packages). Such a token cannot be held to repositories.',
    revoking: 'Delete the old one: GitHub cannot deactivate it, and this cannot be taken back.',
  },
  harbor: { ...ROBOT, revoking: 'Disable the old robot account. It can be enabled again.' },
  gitea: {
    ...GENERIC,
    place: ({ registry, user }) => `At ${registry} as ${user}, Settings > Applications`,
    making:
      'Choose package: Read (or Read and Write). Such a token reaches all packages of its user: take a user for this alone. Where the page asks for no expiry, leave `expires` out of stack.yaml.',
    revoking: 'Delete the old one: it cannot be deactivated, and this cannot be taken back.',
  },
  gitlab: {
    ...GENERIC,
    place: ({ registry, organization }) =>
      `At the GitLab of ${registry}, in the project of these repositories in ${organization}, Settings > Repository > Deploy tokens`,
    making:
      'Choose read_registry (and write_registry), and give it the user name that stack.yaml says. It reaches all images of its project.',
    revoking: 'Revoke the old one: it cannot be deactivated, and this cannot be taken back.',
    deleting: 'The old one is gone once it is revoked.',
  },
  quay: { ...ROBOT, revoking: "Take the old robot account's rights away. They can be given back." },
};

/** What a registry calls things. */
export function wordsOf({ driver }: ResolvedToken): RegistryWords {
  return WORDS[driver] ?? GENERIC;
}

/** Who makes and revokes a token. */
export function makerOf(token: ResolvedToken): string {
  const other = wordsOf(token).maker?.(token);
  return other === undefined ? token.owner : `${token.owner}, with ${other}`;
}

/** How a new token is made. */
export function making(token: ResolvedToken, day: string | undefined): string[] {
  const { place, making } = wordsOf(token);
  const { repositories, rotateEveryDays } = token;
  const expiry = day === undefined ? '' : `, expires on ${expiryFor(day, rotateEveryDays)}`;
  return [
    `${place(token)}: make one with the label "${token.purpose}"${expiry}.`,
    `Rights: ${rightsOf(token.actions)} on ${repositories.join(', ')}. ${making}`,
    'Paste the value at this command, and Enter: nothing is shown.',
  ];
}
