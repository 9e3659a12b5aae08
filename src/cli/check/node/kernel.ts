import { probeCheck, type Remark } from './look';
import { redirects } from './probe-pod';

/** Whether the kernel takes the rules of the redirect. */
export const kernel = probeCheck(
  {
    name: 'kernel',
    title: "whether the kernel takes the rules of the redirect, tried in a pod's own network",
    when: 'always',
  },
  ({ node, probe }, { mirror }): Remark[] =>
    redirects.slice(0, mirror.dualStack ? 2 : 1).map((container) => {
      const kernel = `Linux ${node.status.nodeInfo.kernelVersion}`;
      const family = container === redirects[0] ? 'IPv4' : 'IPv6';
      const code = probe.exitCodes[container];
      if (code === 0) return { level: 'ok', message: `${kernel} takes the rules of the redirect for ${family}` };
      if (code === undefined)
        return { level: 'unknown', message: `not tried: the container of the redirect did not end: ${probe.reason}` };
      const said = probe.logs[container]?.trim().split('\n').at(-1) ?? '';
      return {
        level: 'problem',
        message: `${kernel} refuses the rules of the redirect for ${family}: ${said}`,
        fix: 'load nf_tables, nft_compat, nft_limit, nf_nat, xt_REDIRECT, xt_owner, xt_connlimit and xt_tcpudp on the node: modprobe -a and these names; write them into a file in /etc/modules-load.d, one a line',
      };
    }),
);
