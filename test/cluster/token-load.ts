import { eventually, sleep } from './run';
import { deletePods, makePods, pullsOf, type TokenPod, type TokenPull } from './token-pods';

/** Pulls of fresh pods, in a phase. */
export interface PhaseFigures {
  readonly phase: string;
  readonly sent: number;
  readonly failed: number;
}

/** Fresh pods that pull all the time. */
export interface TokenLoad {
  /** From now on pods belong to another phase, which lasts some seconds. */
  phase(name: string, seconds: number): Promise<void>;
  /** Waits until the pulls of all pods that were made so far came to an end. */
  settled(): Promise<void>;
  /** Ends it when all that was sent came to an end. Gives what failed, by phases. */
  end(): Promise<{ phases: PhaseFigures[]; messages: string[] }>;
  /** Makes no more pods: for a test that fails meanwhile. */
  stop(): Promise<void>;
}

interface Sent {
  readonly pod: string;
  readonly phase: string;
  readonly pulls: number;
}

const EVERY_MS = 1500;
const SWEEP_EVERY = 8;

/**
 * Makes a pod every 1.5 s.
 *
 * @param namespace where
 * @param first name of the first phase
 * @param next the pod to make, by its number
 */
export function startPulling(namespace: string, first: string, next: (number: number) => TokenPod): TokenLoad {
  const sent: Sent[] = [];
  const work: Promise<unknown>[] = [];
  const swept = new Set<string>();
  let phase = first;
  let ends = false;
  /** Takes away pods whose pulls came to an end; gives all such, and the pulls. */
  const sweep = async () => {
    const pulls = await pullsOf(namespace);
    const done = sent.filter(({ pod, pulls: count }) => pulls.filter((it) => it.pod === pod).length === count);
    const fresh = done.map(({ pod }) => pod).filter((pod) => !swept.has(pod));
    for (const pod of fresh) swept.add(pod);
    await deletePods(namespace, fresh);
    return { pulls, done: new Set(done) };
  };
  const make = async (number: number, its: string) => {
    const pod = next(number);
    const [name = ''] = await makePods(namespace, [pod]);
    sent.push({ pod: name, phase: its, pulls: pod.images.length });
  };
  const settled = async () => {
    await Promise.all(work);
    const before = [...sent];
    return eventually(`an end of the pulls of ${before.length} pods`, 60, async () => {
      const { pulls, done } = await sweep();
      return before.every((one) => done.has(one)) && pulls;
    });
  };
  const begin = (job: Promise<unknown>) => {
    job.catch(() => {}); // told by who waits for it
    work.push(job);
  };
  const running = (async () => {
    for (let number = 0; !ends; number++) {
      begin(make(number, phase));
      if (number % SWEEP_EVERY === SWEEP_EVERY - 1) begin(sweep());
      await sleep(EVERY_MS);
    }
  })();
  return {
    async phase(name, seconds) {
      phase = name;
      await sleep(seconds * 1000);
    },
    async settled() {
      await settled();
    },
    async end() {
      ends = true;
      await running;
      return figuresOf(sent, await settled());
    },
    async stop() {
      ends = true;
      await running;
      await Promise.allSettled(work);
    },
  };
}

function figuresOf(sent: Sent[], pulls: TokenPull[]) {
  const failed = pulls.filter((pull) => !pull.succeeded && sent.some(({ pod }) => pod === pull.pod));
  const phases = [...new Set(sent.map(({ phase }) => phase))].map((phase) => {
    const its = sent.filter((one) => one.phase === phase);
    const count = its.reduce((sum, { pulls }) => sum + pulls, 0);
    return { phase, sent: count, failed: failed.filter(({ pod }) => its.some((one) => one.pod === pod)).length };
  });
  return { phases, messages: failed.flatMap(({ failures }) => failures) };
}

/** A line for each phase. */
export function toldPhases(phases: PhaseFigures[]): string {
  return phases.map(({ phase, sent, failed }) => `  ${phase}: ${sent} pulls, ${failed} failed`).join('\n');
}
