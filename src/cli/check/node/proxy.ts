import { BlockList, isIP } from 'node:net';
import { methods } from '../../../mirror/contract/names';
import type { NodeFacts } from './facts';
import { probeCheck, type Remark } from './look';
import { services } from './services';

/** Whether containerd asks the entry itself and not a forward proxy. */
export const proxy = probeCheck(
  {
    name: 'proxy',
    title: 'a forward proxy of containerd, which must not get its requests to the mirror',
    when: 'always',
  },
  ({ facts }, { mirror: { entry, platform, authentication } }): Remark => {
    const name = authentication.present === methods.basic ? 'HTTP_PROXY' : 'HTTPS_PROXY';
    const used = variable(facts, name);
    const seen = used === undefined ? `no ${name}` : `${used.file} sets ${used.name} = ${used.value}`;
    if (entry.kind === 'loopback') {
      return { level: 'ok', message: `${seen}; containerd never asks a proxy for 127.0.0.1, the address of the entry` };
    }
    if (facts.units.length === 0) {
      const why = `found no unit of systemd (${services[platform].units.join(', ') || 'the platform has none'})`;
      return { level: 'unknown', message: `not tried: ${why}, so containerd's proxy is not known` };
    }
    if (used === undefined) return { level: 'ok', message: `${seen} in the unit of containerd` };
    const exempt = variable(facts, 'NO_PROXY');
    if (isExempt(exempt?.value ?? '', entry.address, entry.port)) {
      return { level: 'ok', message: `${seen}, and NO_PROXY exempts ${entry.address}, the address of the entry` };
    }
    return {
      level: 'problem',
      message: `${seen}, and NO_PROXY does not exempt ${entry.address}: requests for the mirror go to that proxy, with the password where nodes present one`,
      fix: `add ${entry.address} to NO_PROXY in ${exempt?.file ?? used.file} and restart containerd`,
    };
  },
);

/** The variable as containerd gets it: k3s and RKE2 hand on variables with CONTAINERD_ in front, and take others when there are none. */
function variable({ variables }: NodeFacts, name: string): NodeFacts['variables'][number] | undefined {
  const named = (wanted: string) => variables.filter((each) => each.name.toUpperCase() === wanted).at(-1);
  const found = named(`CONTAINERD_${name}`) ?? named(name);
  return found?.value === '' ? undefined : found;
}

/**
 * Whether NO_PROXY exempts an address, as Go's httpproxy reads it: addresses, networks, each with a port or without, and *.
 *
 * @param list the value of NO_PROXY
 * @param address the address
 * @param port the port
 */
export function isExempt(list: string, address: string, port: number): boolean {
  return list
    .split(',')
    .map((entry) => entry.trim())
    .some((entry) => {
      if (entry === '*' || entry === address || entry === `${address}:${port}`) return true;
      if (entry === `[${address}]` || entry === `[${address}]:${port}`) return true;
      const [network = '', bits] = entry.split('/');
      const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
      if (isIP(network) === 0 || isIP(network) !== isIP(address) || !/^\d{1,3}$/.test(bits ?? '')) return false;
      if (Number(bits) > (family === 'ipv6' ? 128 : 32)) return false;
      const block = new BlockList();
      block.addSubnet(network, Number(bits), family);
      return block.check(address, family);
    });
}
