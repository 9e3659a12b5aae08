import { get, NAMESPACE, patch } from './kubectl';
import { eventually } from './run';

/** The certificates of the mirror itself. */
const NAMES = ['mirror-peer', 'mirror-node', 'mirror-server'];

/** Has cert-manager issue all certificates anew, as it does itself when they are due: by their status. */
export async function reissue(): Promise<void> {
  const before = new Map<string, number>();
  for (const name of NAMES) {
    const { status } = await get('-n', NAMESPACE, 'certificate', name);
    before.set(name, status.revision);
    const issuing = {
      type: 'Issuing',
      status: 'True',
      reason: 'ManuallyTriggered',
      message: 'wanted by the cluster test',
      lastTransitionTime: new Date().toISOString().replace(/\.\d+/, ''),
    };
    const others = status.conditions.filter((condition: { type: string }) => condition.type !== 'Issuing');
    await patch(NAMESPACE, 'certificate', name, { status: { conditions: [...others, issuing] } }, 'status');
  }
  await eventually('all certificates issued anew', 60, async () => {
    for (const name of NAMES) {
      const { status } = await get('-n', NAMESPACE, 'certificate', name);
      if (!(status.revision > (before.get(name) ?? 0))) {
        throw new Error(`${name}: ${JSON.stringify(status.conditions)}`);
      }
    }
    return true;
  });
}
