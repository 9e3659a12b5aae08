#!/usr/bin/env node
import { isMainThread } from 'node:worker_threads';
import { run } from './program';

// A pipe or a terminal that is gone ends no command before it has cleaned up.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

// A thread of synth runs this file too, as the bundle is in it.
if (isMainThread) {
  // What is printed may still be on its way to a pipe: so no process.exit.
  run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
} else {
  require('./synth/thread');
}
