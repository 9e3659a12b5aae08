#!/usr/bin/env node
import { run } from './program';

// What is printed may still be on its way to a pipe: so no process.exit.
run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
