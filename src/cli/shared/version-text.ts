import { VERSION } from '../../kubernetes/version';
import { pinned } from '../../mirror/images';

/** The version of this package, in a line of its own, and of what its stacks run. */
export function versionText(): string {
  const { spegel, envoy, iptables } = pinned;
  return `${VERSION}\nSpegel ${spegel.tag}, Envoy ${envoy.tag}, distroless-iptables ${iptables.tag}`;
}
