import { parse } from 'yaml';
import { DEFAULT_NAMESPACE } from '../../kubernetes/names';
import { platformSettings } from '../../mirror/platform-settings/platform-settings';
import { CA_SECRET, type NewStack, PLATFORMS } from './new-stack';
import type { PackagePlace } from './package-place';
import { platformNotes } from './platform-notes';
import { tokensText } from './tokens-text';

/**
 * The text of a new stack.yaml: a small one, with comments that teach.
 *
 * @param stack what goes into it
 * @param place where the package is, for the editor and for pages that comments name
 */
export function stackText(stack: NewStack, place?: PackagePlace): string {
  const { name, platform, registries, organization } = stack;
  const { needed } = platformSettings(platform);
  const { notes, dns } = platformNotes(platform);
  return lines(
    place && `# yaml-language-server: $schema=${place.schema}`,
    place && '#',
    `# Made by \`secure-mirror init\`, and yours from here on. Every key and its default: ${page(place)}.`,
    '# No secret belongs in this file: it names Secrets that you make in the cluster.',
    'clusters:',
    "  # It names the folder of the manifests and the certificates' identities: give each cluster another one.",
    `  - name: ${scalar(name)}`,
    `    # What the nodes run: ${PLATFORMS.slice(0, -1).join(', ')} or ${PLATFORMS.at(-1)}.`,
    `    # Settings of containerd that they need: ${needed}.`,
    `    # Why, and what to write where: docs/platforms.md#${platform}`,
    ...notes.map((note) => `    # ${note}`),
    `    platform: ${platform}`,
    '    # Registries whose layers nodes pull from each other, by the host names in names of images.',
    '    registries:',
    ...registries.map((registry) => `      - ${scalar(registry)}`),
    ...(registries.includes('docker.io') ? PUBLIC : []),
    '    authentication:',
    '      mutualTls:',
    '        issuer:',
    `          # A kubernetes.io/tls Secret in the namespace ${DEFAULT_NAMESPACE} with your CA's certificate and key.`,
    '          # Or an issuer that you have: ref: {name: my-issuer, kind: ClusterIssuer}',
    `          caSecret: ${CA_SECRET}`,
    '    # If the cluster runs Cilium, Calico or OVN-Kubernetes, or pods ask another DNS service than kube-dns',
    '    # (docs/network-policies.md, docs/platforms.md#dns):',
    '    # network:',
    '    #   cni: cilium',
    `    #   ${dns}`,
    '    # If pods cannot have hostPorts: a Service, with a free address of your Service range.',
    '    # entry: {clusterIp: {address: 10.96.77.77}}',
    ...(organization === undefined ? [] : tokensText(scalar(organization), repositoryOf(organization))),
  );
}

const PUBLIC = [
  "    # Manifests and tags come from the origin, which checks each pod's pull secret. Peers can serve all of",
  '    # a repository that every pod may read:',
  '    # publicRepositories: [docker.io/library/*]',
];

function page(place: PackagePlace | undefined): string {
  return `docs/stack-yaml.md${place === undefined ? ' of secure-mirror' : place.within}`;
}

function repositoryOf(organization: string): string {
  return scalar(`${organization.toLowerCase()}/app`);
}

/** A text as YAML reads it back, on one line. */
function scalar(text: string): string {
  return /^[\w./-]+$/.test(text) && parse(text) === text ? text : JSON.stringify(text);
}

function lines(...all: (string | undefined)[]): string {
  return `${all.filter((line) => line !== undefined).join('\n')}\n`;
}
