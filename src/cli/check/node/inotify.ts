import { probeCheck, type Remark } from './look';

/** What most distributions set; a node with many pods uses it up. */
const FEW = 128;

/** Whether the proxy will get the inotify instances by which it notices new files. */
export const inotify = probeCheck(
  { name: 'inotify', title: 'fs.inotify.max_user_instances, of which the proxy needs some', when: 'always' },
  ({ facts: { inotify: most } }): Remark => {
    const seen = `fs.inotify.max_user_instances = ${most}`;
    if (most > FEW) return { level: 'ok', message: seen };
    return {
      level: 'warning',
      message: `${seen}: the processes of root share them, and the proxy does not start on a node where none is left`,
      fix: "on each of these nodes, as root:\necho 'fs.inotify.max_user_instances = 1024' >/etc/sysctl.d/90-inotify.conf && sysctl --system",
    };
  },
);
