import { parentPort, workerData } from 'node:worker_threads';
import { writeShare } from './share';

/** A thread of synth: it writes a share of the clusters, and tells of each. */
for (const written of writeShare(workerData)) parentPort?.postMessage(written);
